"""Flags for terms that a loan has several of, or that come later: shared by ``loan add`` and ``loan amend``.

A change of the rate and a fee of the contract are known beforehand, so their days may lie ahead. What was let go or
paid back has happened.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from jdneg.commands.shared.options import Many, Switch, Text
from jdneg.commands.shared.reading import Reader, words_of
from jdneg.domain.money import parse_amount
from jdneg.domain.rate import parse_rate
from jdneg.errors import BadChoice, BadTime
from jdneg.values import dataclass

if TYPE_CHECKING:
    from jdneg.domain.records.loan import Adjustment, Charge, Loan, OverdueTerms, RateChange

_CHANGE = "2026-06-01=0.04%/day"
_FEE = "服务费=300@甲担保公司, 服务费=300@甲担保公司:2026-06-01"
_LET_GO = "2026-06-01=100@penalty, 2026-06-01=100"


@dataclass(slots=True)
class TermFlags:
    schedule: Text = None
    rate_change: Many = None
    one_off_fee: Many = None
    monthly_fee: Many = None
    count_first: Text = None
    count_last: Text = None
    penalty_beside: Switch = False
    compound_every: Text = None
    allocation: Text = None
    accelerated: Text = None
    waiver: Many = None
    refund: Many = None
    secured: Text = None

    def given(self) -> bool:
        """Whether any of them was typed."""
        return self != TermFlags()


def with_terms(read: Reader, flags: TermFlags, loan: Loan) -> Loan:
    """The loan with what the flags say: what it has several of is added, the rest is set."""
    changes: dict[str, Any] = {
        "rate_changes": (*loan.rate_changes, *_all(read, flags.rate_change, _rate_change, "--rate-change")),
        "charges": (
            *loan.charges,
            *_all(read, flags.one_off_fee, lambda reader, text: _charge(reader, text, "once"), "--one-off-fee"),
            *_all(read, flags.monthly_fee, lambda reader, text: _charge(reader, text, "month"), "--monthly-fee"),
        ),
        "adjustments": (
            *loan.adjustments,
            *_all(read, flags.waiver, lambda reader, text: _adjustment(reader, text, "waiver"), "--waiver"),
            *_all(read, flags.refund, lambda reader, text: _adjustment(reader, text, "refund"), "--refund"),
        ),
        "overdue": _overdue(read, flags, loan.overdue),
    }
    said = {
        "count_first": read.yes(flags.count_first, "--count-first"),
        "count_last": read.yes(flags.count_last, "--count-last"),
        "schedule": read.read(flags.schedule, _table, "--schedule"), "secured": read.yes(flags.secured, "--secured"),
        "allocation": read.read(flags.allocation, _order, "--allocation"),
        "accelerated_on": read.day(flags.accelerated, "--accelerated"),
    }  # fmt: skip
    return replace(loan, **changes, **{name: value for name, value in said.items() if value is not None})


def _table(path: str) -> Any:
    """The contract's own table, the whole of it."""
    from jdneg.commands.shared.reading import existing
    from jdneg.domain.loans import contract_schedule

    return contract_schedule(existing(path).read_bytes(), path)


def _overdue(read: Reader, flags: TermFlags, own: OverdueTerms | None) -> OverdueTerms | None:
    from jdneg.commands.shared.choices import EVERY
    from jdneg.domain.records.loan import OverdueTerms

    every = read.choice(flags.compound_every, EVERY, "--compound-every")
    if not flags.penalty_beside and every is None:
        return own
    known = own or OverdueTerms()
    return replace(
        known, beside=known.beside or flags.penalty_beside, compound=known.compound or every is not None,
        compound_every=every or known.compound_every,
    )  # fmt: skip


def _all(read: Reader, texts: list[str] | None, parse: Any, flag: str) -> list[Any]:
    found = [read.read(text, lambda one: parse(read, one), flag) for text in texts or ()]
    return [one for one in found if one is not None]


def _rate_change(read: Reader, text: str) -> RateChange:
    from jdneg.domain.records.loan import RateChange

    day, rate = _halves(text, _CHANGE)
    return RateChange(since=read.session.day(day, prefer="either"), rate=parse_rate(rate))


def _charge(read: Reader, text: str, every: Literal["once", "month"]) -> Charge:
    """``NAME=AMOUNT``, then ``@PAYEE``, then ``:DATE`` for a one-off fee whose day is known."""
    from jdneg.domain.records.loan import Charge

    name, rest = _halves(text, _FEE)
    rest, day = _dated(read, rest) if every == "once" else (rest, None)
    amount, _, payee = rest.partition("@")
    return Charge(
        name=name, amount=parse_amount(amount, zero=False), every=every, payee=payee.strip() or None, due=day
    )


def _dated(read: Reader, text: str) -> tuple[str, Any]:
    """A payee may have a colon in its name, so only what reads as a day is one."""
    head, colon, tail = text.rpartition(":")
    if not colon:
        return text, None
    try:
        return head, read.session.day(tail, prefer="either")
    except BadTime as error:
        if type(error) is BadTime:  # words, and no time
            return text, None
        raise


def _adjustment(read: Reader, text: str, kind: Literal["waiver", "refund"]) -> Adjustment:
    from jdneg.domain.records.loan import Adjustment

    day, rest = _halves(text, _LET_GO)
    amount, _, part = rest.partition("@")
    return Adjustment(
        kind=kind, at=read.session.day(day), amount=_above_zero(amount), part=_part(part) if part else None
    )


def _above_zero(text: str) -> Decimal:
    return parse_amount(text, zero=False)


def _halves(text: str, example: str) -> tuple[str, str]:
    first, equals, second = text.partition("=")
    if not equals or not first.strip() or not second.strip():
        raise BadChoice(value=text, choices=example)
    return first.strip(), second.strip()


def _part(text: str) -> Any:
    from jdneg.commands.shared.choices import PARTS
    from jdneg.commands.shared.reading import choose

    return choose(text, PARTS)


def _order(text: str) -> tuple[Any, ...]:
    return tuple(_part(one) for one in words_of([text]))
