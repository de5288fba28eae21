"""After a debt is settled: what makes sure that it stays settled, and what of it the records show as done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from jdneg.domain.dates import month_step, shanghai_day
from jdneg.domain.debt.lapse import Lapse
from jdneg.domain.debt.papers import shown_by
from jdneg.domain.messages import Message, info, warning
from jdneg.domain.money import ZERO
from jdneg.domain.records.account import Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Agreement, Case
from jdneg.domain.records.exhibit import Exhibit
from jdneg.domain.records.loan import Closing, Loan
from jdneg.domain.records.paper import Letter
from jdneg.domain.rulebook import RuleBook
from jdneg.values import dataclass

STEPS = ("certificate", "receipts", "auto_debit", "credit", "contact_stop")


@dataclass(frozen=True, slots=True)
class ClosingStep:
    """One of `STEPS`. ``on`` is its day, ``ref`` the record that shows it; ``detail`` says what there is."""

    name: str
    state: Literal["done", "open"]
    detail: Message
    on: dt.date | None = None
    ref: str | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A closed loan with what the steps are read from.

    ``payments`` are those on the loan (on all loans of the agreement, where there is one); ``left`` is what the
    contract still leaves on the closing day, None where it cannot be computed; ``lapse`` is a day of the agreement
    that was missed by then, ``spared`` what of the agreed sum is asked no more, for all was paid early.
    """

    loan: Stored[Loan]
    payments: tuple[Stored[Payment], ...]
    exhibits: tuple[Stored[Exhibit], ...]
    letters: tuple[Stored[Letter], ...]
    agreement: Agreement | None
    left: Decimal | None
    lapse: Lapse | None = None
    spared: Decimal = ZERO


def closing_steps(given: Settled, book: RuleBook) -> tuple[ClosingStep, ...]:
    """The checklist in its order. The loan must have a closing day."""
    ends = given.loan.record.closed_on
    assert ends is not None
    done = given.loan.record.closing or Closing()
    return (
        _certificate(given),
        _receipts(given),
        _dated("auto_debit", done.auto_debit_off),
        _credit(done.credit_checked, ends, book),
        _contact_stop(given, done.contact_stop, ends),
    )


def settled_by(cases: Iterable[Stored[Case]], loan: str) -> tuple[Agreement | None, tuple[str, ...]]:
    """The last agreement with instalments about this loan, also when it has ended, and the loans it covers."""
    made = [(one.record.agreement, one) for one in cases if loan in one.record.loans and one.record.agreement]
    made = [(deal, one) for deal, one in made if deal is not None and deal.instalments and not deal.then_talk]
    if not made:
        return None, (loan,)
    deal, case = max(made, key=lambda it: it[0].starts if it[0] else dt.date.min)
    return deal, tuple(str(one) for one in case.record.loans)


def _certificate(given: Settled) -> ClosingStep:
    own = [one for one in given.exhibits if given.loan.id in one.record.supports]
    found = shown_by("settlement", own)
    late, loan = given.lapse, given.loan.id
    if found is None and late is not None and late.settles:
        return ClosingStep("certificate", "open", info("closing.certificate_late", due=late.due, loan=loan))
    if found is None:
        return ClosingStep("certificate", "open", info("closing.certificate_open", loan=loan))
    return ClosingStep("certificate", "done", info("closing.certificate_done", id=found), ref=found)


def _receipts(given: Settled) -> ClosingStep:
    """What was paid beside what was agreed (or what the contract still leaves), and payments without a receipt."""
    bare = [one.id for one in given.payments if not one.record.exhibits]
    paid, against, rest = _against(given)
    covered = rest is not None and rest <= 0
    facts = {
        "paid": paid,
        "without": Message("closing.without", {"ids": bare}) if bare else Message("closing.all_have"),
    }
    if against is not None:
        late, early = _clause("plus_late", _late_cost(given)), _clause("less_early", given.spared)
        detail = info("closing.receipts_agreed", agreed=against, rest=rest, late=late, early=early, **facts)
    elif rest is not None:
        detail = info("closing.receipts_contract", rest=rest, **facts)
    else:
        detail = info("closing.receipts_alone", **facts)
    return ClosingStep("receipts", "done" if covered and not bare else "open", detail)


def unpaid(loan: str, steps: Iterable[ClosingStep]) -> tuple[Message, ...]:
    """Money that is still asked by the records of a loan that is closed: beside the checklist, not only in it."""
    rests = (one.detail.facts.get("rest") for one in steps if one.name == "receipts")
    return tuple(
        warning("closing.unpaid", loan=loan, rest=rest) for rest in rests if isinstance(rest, Decimal) and rest > 0
    )


def _against(given: Settled) -> tuple[Decimal, Decimal | None, Decimal | None]:
    """(paid, agreed, rest): under an agreement only what was paid from its start counts."""
    deal = given.agreement
    counted = [one.record for one in given.payments if deal is None or shanghai_day(one.record.at) >= deal.starts]
    paid = sum((one.amount for one in counted), ZERO)
    if deal is None:
        return paid, None, given.left
    agreed = sum((one.amount for one in deal.instalments), ZERO)
    return paid, agreed, agreed - paid + _late_cost(given) - given.spared


def _clause(name: str, amount: Decimal) -> Message | str:
    return Message(f"closing.{name}", {"amount": amount}) if amount else ""


def _late_cost(given: Settled) -> Decimal:
    return given.lapse.cost if given.lapse else ZERO


def _dated(name: str, day: dt.date | None) -> ClosingStep:
    if day is None:
        return ClosingStep(name, "open", info(f"closing.{name}_open"))
    return ClosingStep(name, "done", info(f"closing.{name}_done"), on=day)


def _credit(day: dt.date | None, ends: dt.date, book: RuleBook) -> ClosingStep:
    """The numbers are the rule book's; where a rule is not in force that day, nothing is said of it."""
    kept, objection = book.at("credit.kept", ends), book.at("credit.objection", ends)
    if kept is None or objection is None:
        return _dated("credit", day)
    until = month_step(ends, 12 * int(kept.numbers["years"]))
    facts = {"years": kept.numbers["years"], "until": until, "days": objection.numbers["days"]}
    detail = info("closing.credit_done_rule" if day else "closing.credit_open_rule", **facts)
    return ClosingStep("credit", "done" if day else "open", detail, on=day, rules=("credit.kept", "credit.objection"))


def _contact_stop(given: Settled, day: dt.date | None, ends: dt.date) -> ClosingStep:
    """Said by the user, or a letter about contact that was sent once the debt was settled."""
    sent = next((one for one in given.letters if _asks_to_stop(one.record, ends)), None)
    if day is None and sent is not None and sent.record.sent_at is not None:
        on = shanghai_day(sent.record.sent_at)
        return ClosingStep("contact_stop", "done", info("closing.contact_stop_done"), on=on, ref=sent.id)
    return _dated("contact_stop", day)


def _asks_to_stop(letter: Letter, ends: dt.date) -> bool:
    kinds = ("contact-preference", "stop-third-party")
    sent = letter.sent_at
    return letter.direction == "out" and letter.kind in kinds and sent is not None and shanghai_day(sent) >= ends
