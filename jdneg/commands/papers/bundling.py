"""From the journal to an evidence bundle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from jdneg.domain.messages import Message, hint, warning
from jdneg.errors import NotComputable
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session, expanded

if TYPE_CHECKING:
    from jdneg.blocks import Block
    from jdneg.commands.papers.scope import Scope
    from jdneg.commands.shared.dossier import Dossier
    from jdneg.documents.bundle import Bundle, BundleInput, Withdrawn
    from jdneg.documents.workbook import Book
    from jdneg.domain.evidence.links import CaseFile

_LANG = "zh"  # of whom it is for: a lawyer or an association here


def export_bundle(session: Session, profile: str, scope: Scope, output: str, *, as_zip: bool) -> Result:
    """Plan the bundle, say whom it names, write it whole or not at all."""
    from jdneg.blocks import Facts, Paragraph
    from jdneg.documents.bundle import plan_bundle
    from jdneg.documents.bundle_write import write_bundle

    bundle = plan_bundle(_input(session, profile, scope), session.store.vault.open)
    messages = tuple(_warnings(bundle))
    for message in messages:
        session.ports.tell(message)
    folder = expanded(output)
    done = write_bundle(bundle, folder, as_zip=as_zip, open_original=_opening(session, bundle))
    data = {
        "path": str(done.path), "profile": profile, "files": done.files, "manifest_sha256": done.manifest_sha256,
        "tagmanifest_sha256": done.tagmanifest_sha256, "missing": list(bundle.missing),
        "third_parties": list(bundle.third_parties), "withheld": sum(one.on is None for one in bundle.withheld),
        "withdrawn": [one.id for one in bundle.withheld if one.on is not None], "warnings": list(messages),
    }  # fmt: skip
    said = Paragraph(t("pack.exported", path=str(done.path), files=done.files))
    facts = Facts(((t("pack.manifest_hash"), done.tagmanifest_sha256),))
    return Result(data, (said, facts), ())


def _opening(session: Session, bundle: Bundle) -> Callable[[str], BinaryIO]:
    """Opens originals, and says which it is of how many."""
    from jdneg.commands.shared.patience import progress

    step, most, opened = progress(session, "view.bundling"), sum(one.sha256 is not None for one in bundle.payload), 0

    def open_original(digest: str) -> BinaryIO:
        nonlocal opened
        opened += 1
        if step is not None:
            step(opened, most)
        return session.store.vault.open(digest)

    return open_original


def _warnings(bundle: Bundle) -> Iterator[Message]:
    if bundle.third_parties:
        yield warning("pack.third_parties", names=list(bundle.third_parties))
    originals = sum(one.on is None for one in bundle.withheld)
    taken_back = len(bundle.withheld) - originals
    if originals:
        yield warning("pack.withheld", count=originals)
    if taken_back:
        yield hint("pack.taken_back", count=taken_back)
    quoted = [one for one in bundle.withheld if one.quoted_in]
    if quoted:
        papers = sorted({paper for one in quoted for paper in one.quoted_in})
        yield warning("pack.quoted", papers=papers, ids=[one.id for one in quoted])


def _input(session: Session, profile: str, scope: Scope) -> BundleInput:
    from jdneg import __version__
    from jdneg.commands.shared.dossier import Dossier
    from jdneg.documents.bundle import BundleInput
    from jdneg.domain.records.journal import Profile

    files = [Dossier(session, one) for one in scope.loans]
    verified, workbook = _verified(session, files)
    file = case_file(scope)
    return BundleInput(
        file=file, profile=profile, created=session.today,
        generator=f"jdneg {__version__}", rulebook=session.rules.version, lang=_LANG,
        owner=session.owner or Profile(), findings=_findings(session, scope, file),
        rule_titles={rule.id: rule.title for rule in session.rules.rules.values()},
        verifications=verified, workbook=workbook, withdrawn=_withdrawn(session, scope),
        journal_head=session.store.head(), elsewhere=_elsewhere(session, file),
        name=f"bundle-{scope.name}-{session.today.isoformat()}-{profile}" if scope.name else None,
    )  # fmt: skip


def case_file(scope: Scope) -> CaseFile:
    """The records that belong there, without drafts; exhibits of what stays out stay out too."""
    from jdneg.commands.shared.dossier import Dossier
    from jdneg.domain.evidence.links import CaseFile, is_out

    found: dict[str, Any] = {kind: scope.records(kind) for kind in _KINDS if kind != "exhibit"}
    for kind in ("letter", "complaint"):
        found[kind] = tuple(one for one in found[kind] if is_out(one.record))
    known = [*scope.loans, *(one for some in found.values() for one in some)]
    found["exhibit"] = _exhibits_of(known, scope.session.store.all("exhibit"), loose=scope.everything)
    schedules = {one.id: _schedule(scope.session, Dossier(scope.session, one)) for one in scope.loans}
    return CaseFile(loans=scope.loans, schedules=schedules, **{f"{kind}s": value for kind, value in found.items()})


_KINDS = ("contact", "claim", "payment", "exhibit", "case", "letter", "complaint")


def _exhibits_of(records: Sequence[Any], exhibits: Sequence[Any], *, loose: bool) -> tuple[Any, ...]:
    """The exhibits of these records; with ``loose`` also those that were never said to belong to any."""
    from jdneg.domain.evidence.links import cited_exhibits

    ids = {one.id for one in records}
    named = {ref for one in records for ref in cited_exhibits(one.record)}
    return tuple(
        one
        for one in exhibits
        if one.id in named or ids & set(map(str, one.record.supports)) or (loose and not one.record.supports)
    )


def _schedule(session: Session, file: Dossier) -> Any:
    """The instalments as computed, so that the bundle can show what was due and what was not paid."""
    from jdneg.domain.records.loan import Instalment

    try:
        rows = file.verification(session.today).schedule.rows
    except NotComputable:
        return ()
    return tuple(Instalment(due=row.due, amount=row.payment) for row in rows)


def _elsewhere(session: Session, file: CaseFile) -> tuple[Any, ...]:
    """Contacts that stay out: whoever they name is masked in what goes out."""
    from jdneg.domain.correspondence.received import as_contacts

    inside = {one.id for one in (*file.contacts, *file.letters)}
    every = (*session.store.all("contact"), *as_contacts(session.store.all("letter")))
    return tuple(one for one in every if one.id not in inside)


def _findings(session: Session, scope: Scope, file: CaseFile) -> Any:
    """Of the contacts that are inside; a finding about a day as a whole stands with its contact."""
    from jdneg.commands.shared.judging import check_journal

    found = [one for loan in _loans_asked(scope) for one in check_journal(session, loan).findings]
    if scope.case is None:
        return found
    inside = {one.id for one in (*file.contacts, *file.letters)}
    return [one for one in found if one.contact in inside]


def _loans_asked(scope: Scope) -> tuple[str | None, ...]:
    return (None,) if scope.everything else tuple(one.id for one in scope.loans)


def _verified(session: Session, files: list[Dossier]) -> tuple[list[Block], Book | None]:
    """The sheets of the loans that can be computed, in the bundle's language: as a page and as a workbook."""
    from jdneg.commands.debts.verify import sheet_input
    from jdneg.i18n import speaking
    from jdneg.views.sheet import sheet_blocks
    from jdneg.views.sheet_book import sheet_book

    given = []
    for file in files:
        with suppress(NotComputable):
            found = sheet_input(session, file, file.verification(session.today))
            given.append(replace(found, ask=False))
    with speaking(_LANG):
        blocks = [block for one in given for block in sheet_blocks(one)]
        return blocks, sheet_book(*given) if given else None


def _withdrawn(session: Session, scope: Scope) -> list[Withdrawn]:
    """The evidence that belonged here and that the user took back with a reason, by id, day and reason alone.

    A batch that was undone was never meant; a draft is no evidence, withdrawn or not.
    """
    from jdneg.documents.bundle import Withdrawn
    from jdneg.domain.dates import shanghai_day

    gone: dict[str, Any] = {}
    said: dict[tuple[str | None, str], str | None] = {}
    for entry in session.store.history(None):
        if entry.op == "withdraw" and entry.undoes is None:
            reason = said.setdefault((entry.redoes or entry.batch, entry.id), entry.reason)
            gone[entry.id] = Withdrawn(id=entry.id, on=shanghai_day(entry.recorded_at), reason=reason)
        elif entry.op == "reinstate":
            gone.pop(entry.id, None)
    return [one for one in gone.values() if _was_evidence(session, one.id, scope)]


def _was_evidence(session: Session, record_id: str, scope: Scope) -> bool:
    """Of a kind that goes into a bundle, no draft, and belonging here."""
    from jdneg.domain.evidence.links import is_out
    from jdneg.domain.ids import kind_of
    from jdneg.errors import NotFound

    kind = kind_of(record_id)
    if kind not in ("loan", *_KINDS):
        return False
    try:
        record = session.store.get_any(record_id).record
    except NotFound:  # purged: of it nothing but the hole is left
        return scope.everything
    if kind in ("letter", "complaint") and not is_out(record):
        return False
    own = (getattr(record, name, None) for name in ("loan", "case"))
    about = (*own, *getattr(record, "loans", ()), *getattr(record, "supports", ()))
    return scope.is_about(record_id, map(str, about))
