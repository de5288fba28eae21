"""What there is for debts: from the budget, a flag, or asked for on a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jdneg.commands.shared.options import Many, Question, Switch, Text, complete
from jdneg.commands.shared.reading import Reader
from jdneg.domain.messages import Message, hint
from jdneg.domain.money import ZERO, parse_amount
from jdneg.domain.negotiation.cash import Cash, Step
from jdneg.domain.negotiation.funds import Funds
from jdneg.domain.negotiation.whatif import EXPECTED, INCOME, PAUSE, WhatIf, nothing_before, parse_what_if
from jdneg.domain.records.budget import Budget, Spending
from jdneg.errors import BadChoice, BadWhatIf, DayIsOver, MissingFlags, raise_all
from jdneg.session import Session
from jdneg.values import dataclass

if TYPE_CHECKING:
    from jdneg.domain.negotiation.plan_debt import PlanDebt
    from jdneg.domain.records.base import Stored


@dataclass(frozen=True)
class MoneyFlags:
    """What the ways of planning share."""

    budget: Text = None
    begin: Text = None
    extra: Many = None
    what_if: Many = None
    order: Many = None
    include_disputed: Switch = False


_PARTS = ("rent", "food", "transport", "medical", "family", "other")


def funds_of(session: Session, flags: MoneyFlags) -> Funds:
    """Raises what cannot be read, all at once; MissingFlags where there is no budget and nobody to ask."""
    read = Reader(session)
    given = read.amount(flags.budget)
    extras = [read.read(one, lambda text: dated(session, text), "--extra") for one in flags.extra or ()]

    def suppose(text: str) -> WhatIf:
        return parse_what_if(text, session.as_of, lambda day: session.day(day, prefer="future"))

    supposed = [read.read(one, suppose, "--what-if") for one in flags.what_if or ()]
    begin = read.day(flags.begin, "--begin", prefer="future")
    if begin is not None:
        supposed.append(nothing_before(begin, session.as_of))
    past = [min(one.until, one.since) for one in supposed if one and _over(one, session.as_of)]
    read.errors += [DayIsOver(date=day, today=session.as_of) for day in past]
    read.done()
    if given is not None:
        return _said(given, extras, supposed, begin)
    budget, told = _budget(session)
    _known(budget, supposed)
    return _planned(budget, extras, supposed, begin, told)


def _over(one: WhatIf, today: dt.date) -> bool:
    """Whether it is over, or is said to have begun in a month that is."""
    return one.until <= today or one.since < today.replace(day=1)


def _said(given: Decimal, extras: Sequence[Any], supposed: Sequence[WhatIf], begin: dt.date | None) -> Funds:
    """Only what is left was said: of supposed changes a pause alone can be worked out."""
    raise_all([BadWhatIf(value=one.text) for one in supposed if one.what != PAUSE])
    steps = []
    for one in supposed:
        steps += [Step(one.since, ZERO), Step(one.until, given)]
    cash = Cash(monthly=given, dated=tuple(extras), steps=tuple(steps), begin=begin)
    return Funds(None, None, given, cash, supposed=tuple(supposed))


def _planned(
    budget: Budget,
    extras: Sequence[Any],
    supposed: Sequence[WhatIf],
    begin: dt.date | None,
    told: tuple[Message, ...],
) -> Funds:
    from jdneg.domain.negotiation.budget import cash_of, summary, supposed_deficits

    left = summary(budget)
    cash = cash_of(budget, supposed)
    cash = replace(cash, dated=(*cash.dated, *extras), begin=begin)
    return Funds(
        left.income,
        left.spending,
        left.available,
        cash,
        (*left.messages, *supposed_deficits(budget, supposed), *told),
        tuple(supposed),
    )


def _known(budget: Budget, supposed: Sequence[WhatIf]) -> None:
    from jdneg.domain.negotiation.whatif import faults

    names = {INCOME, PAUSE, *_PARTS, *(line.name for line in budget.spending)}
    names |= {EXPECTED for one in budget.incomes if one.every == "once"}
    wrong = [one for one in supposed if one.what not in names]
    unknown = [BadChoice(value=one.what, choices=", ".join(sorted(names))) for one in wrong]
    raise_all([*unknown, *faults(budget, [one for one in supposed if one not in wrong])])


def latest_budget(session: Session) -> Stored[Budget] | None:
    """The budget that counts on the day asked about."""
    from jdneg.domain.negotiation.budget import latest

    return latest(session.store.all("budget"), session.as_of)


def _budget(session: Session) -> tuple[Budget, tuple[Message, ...]]:
    """The latest up to the day asked about, else one from answers on a terminal, which is not stored."""
    known = latest_budget(session)
    if known is not None:
        return known.record, ()
    if not session.ports.can_ask() or session.settings.no_input:
        raise MissingFlags(flags="--budget (jdneg budget set --income …)")
    questions = [Question("--income", None, check=parse_amount)]
    questions += [Question(f"--{name}", None, optional=True, check=parse_amount) for name in _PARTS]
    income, *rest = complete(session, questions)
    lines = [(name, parse_amount(text)) for name, text in zip(_PARTS, rest, strict=True) if text]
    spending = tuple(Spending(name=name, amount=amount) for name, amount in lines)
    words = " ".join(f"--{name} {amount:f}" for name, amount in lines)
    keep = hint("budget.keep_it", command=f"jdneg budget set --income {parse_amount(income):f} {words}".rstrip())
    return Budget(at=session.as_of, income=parse_amount(income), spending=spending), (keep,)


def dated(session: Session, text: str) -> tuple[dt.date, Decimal]:
    """``2027-02-10:3000``."""
    day, colon, amount = text.replace("：", ":").rpartition(":")
    if not colon or not day.strip():
        raise BadChoice(value=text, choices="2027-02-10:3000")
    return to_come(session, day), parse_amount(amount, zero=False)


def to_come(session: Session, text: str) -> dt.date:
    """A day on which money comes or goes. Raises DayIsOver."""
    day = session.day(text.strip(), prefer="future")
    if day < session.as_of:
        raise DayIsOver(date=day, today=session.as_of)
    return day


def gather_debts(session: Session, *, include_disputed: bool) -> list[PlanDebt]:
    """Every open loan as a plan sees it; a loan whose terms are unknown is listed as not plannable."""
    from jdneg.commands.shared.dossier import Dossier
    from jdneg.domain.negotiation.debts import plan_debts, with_disputed
    from jdneg.errors import NotComputable

    files = [Dossier(session, one) for one in session.store.all("loan") if one.record.closed_on is None]
    found = {}
    for file in files:
        try:
            found[file.loan.id] = file.verification(session.as_of)
        except NotComputable:
            continue
    store = session.store
    loans = [file.loan for file in files]
    debts = plan_debts(loans, found, store.all("claim"), store.all("payment"), store.all("case"), session.as_of)
    return [with_disputed(one) for one in debts] if include_disputed else debts
