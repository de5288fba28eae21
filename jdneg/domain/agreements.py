"""Which agreement counts on a day, and whether it has been kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from jdneg.domain.dates import ONE_DAY, has_come, shanghai_day
from jdneg.domain.ids import number_of
from jdneg.domain.instalments import InstalmentState, Paid, instalment_states, open_rows
from jdneg.domain.messages import Message, warning
from jdneg.domain.money import less_from_the_end
from jdneg.values import dataclass

if TYPE_CHECKING:
    from jdneg.domain.records.base import Stored
    from jdneg.domain.records.case import Agreement, Case, Waived
    from jdneg.domain.records.loan import Instalment

Standing = Literal["up_to_date", "late", "behind"]


@dataclass(frozen=True, slots=True)
class InForce:
    """An agreement with its case, the loans it is about and what its offer waives."""

    case: str
    agreement: Agreement
    loans: tuple[str, ...]
    waived: tuple[Waived, ...]


def in_force(cases: Iterable[Stored[Case]], loan: str, day: dt.date) -> InForce | None:
    """The agreement in force for a loan: the latest accepted that has started, unless it has ended.

    An earlier one does not come back when its successor ends: it was replaced. An oral one counts here: while
    `Agreement.oral`, what was there before may still run, and the caller shows both; when it ends, what is in
    writing counts as it did all along (`chain`).
    """
    cases = tuple(cases)
    started = _accepted_on(cases, loan, day)
    if not started:
        return None
    case, _, latest = max(started, key=_accepted)
    if not has_ended(latest, day):
        return InForce(case.id, latest, case_loans(case), waived_by(case.record, latest))
    led = chain(cases, loan, day) if latest.oral else ()
    return led[-1] if led else None


def over_on(case: Case, agreement: Agreement) -> dt.date | None:
    """The day from which an agreement of the case counts no longer: it ended, or a later one took its place.

    What is only oral takes the place of nothing that is in writing.
    """
    made = case.agreements
    later = [one.starts for one in made[made.index(agreement) + 1 :] if agreement.oral or not one.oral]
    return min((day for day in (agreement.ended_on, *later) if day is not None), default=None)


def still_written(case: Case) -> Agreement | None:
    """What is in writing in the case and still counts beside its last agreement, which is only oral or was."""
    if case.agreement is None or not case.agreement.oral:
        return None
    found = (one for one in reversed(case.earlier) if one.instalments and not one.oral)
    return next((one for one in found if over_on(case, one) is None), None)


def chain(cases: Iterable[Stored[Case]], loan: str, day: dt.date) -> tuple[InForce, ...]:
    """The agreements in writing that lead to where a loan stands on ``day``, oldest first: each took the place of
    the one before it, and the last still runs. Empty where the contract runs.

    What is only oral neither counts here nor ends what is in writing.
    """
    return _linked(_written(cases, loan, day), day)


def stopped(cases: Iterable[Stored[Case]], loan: str, day: dt.date) -> tuple[InForce, ...]:
    """The chain whose last agreement was ended by ``day``, with nothing in writing after it."""
    made = _written(cases, loan, day)
    ended = made[-1].agreement.ended_on if made else None
    return () if ended is None or ended > day else _linked(made, ended - ONE_DAY)


def written_before(cases: Iterable[Stored[Case]], loan: str, day: dt.date) -> tuple[InForce, ...]:
    """Agreements in writing that ran by ``day`` and lead to nothing that counts now: the contract ran after them."""
    made = _written(cases, loan, day)
    led = _linked(made, day) or stopped(cases, loan, day)
    return tuple(made[: len(made) - len(led)])


def _written(cases: Iterable[Stored[Case]], loan: str, day: dt.date) -> list[InForce]:
    """In the order they were accepted, without those that were replaced before they came to count."""
    found: list[InForce] = []
    for one in sorted(_accepted_on(cases, loan, day), key=_accepted):
        case, _, made = one
        if made.instalments and not made.oral:
            now = InForce(case.id, made, case_loans(case), waived_by(case.record, made))
            found = [*(before for before in found if before.agreement.starts < made.starts), now]
    return found


def _linked(made: Sequence[InForce], day: dt.date) -> tuple[InForce, ...]:
    if not made or has_ended(made[-1].agreement, day):
        return ()
    led = [made[-1]]
    for one in reversed(made[:-1]):
        if has_ended(one.agreement, led[0].agreement.starts - ONE_DAY):
            break  # the contract ran in between
        led.insert(0, one)
    return tuple(led)


def _accepted_on(cases: Iterable[Stored[Case]], loan: str, day: dt.date) -> list[tuple[Stored[Case], int, Agreement]]:
    """Every agreement on a loan that was made and had started by ``day``, with its case and its place there."""
    return [
        (case, at, made)
        for case in cases if loan in case.record.loans
        for at, made in enumerate(case.record.agreements) if _started(made, day)
    ]  # fmt: skip


def case_loans(case: Stored[Case]) -> tuple[str, ...]:
    return tuple(str(one) for one in case.record.loans)


def waived_by(case: Case, agreement: Agreement) -> tuple[Waived, ...]:
    """What the offer that became the agreement lets go."""
    found = next((offer for offer in case.offers if offer.number == agreement.offer), None)
    return (*found.waive, *found.waive_part) if found else ()


def is_running(agreement: Agreement, day: dt.date) -> bool:
    """Made and started, and not ended."""
    return _started(agreement, day) and not has_ended(agreement, day)


def has_ended(agreement: Agreement, day: dt.date) -> bool:
    """On the day it ended it no longer counts."""
    return has_come(agreement.ended_on, day)


def _started(agreement: Agreement, day: dt.date) -> bool:
    return agreement.starts <= day and shanghai_day(agreement.agreed_at) <= day


def _accepted(one: tuple[Stored[Case], int, Agreement]) -> tuple[dt.date, dt.date, int, int]:
    case, at, made = one
    return shanghai_day(made.agreed_at), made.starts, number_of(case.id), at


def not_begun(cases: Iterable[Stored[Case]], loan: str, day: dt.date) -> tuple[InForce, ...]:
    """Agreements on a loan that were made by ``day`` and start later: a payment of that day is none of theirs."""
    return tuple(
        InForce(case.id, made, case_loans(case), waived_by(case.record, made))
        for case in cases if loan in case.record.loans
        for made in case.record.agreements[-1:]
        if shanghai_day(made.agreed_at) <= day < made.starts and not has_ended(made, day)
    )  # fmt: skip


def gate(agreement: Agreement, written: Agreement | None = None) -> Message | None:
    """What stands before a payment while an agreement is only oral; ``written`` is what runs until it is more."""
    if not agreement.oral:
        return None
    facts = {"date": shanghai_day(agreement.agreed_at), "offer": agreement.offer}
    if written is None:
        return warning("case.gate", **facts)
    return warning("case.gate_written", **facts, written=shanghai_day(written.agreed_at), before=written.offer)


def as_asked(agreement: Agreement, spared: Decimal) -> Agreement:
    """The agreement with its instalments as they are asked, where ``spared`` yuan of them are asked no more."""
    if not spared:
        return agreement
    rows = sorted(agreement.instalments, key=lambda one: one.due)
    amounts = less_from_the_end([one.amount for one in rows], spared)
    asked = (replace(row, amount=amount) for row, amount in zip(rows, amounts, strict=True))
    return replace(agreement, instalments=tuple(asked))


def agreed_states(agreement: Agreement, paid: Paid, as_of: dt.date) -> tuple[InstalmentState, ...]:
    """How its instalments stand. ``paid`` is what was paid on its loans; what came before it started is left out."""
    return instalment_states(agreement.instalments, _since(agreement, paid), as_of, agreement.grace_days)


def agreed_open(agreement: Agreement, paid: Paid, as_of: dt.date) -> tuple[tuple[Instalment, Decimal], ...]:
    """Its instalments not yet covered at the end of ``as_of``, each with what is left of it in yuan."""
    return open_rows(agreement.instalments, _since(agreement, paid), as_of)


def standing(agreement: Agreement, paid: Paid, as_of: dt.date) -> Standing:
    """``up_to_date``: every instalment due before ``as_of`` was paid in full by 24:00 of its day (and agreed grace).

    ``late``: all are paid by now, some too late. ``behind``: something due is unpaid.
    """
    states = agreed_states(agreement, paid, as_of)
    if any(one.short for one in states):
        return "behind"
    return "late" if any(one.state == "late" for one in states) else "up_to_date"


def _since(agreement: Agreement, paid: Paid) -> Paid:
    return [one for one in paid if one[0] >= agreement.starts]
