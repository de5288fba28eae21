"""From the journal to an evidence bundle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from jdneg.domain.messages import Message, hint, warning
from jdneg.errors import NoRate
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session, expanded

if TYPE_CHECKING:
    from jdneg.blocks import Block
    from jdneg.commands.dossier import Dossier
    from jdneg.documents.bundle import Bundle, BundleInput, Withdrawn
    from jdneg.domain.evidence.links import CaseFile


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
    done = write_bundle(bundle, folder, as_zip=as_zip, open_original=session.store.vault.open)
    data = {
        "path": str(done.path), "profile": profile, "files": done.files, "manifest_sha256": done.manifest_sha256,
        "tagmanifest_sha256": done.tagmanifest_sha256, "missing": list(bundle.missing),
        "third_parties": list(bundle.third_parties), "withheld": len(bundle.withheld), "warnings": list(messages),
    }  # fmt: skip
    said = Paragraph(t("pack.exported", path=str(done.path), files=done.files))
    facts = Facts(((t("pack.manifest_hash"), done.tagmanifest_sha256),))
    return Result(data, (said, facts), ())


def _warnings(bundle: Bundle) -> Iterator[Message]:
    if bundle.third_parties:
        yield warning("pack.third_parties", names=list(bundle.third_parties))
    originals = sum(one.on is None for one in bundle.withheld)
    taken_back = len(bundle.withheld) - originals
    if originals:
        yield warning("pack.withheld", count=originals)
    if taken_back:
        yield hint("pack.taken_back", count=taken_back)


def _input(session: Session, profile: str, loan: str | None) -> BundleInput:
    from jdneg import __version__
    from jdneg.commands.dossier import Dossier
    from jdneg.documents.bundle import BundleInput
    from jdneg.domain.records.journal import Profile

    store = session.store
    loans = (session.get(loan, "loan"),) if loan else store.all("loan")
    files = [Dossier(session, one) for one in loans]
    owners = store.all("profile")
    return BundleInput(
        file=_case_file(session, files, everything=loan is None), profile=profile, created=session.today,
        generator=f"jdneg {__version__}", rulebook=session.rules.version, lang="zh",
        owner=owners[-1].record if owners else Profile(), findings=_findings(session, loan),
        rule_titles={rule.id: rule.title for rule in session.rules.rules.values()},
        verifications=[block for file in files for block in _verified(session, file)],
        withdrawn=_withdrawn(session), journal_head=store.head(), elsewhere=_elsewhere(session, files),
        name=f"bundle-{loans[0].id}-{session.today.isoformat()}-{profile}" if loan else None,
    )  # fmt: skip


def _case_file(session: Session, files: list[Dossier], *, everything: bool) -> CaseFile:
    """One loan's records, or all of them; exhibits that nothing of the loan cites stay out."""
    from jdneg.domain.evidence.links import CaseFile

    store = session.store
    if everything:
        found: dict[str, Any] = {kind: store.all(kind) for kind in _KINDS}
    else:
        found = {kind: getattr(files[0], f"{kind}s") for kind in _KINDS if kind != "exhibit"}
        found["exhibit"] = _exhibits_of(files[0], found)
    schedules = {file.loan.id: _schedule(session, file) for file in files}
    return CaseFile(
        loans=tuple(file.loan for file in files), schedules=schedules,
        **{f"{kind}s": value for kind, value in found.items()},
    )  # fmt: skip


_KINDS = ("contact", "claim", "payment", "exhibit", "case", "letter", "complaint")


def _exhibits_of(file: Dossier, found: dict[str, Any]) -> tuple[Any, ...]:
    from jdneg.domain.evidence.links import cited_exhibits

    records = [file.loan, *(one for kind in found for one in found[kind])]
    ids = {one.id for one in records}
    named = {ref for one in records for ref in cited_exhibits(one.record)}
    return tuple(one for one in file.exhibits if one.id in named or ids & set(map(str, one.record.supports)))


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
    inside = {one.id for file in files for one in file.contacts}
    return tuple(one for one in session.store.all("contact") if one.id not in inside)


def _findings(session: Session, loan: str | None) -> Any:
    from jdneg.commands.judging import check_journal

    return check_journal(session, session.get(loan, "loan").id if loan else None).findings


def _verified(session: Session, file: Dossier) -> list[Block]:
    from jdneg.views.verification import verification_page

    try:
        return list(verification_page(file.verification(session.today), session.rules, ledger=True).view)
    except NoRate:
        return []


def _withdrawn(session: Session) -> list[Withdrawn]:
    """What was taken back and stayed so, by id, day and reason alone."""
    from jdneg.documents.bundle import Withdrawn

    gone: dict[str, Any] = {}
    for entry in session.store.history(None):
        if entry.op == "withdraw":
            gone[entry.id] = Withdrawn(id=entry.id, on=entry.recorded_at.date(), reason=entry.reason)
        elif entry.op in ("reinstate", "add"):
            gone.pop(entry.id, None)
    return list(gone.values())
