"""From the journal to an evidence bundle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from jdneg.domain.messages import Message, hint, warning
from jdneg.errors import NoRate
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session, expanded

if TYPE_CHECKING:
    from jdneg.blocks import Block
    from jdneg.commands.shared.dossier import Dossier
    from jdneg.documents.bundle import Bundle, BundleInput, Withdrawn
    from jdneg.documents.workbook import Book
    from jdneg.domain.evidence.links import CaseFile

_LANG = "zh"  # of whom it is for: a lawyer or an association here


def export_bundle(session: Session, profile: str, loan: str | None, output: str, *, as_zip: bool) -> Result:
    """Plan the bundle, say whom it names, write it whole or not at all."""
    from jdneg.blocks import Facts, Paragraph
    from jdneg.documents.bundle import plan_bundle
    from jdneg.documents.bundle_write import write_bundle

    bundle = plan_bundle(_input(session, profile, loan), session.store.vault.open)
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


def _input(session: Session, profile: str, loan: str | None) -> BundleInput:
    from jdneg import __version__
    from jdneg.commands.shared.dossier import Dossier
    from jdneg.documents.bundle import BundleInput
    from jdneg.domain.records.journal import Profile

    store = session.store
    loans = (session.get(loan, "loan"),) if loan else store.all("loan")
    files = [Dossier(session, one) for one in loans]
    verified, workbook = _verified(session, files)
    return BundleInput(
        file=case_file(session, files, everything=loan is None), profile=profile, created=session.today,
        generator=f"jdneg {__version__}", rulebook=session.rules.version, lang=_LANG,
        owner=session.owner or Profile(), findings=_findings(session, loan),
        rule_titles={rule.id: rule.title for rule in session.rules.rules.values()},
        verifications=verified, workbook=workbook, withdrawn=_withdrawn(session, loans[0].id if loan else None),
        journal_head=store.head(), elsewhere=_elsewhere(session, files),
        name=f"bundle-{loans[0].id}-{session.today.isoformat()}-{profile}" if loan else None,
    )  # fmt: skip


def case_file(session: Session, files: list[Dossier], *, everything: bool) -> CaseFile:
    """One loan's records, or all of them, without drafts; exhibits of what stays out stay out too."""
    from jdneg.domain.evidence.links import CaseFile, is_out

    store = session.store
    if everything:
        found: dict[str, Any] = {kind: store.all(kind) for kind in _KINDS}
    else:
        found = {kind: getattr(files[0], f"{kind}s") for kind in _KINDS if kind != "exhibit"}
    for kind in ("letter", "complaint"):
        found[kind] = tuple(one for one in found[kind] if is_out(one.record))
    known = [file.loan for file in files] + [one for kind in _KINDS if kind != "exhibit" for one in found[kind]]
    found["exhibit"] = _exhibits_of(known, store.all("exhibit"), loose=everything)
    schedules = {file.loan.id: _schedule(session, file) for file in files}
    return CaseFile(
        loans=tuple(file.loan for file in files), schedules=schedules,
        **{f"{kind}s": value for kind, value in found.items()},
    )  # fmt: skip


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
    except NoRate:
        return ()
    return tuple(Instalment(due=row.due, amount=row.payment) for row in rows)


def _elsewhere(session: Session, files: list[Dossier]) -> tuple[Any, ...]:
    """Contacts that stay out: whoever they name is masked in what goes out."""
    from jdneg.domain.correspondence.received import as_contacts

    inside = {one.id for file in files for one in (*file.contacts, *file.letters)}
    every = (*session.store.all("contact"), *as_contacts(session.store.all("letter")))
    return tuple(one for one in every if one.id not in inside)


def _findings(session: Session, loan: str | None) -> Any:
    from jdneg.commands.shared.judging import check_journal

    return check_journal(session, session.get(loan, "loan").id if loan else None).findings


def _verified(session: Session, files: list[Dossier]) -> tuple[list[Block], Book | None]:
    """The sheets of the loans that can be computed, in the bundle's language: as a page and as a workbook."""
    from jdneg.commands.debts.verify import sheet_input
    from jdneg.i18n import speaking
    from jdneg.views.sheet import sheet_blocks
    from jdneg.views.sheet_book import sheet_book

    given = []
    for file in files:
        with suppress(NoRate):
            found = sheet_input(session, file, file.verification(session.today))
            given.append(replace(found, ask=False))
    with speaking(_LANG):
        blocks = [block for one in given for block in sheet_blocks(one)]
        return blocks, sheet_book(*given) if given else None


def _withdrawn(session: Session, loan: str | None) -> list[Withdrawn]:
    """The evidence (of this loan) that the user took back with a reason, by id, day and reason alone.

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
    return [one for one in gone.values() if _was_evidence(session, one.id, loan)]


def _was_evidence(session: Session, record_id: str, loan: str | None) -> bool:
    """Of a kind that goes into a bundle, no draft, and of this loan where one is asked for."""
    from jdneg.domain.evidence.links import is_out
    from jdneg.domain.ids import kind_of
    from jdneg.errors import NotFound

    kind = kind_of(record_id)
    if kind not in ("loan", *_KINDS):
        return False
    try:
        record = session.store.get_any(record_id).record
    except NotFound:  # purged: of it nothing but the hole is left
        return loan is None
    if kind in ("letter", "complaint") and not is_out(record):
        return False
    about = (getattr(record, "loan", None), *getattr(record, "loans", ()), *getattr(record, "supports", ()))
    return loan is None or loan in (record_id, *about)
