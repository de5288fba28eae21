"""Ceilings that may concern a loan, each with its level and both ways of measuring. No answer says "illegal".

A rule's ``check`` names the function below that applies it; its lines and dates stand in the rule book. Where the
kind of lender, a fact or the law leaves it open the result is ``cannot_tell`` and the reason says what would settle
it. "over" means the part above may be put to a court or a regulator, never that money comes back by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal

from jdneg.domain.debt.ceiling import Ceiling, compared, fraction, measures, plain, rate
from jdneg.domain.debt.interest import DEFAULT_BASIS, yearly
from jdneg.domain.debt.known import lent, start_of
from jdneg.domain.debt.late import rate_when_late
from jdneg.domain.debt.lpr import LprTable, lpr_on
from jdneg.domain.debt.rates import SIX, RateSummary
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.debt.todate import ToDate
from jdneg.domain.messages import Message, info
from jdneg.domain.records.account import Claim
from jdneg.domain.records.loan import Loan
from jdneg.domain.rulebook import Rule, RuleBook, RuleValue
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """All that the rules look at."""

    loan: Loan
    rates: RateSummary
    claim: Claim | None
    lpr: LprTable
    as_of: dt.date
    so_far: ToDate | None = None

    @property
    def contract_day(self) -> dt.date:
        return self.loan.signed_on or start_of(self.loan)


def ceilings(
    loan: Loan,
    rates: RateSummary,
    claim: Claim | None,
    book: RuleBook,
    lpr: LprTable,
    as_of: dt.date,
    so_far: ToDate | None = None,
) -> tuple[Ceiling, ...]:
    """Those that may apply, in the order of their rules. ``rates`` is the all-in cost of the contract, ``so_far``
    what has been asked beside the principal until now.
    """
    asked = Asked(loan, rates, claim, lpr, as_of, so_far)
    found: list[Ceiling] = []
    for check, function in _CHECKS.items():
        for rule in book.for_check(check):
            value = _value_for(rule, asked)
            if value is not None and _concerns(rule, loan):
                found += function(asked, rule, value)
    return tuple(sorted(found, key=lambda one: one.rule))


def _value_for(rule: Rule, asked: Asked) -> RuleValue | None:
    """Private loans from before the line are shown beside it, without a verdict; other rules just do not apply."""
    if rule.check == "ceiling.private":
        return rule.on(asked.contract_day) or rule.values[0]
    return rule.on(start_of(asked.loan) if rule.dated_by == "loan" else asked.as_of)


def _concerns(rule: Rule, loan: Loan) -> bool:
    return rule.binds_kind(loan.kind) is not False or loan.kind in rule.scope.get("arguable", ())


def _all_in(asked: Asked, rule: Rule, value: RuleValue) -> Iterator[Ceiling]:
    """Judicial policy: the contract's cost, and the rate that runs once it is overdue."""
    limit = fraction(value, "rate")
    open_reason = _creditor_open(asked.loan)
    cost = measures(asked.rates)
    if open_reason is not None:
        yield rate(rule, value, limit, cost, "cannot_tell", open_reason)
        return
    yield compared(rule, value, limit, cost, "debt.court_may_reduce")
    yield from _when_late(asked, rule, value, limit, "debt.court_may_reduce_late")
    yield from _until_now(asked, rule, value, limit)


def _until_now(asked: Asked, rule: Rule, value: RuleValue, limit: Decimal) -> Iterator[Ceiling]:
    """What is asked until now, paid or demanded, against the line; above it, the part in yuan."""
    found = asked.so_far
    if found is not None:
        facts = {"date": found.day, "asked": found.asked, "allowed": found.at(limit)}
        part = max(found.asked - found.at(limit), Decimal("0.00"))
        measure = (("to_date", found.rate.quantize(SIX)),)
        yield compared(rule, value, limit, measure, "debt.court_may_reduce_part", **facts, part=part)


def _when_late(asked: Asked, rule: Rule, value: RuleValue, limit: Decimal, over: str) -> Iterator[Ceiling]:
    """The rate that runs on what is overdue, against the same line. Where the contract's table contradicts the rate
    that a factor is of, both are measured.
    """
    late = rate_when_late(asked.loan)
    if late is not None:
        by_table = tuple(("penalty_by_table", one) for one in _late_by_table(asked.loan))
        yield compared(rule, value, limit, (("penalty_rate", late), *by_table), over)


def _late_by_table(loan: Loan) -> Iterator[Decimal]:
    said = loan.overdue
    if said is not None and said.rate is None and said.factor is not None and loan.schedule:
        for doubt in build_schedule(loan).assumptions:
            if doubt.code == "debt.schedule_rate_differs" and isinstance(doubt.facts["own"], Decimal):
                yield said.factor * doubt.facts["own"] / 100


def _creditor_open(loan: Loan) -> Message | None:
    """Whose claim it is decides whether the policy on financial loans speaks at all."""
    if loan.kind == "unknown":
        return info("debt.ceiling_kind_unknown")
    if loan.credit_sale:
        return info("debt.ceiling_credit_sale")
    if loan.holder_role == "guarantor":
        return info("debt.ceiling_guarantor")
    return None


def _new_loan(asked: Asked, rule: Rule, value: RuleValue) -> Iterator[Ceiling]:
    """Regulators' line for micro-loans issued from its date."""
    limit, cost = fraction(value, "rate"), measures(asked.rates)
    if asked.loan.kind == "unknown":
        yield rate(rule, value, limit, cost, "cannot_tell", info("debt.ceiling_kind_unknown"))
    else:
        yield compared(rule, value, limit, cost, "debt.regulator_line")


def _joint(asked: Asked, rule: Rule, value: RuleValue) -> Iterator[Ceiling]:
    """A bank's loan through a platform."""
    loan, limit, cost = asked.loan, fraction(value, "rate"), measures(asked.rates)
    if loan.joint_lending is False:
        return
    if loan.kind == "unknown":
        yield rate(rule, value, limit, cost, "cannot_tell", info("debt.ceiling_kind_unknown"))
    elif loan.joint_lending is None:
        yield rate(rule, value, limit, cost, "cannot_tell", info("debt.ceiling_joint_unknown"))
    else:
        yield compared(rule, value, limit, cost, "debt.joint_line")


def _private(asked: Asked, rule: Rule, value: RuleValue) -> Iterator[Ceiling]:
    """Four times the LPR of the contract day, for private loans alone."""
    row, cost = lpr_on(asked.lpr, asked.contract_day), measures(asked.rates)
    if row is None:
        return
    limit = Decimal(str(value.numbers["multiple"])) * row.percent / 100
    if asked.loan.kind == "unknown":
        yield rate(rule, value, limit, cost, "cannot_tell", info("debt.ceiling_kind_unknown"))
    elif asked.contract_day < value.since:
        reason = info("debt.private_before", day=asked.contract_day, date=row.date, percent=row.percent)
        yield rate(rule, value, limit, cost, "cannot_tell", reason)
    elif not row.known:
        reason = info("debt.lpr_not_known", day=asked.contract_day, date=row.date, percent=row.percent)
        yield rate(rule, value, limit, cost, "cannot_tell", reason)
    else:
        yield compared(rule, value, limit, cost, "debt.private_line", date=row.date, percent=row.percent)
        yield from _when_late(asked, rule, value, limit, "debt.private_line_late")


def _penalty_factor(asked: Asked, rule: Rule, value: RuleValue) -> Iterator[Ceiling]:
    """The upper bound of a bank's penalty rate; below it there is nothing to say."""
    factor, limit = contract_factor(asked.loan), Decimal(str(value.numbers["factor"]))
    if factor is None or asked.loan.credit_card:
        return
    beside = asked.loan.overdue is not None and asked.loan.overdue.beside
    facts = {
        "factor": factor.normalize(),
        "limit": limit,
        "what": Message("debt.late_both" if beside else "debt.late_penalty"),
    }
    if asked.loan.kind == "unknown":
        yield plain(rule, value, "factor", limit, factor, "cannot_tell", info("debt.ceiling_kind_unknown"))
    elif rule.binds_kind(asked.loan.kind):
        over = factor > limit
        reason = info("debt.penalty_factor_over" if over else "debt.penalty_factor_within", **facts)
        yield plain(rule, value, "factor", limit, factor, "over" if over else "within", reason)
    elif factor > limit:
        yield plain(
            rule, value, "factor", limit, factor, "cannot_tell", info("debt.penalty_factor_arguable", **facts)
        )


def contract_factor(loan: Loan) -> Decimal | None:
    """What runs on overdue money as a multiple of the contract rate: the bound is on the whole of it (PBOC251.3)."""
    late = rate_when_late(loan)
    if late is None or loan.rate is None or not loan.rate.percent:
        return None
    return (late / yearly(loan.rate, loan.basis or DEFAULT_BASIS)).quantize(Decimal("0.0001"))


def _upfront(asked: Asked, rule: Rule, value: RuleValue) -> Iterator[Ceiling]:
    """Interest taken out of the payout."""
    loan, none = asked.loan, Decimal("0.00")
    if loan.received is None:
        yield plain(rule, value, "yuan", none, None, "cannot_tell", info("debt.received_unknown"))
        return
    kept = max(lent(loan) - loan.received, none)
    reason = info("debt.kept_back", kept=kept, received=loan.received) if kept else info("debt.nothing_kept_back")
    yield plain(rule, value, "yuan", none, kept, "over" if kept else "within", reason)


def _damages(asked: Asked, rule: Rule, value: RuleValue) -> Iterator[Ceiling]:
    """Liquidated damages against the loss: the loss is the creditor's to show."""
    claimed = asked.claim.penalty if asked.claim else None
    if asked.loan.overdue is not None or claimed:
        yield plain(rule, value, "yuan", None, claimed, "cannot_tell", info("debt.loss_not_known"))


_CHECKS: dict[str, Callable[[Asked, Rule, RuleValue], Iterator[Ceiling]]] = {
    "ceiling.all_in": _all_in,
    "ceiling.new_loan": _new_loan,
    "ceiling.joint": _joint,
    "ceiling.private": _private,
    "ceiling.penalty_factor": _penalty_factor,
    "ceiling.upfront": _upfront,
    "ceiling.damages": _damages,
}
