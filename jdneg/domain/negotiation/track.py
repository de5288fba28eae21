"""An agreement against what was paid: row by row, both sides' lapses beside each other.

Money goes to the oldest open instalment first, as `jdneg.domain.instalments` counts it; where an amount would fit
another row or another loan just as well, that is said and nothing is moved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from jdneg.domain.agreements import Standing, agreed_states, as_asked, case_loans, over_on, standing, still_written
from jdneg.domain.dates import ONE_DAY, first_moment, has_come, shanghai_day
from jdneg.domain.debt.accrual import Position
from jdneg.domain.debt.early import in_advance, spared
from jdneg.domain.debt.lapse import Lapse, lapse
from jdneg.domain.ids import number_of
from jdneg.domain.instalments import Paid, paid_by_day
from jdneg.domain.messages import Message, info, warning
from jdneg.domain.money import ZERO
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Agreement, Case
from jdneg.domain.records.loan import Instalment
from jdneg.values import dataclass

RowState = Literal[
    "on_time", "in_grace", "late", "partial", "unpaid", "paid_early", "begun", "due", "to_come", "spared"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Share:
    """What of a payment went to a row, yuan."""

    payment: str
    day: dt.date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class TrackRow:
    """An instalment with the payments that reached it; ``short`` is what is open of it, yuan.

    ``settled_on`` is the day it was covered, ``days_late`` how long after its day (and agreed grace) that was.
    """

    n: int
    due: dt.date
    amount: Decimal
    state: RowState
    short: Decimal
    settled_on: dt.date | None = None
    days_late: int = 0
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """How an agreement stands on a day.

    ``since``: the agreement has been kept without a break from that day on; None before it starts and while
    something due is unpaid; then ``behind_since`` is the day it should have been paid. ``paid`` counts what reached
    the instalments, ``ahead`` what is paid of those to come, ``beyond`` what was paid on top of all of them. Where
    all was paid early (`jdneg.domain.debt.early`), ``spared`` is asked no more and not in the rows, and
    ``in_advance`` was paid for time to come. ``until``: the day from which it counts no longer, ended or replaced;
    it is shown as it stood the day before. ``doubts`` are payments that could be meant otherwise; ``theirs`` what
    the other side did against the agreement, ``mine`` the borrower's own lapses. ``written``: while it is only oral,
    the one in writing that counts beside it. ``lapse``: what a missed day may
    cost; None where none was missed, or the accounts are not known.
    """

    case: str
    loans: tuple[str, ...]
    agreement: Agreement
    until: dt.date | None
    as_of: dt.date
    standing: Standing
    since: dt.date | None
    behind_since: dt.date | None
    rows: tuple[TrackRow, ...]
    due: Decimal
    paid: Decimal
    ahead: Decimal
    beyond: Decimal
    payments: tuple[Stored[Payment], ...]
    spared: Decimal = ZERO
    in_advance: Decimal = ZERO
    doubts: tuple[Message, ...] = ()
    mine: tuple[Message, ...] = ()
    theirs: tuple[Message, ...] = ()
    lapse: Lapse | None = None
    apart: Decimal = ZERO
    written: Agreement | None = None

    @property
    def short(self) -> Decimal:
        """What is due and unpaid."""
        return sum((row.short for row in self.rows if row.state in ("partial", "unpaid")), ZERO)

    @property
    def next(self) -> TrackRow | None:
        """The first row that is not covered, due or to come; none where the agreement is over."""
        return next((row for row in self.rows if row.short), None) if self.until is None else None


def track(
    case: Stored[Case],
    agreement: Agreement,
    payments: Iterable[Stored[Payment]],
    as_of: dt.date,
    *,
    others: Sequence[tuple[str, Agreement]] = (),
    claims: Iterable[Stored[Claim]] = (),
    accounts: Sequence[Position] = (),
) -> Track:
    """``payments`` and ``claims`` may be of any loan; ``others`` are agreements that run beside, with their loan.
    ``accounts`` are its loans' on ``as_of``.
    """
    loans = case_loans(case)
    until = over_from(case.record, agreement, as_of)
    as_of = as_of if until is None else until - ONE_DAY
    own = _own(payments, loans, agreement.starts, as_of)
    paid = paid_by_day(one.record for one in own)
    less = spared(accounts) if until is None else ZERO
    asked = as_asked(agreement, less)
    rows, stands = _rows(asked, own, paid, as_of), standing(asked, paid, as_of)
    total = sum((amount for _, amount in paid), ZERO)
    due = sum((row.amount for row in rows if row.due <= as_of), ZERO)
    owed = sum((row.amount for row in rows), ZERO)
    found = Track(
        case=case.id, loans=loans, agreement=agreement, until=until, as_of=as_of, standing=stands,
        since=_since(agreement, rows, stands, as_of),
        behind_since=next((row.due for row in rows if row.state in ("partial", "unpaid")), None),
        rows=rows, due=due, paid=min(total, owed), ahead=max(min(total, owed) - due, ZERO),
        beyond=max(total - owed, ZERO), payments=own, spared=less, in_advance=in_advance(accounts),
        lapse=lapse(case.id, agreement, paid, accounts, as_of) if until is None else None,
        written=still_written(case.record) if agreement.oral else None,
    )  # fmt: skip
    found = replace(found, apart=_apart(found, accounts))
    return replace(
        found,
        doubts=tuple(_doubts(found, others)),
        mine=tuple(_lapses(found, case.record)),
        theirs=(*_their_promises(case.record, as_of), *_deductions(found), *_claims(found, claims)),
    )


def over_from(case: Case, agreement: Agreement, as_of: dt.date) -> dt.date | None:
    """The day, up to ``as_of``, from which the agreement counts no longer."""
    day = over_on(case, agreement)
    return day if has_come(day, as_of) else None


def _own(
    payments: Iterable[Stored[Payment]], loans: Sequence[str], start: dt.date, end: dt.date
) -> tuple[Stored[Payment], ...]:
    """The payments on these loans from ``start`` to ``end``, both days included, in order of time."""
    found = (one for one in payments if one.record.loan in loans and start <= shanghai_day(one.record.at) <= end)
    return tuple(sorted(found, key=lambda one: (first_moment(one.record.at), number_of(one.id))))


def running(cases: Iterable[Stored[Case]], as_of: dt.date) -> list[tuple[Stored[Case], Agreement]]:
    """Every agreement with instalments that was made and is neither ended nor replaced within its case, by case and
    age: what is in writing stands beside what is only oral, and one that starts later beside the one before it.
    """
    return [
        (case, one)
        for case in cases
        for one in case.record.agreements
        if one.instalments and shanghai_day(one.agreed_at) <= as_of and over_from(case.record, one, as_of) is None
    ]


def _rows(
    agreement: Agreement, payments: Sequence[Stored[Payment]], paid: Paid, as_of: dt.date
) -> tuple[TrackRow, ...]:
    """Rows late or unpaid are those of `agreed_states`; the others say when they were covered, or what is to come."""
    over = agreed_states(agreement, paid, as_of)
    found = []
    shares = _shares(agreement.instalments, payments)
    for n, (row, own) in enumerate(zip(_sorted(agreement.instalments), shares, strict=True)):
        short = row.amount - sum((one.amount for one in own), ZERO)
        settled = own[-1].day if own and not short else None
        judged = over[n].state if n < len(over) else None
        state = _kept(row, short, settled, as_of) if judged in (None, "on_time") else judged
        late = (settled - row.due).days - agreement.grace_days if settled and state == "late" else 0
        found.append(TrackRow(n + 1, row.due, row.amount, state, short, settled, late, own))
    return tuple(found)


def _sorted(rows: Iterable[Instalment]) -> list[Instalment]:
    return sorted(rows, key=lambda row: row.due)


def _kept(row: Instalment, short: Decimal, settled: dt.date | None, as_of: dt.date) -> RowState:
    """A row that was covered by its day, or whose day or agreed grace is not over."""
    if not short:
        if settled is None:
            return "spared"
        return "paid_early" if settled < row.due else "in_grace" if settled > row.due else "on_time"
    if row.due <= as_of:
        return "due"
    return "begun" if short < row.amount else "to_come"


def _shares(rows: Iterable[Instalment], payments: Sequence[Stored[Payment]]) -> list[tuple[Share, ...]]:
    """Oldest row first, in the order of the payments."""
    left = [(one.id, shanghai_day(one.record.at), one.record.amount) for one in payments]
    found: list[tuple[Share, ...]] = []
    for row in _sorted(rows):
        need, own = row.amount, list[Share]()
        while need and left:
            payment, day, amount = left.pop(0)
            part = min(need, amount)
            own.append(Share(payment, day, part))
            need -= part
            if amount > part:
                left.insert(0, (payment, day, amount - part))
        found.append(tuple(own))
    return found


def _since(agreement: Agreement, rows: Sequence[TrackRow], stands: Standing, as_of: dt.date) -> dt.date | None:
    """From the start, or from the day the last late instalment was made good."""
    if stands == "behind" or agreement.starts > as_of:
        return None
    late = [row.settled_on for row in rows if row.state == "late" and row.settled_on]
    return max(late, default=agreement.starts)


def _doubts(found: Track, others: Sequence[tuple[str, Agreement]]) -> Iterator[Message]:
    """Payments that fit another row, or another loan's instalment and not this one's."""
    yield from _two_rows(found)
    if found.apart:
        facts = {"case": found.case, "loans": ",".join(found.loans), "amount": found.apart}
        yield warning("track.recorded_apart", **facts)
    amounts = {row.amount for row in found.rows}
    for payment in found.payments:
        amount = payment.record.amount
        if amount in amounts:
            continue
        for loan, other in others:
            if loan not in found.loans and any(row.amount == amount for row in other.instalments):
                facts = {"payment": payment.id, "amount": amount, "loan": payment.record.loan, "other": loan}
                yield warning("track.two_loans", **facts)


def _apart(found: Track, accounts: Sequence[Position]) -> Decimal:
    """What is open on one of several loans though all instalments are covered: more than its share was recorded on
    another.
    """
    if len(found.loans) < 2 or found.until is not None or found.next is not None or found.agreement.then_talk:
        return ZERO
    late = found.lapse.cost if found.lapse is not None else ZERO
    return max(sum((at.total for at in accounts), ZERO) - late, ZERO)


def _two_rows(found: Track) -> Iterator[Message]:
    """A payment of just one instalment's amount that came while an older one was open, and the later still is."""
    for payment in found.payments:
        day, amount = shanghai_day(payment.record.at), payment.record.amount
        took = [row for row in found.rows for one in row.shares if one.payment == payment.id]
        meant = next((row for row in found.rows if row.amount == amount and row.due >= day), None)
        if len(took) == 1 and meant is not None and meant.short and took[0].due < day and took[0].n != meant.n:
            facts = {"payment": payment.id, "amount": amount, "older": took[0].due, "later": meant.due}
            yield warning("track.two_rows", **facts)


def _lapses(found: Track, case: Case) -> Iterator[Message]:
    """The borrower's own: late, short and unpaid rows, promises not kept."""
    for row in found.rows:
        if row.state == "late":
            yield info("track.row_late", due=row.due, amount=row.amount, on=row.settled_on, days=row.days_late)
        elif row.state in ("partial", "unpaid"):
            yield warning(f"track.row_{row.state}", due=row.due, amount=row.amount, short=row.short)
    for one in case.promises:
        if one.by == "me" and one.state in ("late", "broken"):
            yield info(f"track.mine_{one.state}", what=one.what, due=one.due or "-")


def _their_promises(case: Case, as_of: dt.date) -> Iterator[Message]:
    for one in case.promises:
        if one.by != "lender":
            continue
        if one.state in ("late", "broken"):
            yield warning(f"track.theirs_{one.state}", what=one.what, due=one.due or "-")
        elif one.state == "unknown" and one.due is not None and one.due < as_of:
            yield info("track.theirs_open", what=one.what, due=one.due)


_DEDUCTED = ("代扣", "自动扣", "扣款", "划扣", "auto", "debit")


def _deductions(found: Track) -> Iterator[Message]:
    """Money they took themselves that is no instalment agreed on."""
    amounts = {row.amount for row in found.rows}
    for payment in found.payments:
        via = (payment.record.via or "").lower()
        if any(word in via for word in _DEDUCTED) and payment.record.amount not in amounts:
            yield warning("track.deducted", payment=payment.id, amount=payment.record.amount, at=payment.record.at)


def _claims(found: Track, claims: Iterable[Stored[Claim]]) -> Iterator[Message]:
    """Figures they gave after the agreement that are more than it left unpaid that day."""
    rows, made = found.agreement.instalments, found.agreement.starts
    if found.agreement.then_talk:  # the whole stays owed beside it
        return
    agreed = sum((row.amount for row in rows), ZERO)
    for claim in claims:
        one = claim.record
        if one.loan not in found.loans or one.total is None or not made <= one.at <= found.as_of:
            continue
        paid = sum((pay.record.amount for pay in found.payments if shanghai_day(pay.record.at) < one.at), ZERO)
        if one.total > max(agreed - paid, ZERO):
            yield warning("track.claimed", claim=claim.id, at=one.at, total=one.total, left=max(agreed - paid, ZERO))
