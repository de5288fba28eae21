"""``jdneg plan track``: an agreement against what was paid, both sides' lapses beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from jdneg.commands.shared.options import Arg, Text
from jdneg.result import Result
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.domain.conduct.findings import Finding
    from jdneg.domain.debt.shares import Find
    from jdneg.domain.messages import Message
    from jdneg.domain.negotiation.track import Track
    from jdneg.domain.records.base import Stored


def track(session: Session, case: Arg = None, output: Text = None) -> Result:
    from jdneg.views.track import track_page

    found = [(one, contacts_against(session, one)) for one in tracks(session, case)]
    page = track_page(found, session.rules, session.as_of)
    return _with_statement(session, found, output, page) if output else page


def tracks(session: Session, case: str | None = None) -> list[Track]:
    """All agreements of one case that were made by then, the last one first; else every agreement that runs."""
    from jdneg.domain.debt.lapse import accounts_under
    from jdneg.domain.negotiation.cases import agreements_by
    from jdneg.domain.negotiation.track import running, track as one_track

    store = session.store
    cases = store.select("case")
    now = running(cases, session.as_of)
    if case is not None:
        asked = session.get(case, "case")
        wanted = [(asked, one) for one in reversed(agreements_by(asked, session.as_of))]
    else:
        wanted = now
    others = [(str(loan), agreement) for one, agreement in now for loan in one.record.loans]
    return [
        one_track(
            found, agreement, _of_loans(session, "payment", found), session.as_of, others=others,
            claims=_of_loans(session, "claim", found),
            accounts=accounts_under(agreement, map(str, found.record.loans), cases, _find(session), session.as_of),
        )
        for found, agreement in wanted
    ]  # fmt: skip


def _find(session: Session) -> Find:
    """A loan and the payments on it, by the index."""
    return lambda loan: (session.store.get(loan), session.store.select("payment", loan=loan))


def doubts_of(session: Session, payment: str) -> tuple[Message, ...]:
    """What of a payment could be meant otherwise: it fits two instalments, or another loan's; or settles early."""
    from jdneg.domain.debt.early import early_notes

    if not session.store.select("case"):
        return ()
    told: list[Message] = []
    for one in tracks(session):
        told += [doubt for doubt in one.doubts if doubt.facts.get("payment") == payment]
        if any(paid.id == payment for paid in one.payments):
            told += early_notes(",".join(one.loans), one.spared, one.in_advance)
    return tuple(told)


def _of_loans(session: Session, kind: str, case: Stored[Any]) -> list[Stored[Any]]:
    return [one for loan in case.record.loans for one in session.store.select(kind, loan=str(loan))]


def contacts_against(session: Session, found: Track) -> list[Finding]:
    """What contacts since the agreement's start did against it: only those of its loans are read."""
    from jdneg.domain.conduct import agreement as rule
    from jdneg.domain.conduct.check import Court
    from jdneg.domain.conduct.world import make_world
    from jdneg.domain.dates import shanghai_day

    store, findings = session.store, []
    payments = [one for loan in found.loans for one in store.select("payment", loan=loan)]
    world = make_world(store.select("loan"), store.select("case"), payments)
    court = Court(world, session.rules, session.lexicon)
    for loan in found.loans:
        for contact in store.select("contact", loan=loan):
            day = shanghai_day(contact.record.happened_at)
            if contact.record.loan != loan or not found.agreement.starts <= day <= found.as_of:
                continue
            seen = court.see(contact)
            if seen is not None and rule.applies(seen):
                findings += court.apply("agreement", seen, seen.kind)
    return findings


def _with_statement(
    session: Session, found: Sequence[tuple[Track, list[Finding]]], output: str, page: Result
) -> Result:
    """The same answer, and the statement as a file for the other side, in Chinese."""
    from jdneg.commands.shared.pages import noted
    from jdneg.documents.writers import write
    from jdneg.errors import NotFound
    from jdneg.i18n import speaking
    from jdneg.session import expanded
    from jdneg.views.statement import statement_blocks

    if not found:
        raise NotFound(id="G")
    loans = {one.id: one.record for one in session.store.select("loan")}
    with speaking("zh"):
        blocks = [
            block
            for one, findings in found
            for block in statement_blocks(one, findings, loans, session.owner, session.rules)
        ]  # fmt: skip
        path = write(blocks, expanded(output), compact=True)
    return noted(page, path)
