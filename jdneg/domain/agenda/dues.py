"""What is to be paid: agreed instalments, and the contract's where no written agreement has taken its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from jdneg.domain.agenda.item import Item
from jdneg.domain.agenda.known import Known
from jdneg.domain.agreements import chain, over_on
from jdneg.domain.claims import claims_of
from jdneg.domain.dates import comes_before, has_come
from jdneg.domain.debt.accrual import Position, payments_of, position
from jdneg.domain.debt.lapse import accounts_under
from jdneg.domain.debt.schedule import schedule_of
from jdneg.domain.debt.shares import terms_of
from jdneg.domain.messages import hint, info, warning
from jdneg.domain.money import FEN
from jdneg.domain.negotiation.track import Track, running, track
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Agreement, Case
from jdneg.domain.records.loan import Loan
from jdneg.errors import JdnegError


def agreed(cases: Sequence[Stored[Case]], known: Known, as_of: dt.date) -> Iterator[Item]:
    """Of each agreement that runs: what is behind, and the next instalment, however far away."""
    for case, agreement in running(cases, as_of):
        found = tracked(case, agreement, known, as_of)
        yield from _behind(found)
        yield from _next(found, over_on(case.record, agreement))
        yield from _made_good(found)
        yield from _settled(found)
        yield from _talk_again(found)


def tracked(case: Stored[Case], agreement: Agreement, known: Known, as_of: dt.date) -> Track:
    """The agreement against what was paid, with where its loans stand under it."""
    accounts = accounts_under(agreement, map(str, case.record.loans), known.cases, known.find, as_of)
    return track(case, agreement, known.payments, as_of, accounts=accounts)


def all_settled(case: Stored[Case], loans: Iterable[Stored[Loan]], as_of: dt.date) -> bool:
    """Whether all loans of a case are recorded as settled: then nothing more is paid under its agreement."""
    ended = {one.id for one in loans if has_come(one.record.closed_on, as_of)}
    return set(case.record.loans) <= ended


def _behind(found: Track) -> Iterator[Item]:
    """Before a settlement is paid late it has to be asked whether it still holds."""
    if found.behind_since is None:
        return
    facts = {"case": found.case, "short": found.short, "since": found.behind_since}
    code, command = "today.instalment_behind", _pay(found, found.short)
    if found.lapse is not None and found.lapse.settles:
        code, command = "today.settlement_late", _confirm(found)
    yield Item(
        kind="instalment_behind", id=found.case, what=warning(code, **facts), due=found.behind_since,
        amount=found.short, command=command,
    )  # fmt: skip


def _made_good(found: Track) -> Iterator[Item]:
    """All its instalments are paid, one of them late: what that leaves open."""
    late = found.lapse
    if late is None or found.next is not None or not (late.cost or late.settles):
        return
    code = "today.settlement_paid_late" if late.settles else "today.late_cost"
    what = warning(code, case=found.case, due=late.due, cost=late.cost)
    yield Item(kind="late_cost", id=found.case, what=what, amount=late.cost or None, command=_confirm(found))


def _settled(found: Track) -> Iterator[Item]:
    """All is paid and nothing stands against it: the paper that says so, then the end on record."""
    late = found.lapse is not None and (found.lapse.cost or found.lapse.settles)
    if found.apart:
        facts = {"case": found.case, "loans": ",".join(found.loans), "amount": found.apart}
        yield Item(
            kind="settled", id=found.case, what=warning("track.recorded_apart", **facts), amount=found.apart,
            command=f"plan track {found.case}",
        )  # fmt: skip
    elif found.next is None and not late and not found.agreement.then_talk:
        what = hint("today.settled", case=found.case, loans=", ".join(found.loans))
        yield Item(kind="settled", id=found.case, what=what, command=f"loan close {found.loans[0]}")


def _talk_again(found: Track) -> Iterator[Item]:
    """Payments that settle nothing: the rest is to be agreed on before the last of them."""
    if found.agreement.then_talk:
        last = found.rows[-1].due
        what = warning("today.talk_again", case=found.case, due=last)
        yield Item(kind="talk_again", id=found.case, what=what, due=last, command=f"plan propose {found.loans[0]}")


def _confirm(found: Track) -> str:
    return f"letter draft confirm --case {found.case}"


def _next(found: Track, until: dt.date | None) -> Iterator[Item]:
    """The first row whose day is not over and that is not covered, before ``until``, when the agreement is over."""
    row = next((one for one in found.rows if one.short and one.state in ("due", "to_come", "begun")), None)
    if row is not None and not has_come(until, row.due):
        count = len(found.rows)
        what = hint("today.instalment", case=found.case, amount=row.short, due=row.due, n=row.n, count=count)
        command = _pay(found, row.short)
        yield Item(kind="instalment", id=found.case, what=what, due=row.due, amount=row.short, command=command)


def _pay(found: Track, amount: Decimal) -> str:
    return f"pay {','.join(found.loans)} {amount:.2f} --at {found.as_of}"


def by_contract(loans: Iterable[Stored[Loan]], known: Known, as_of: dt.date) -> Iterator[Item]:
    """Loans that run by their contract: also while an agreement is only oral. Without terms nothing is said."""
    for loan in loans:
        at = stand(loan, known, as_of)
        if at is None or chain(known.cases, loan.id, as_of):
            continue
        if at.overdue:
            first, short = at.overdue[0].due, at.overdue_amount
            what = warning("today.contract_behind", loan=loan.id, short=short, since=first)
            command = f"verify {loan.id}"
            yield Item(kind="contract_behind", id=loan.id, what=what, due=first, amount=short, command=command)
        if at.next_due is not None:
            due, amount = at.next_due.due, at.next_due.payment
            what = hint("today.contract", loan=loan.id, amount=amount, due=due)
            command = f"pay {loan.id} {amount:.2f} --at {as_of}"
            yield Item(kind="contract", id=loan.id, what=what, due=due, amount=amount, command=command)


def stand(loan: Stored[Loan], known: Known, day: dt.date) -> Position | None:
    """The loan's position on a day; None where its terms do not say enough, or the day lies before it."""
    if comes_before(day, loan.record.start):
        return None
    try:
        agreed = terms_of(known.cases, loan.id, day, known.find).written
        return position(loan.record, schedule_of(loan), payments_of(loan.id, known.payments), day, agreed)
    except JdnegError:  # told by `verify`, which names what is missing
        return None


def unverified(loans: Iterable[Stored[Loan]], known: Known, as_of: dt.date) -> Iterator[Item]:
    """The latest claim on each loan, where the contract does not come to the same to the fen."""
    for loan in loans:
        own = [one for one in claims_of(loan.id, known.claims, as_of) if one.record.total is not None]
        if not own:
            continue
        claim = own[-1]
        at = stand(loan, known, claim.record.at)
        total = None if at is None or at.penalty is None else at.total
        facts = {"claim": claim.id, "loan": loan.id, "total": claim.record.total, "at": claim.record.at}
        if total is None:
            what = info("today.claim_unknown", **facts)
        elif abs(claim.record.total - total) < FEN:  # type: ignore[operator]
            continue
        else:
            what = info("today.claim_differs", computed=total, **facts)
        yield Item(kind="claim", id=claim.id, what=what, command=f"verify {loan.id} --as-of {claim.record.at}")
