"""What if: ``income=-20% from=2027-03``, ``rent=+300``, ``pause=3 from=2027-01``, ``expected=0``. Supposed, never
stored.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal

from jdneg.domain.dates import month_step
from jdneg.domain.money import ZERO, half_up, money, parse_amount
from jdneg.domain.records.budget import Budget
from jdneg.errors import BadWhatIf, JdnegError, WhatIfBelowZero
from jdneg.values import dataclass

INCOME, PAUSE, EXPECTED = "income", "pause", "expected"
_NAMES = {
    "收入": INCOME, "暂停": PAUSE, "预期": EXPECTED, "房租": "rent", "房贷": "rent", "吃饭": "food",
    "交通": "transport", "看病": "medical", "家人": "family", "其他": "other",
}  # fmt: skip
_FIRST, _LAST = dt.date.min, dt.date.max
_PERCENT = re.compile(r"([+-]\d{1,3}(?:\.\d+)?)%")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """One supposed change of ``what`` (income, a line of spending, pause, the sums expected) from ``since`` on, until
    ``until`` begins.

    One of ``percent`` (added to it), ``more`` (yuan added), ``amount`` (yuan in its place) is set; of a pause none.
    """

    what: str
    since: dt.date = _FIRST
    until: dt.date = _LAST
    percent: Decimal | None = None
    more: Decimal | None = None
    amount: Decimal | None = None
    text: str = ""

    def holds(self, day: dt.date) -> bool:
        return self.since <= day < self.until

    @property
    def edges(self) -> tuple[dt.date, ...]:
        """The days on which something changes."""
        return (self.since, self.until) if self.until < _LAST else (self.since,)

    def of(self, before: Decimal) -> Decimal:
        """The sum as supposed; below zero only where more is taken away than there is, which `faults` refuses."""
        if self.amount is not None:
            return self.amount
        if self.more is not None:
            return before + self.more
        return half_up(before * (100 + (self.percent or 0)) / 100)


def parse_what_if(text: str, today: dt.date, day: Callable[[str], dt.date]) -> WhatIf:
    """``WHAT=CHANGE [from=MONTH|DAY] [to=MONTH|DAY]``; without a beginning it holds from today. Raises BadWhatIf."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    words = plain.split()
    pairs = [word.partition("=") for word in words]
    if not words or any(not equals or not name or not value for name, equals, value in pairs):
        raise BadWhatIf(value=text)
    named = {name.lower(): value for name, _, value in pairs}
    what = pairs[0][0].lower()
    named_as = line_name(what)
    if len(named) != len(pairs) or set(named) - {what, "from", "to"} or what in ("from", "to"):
        raise BadWhatIf(value=text)
    try:
        since = _day(named["from"], day) if "from" in named else today
        until = _day(named["to"], day) if "to" in named else _LAST
        made = _change(named_as, named[what], since, until)
    except JdnegError as fault:
        raise BadWhatIf(value=text) from fault
    if made is None or made.since >= made.until:
        raise BadWhatIf(value=text)
    return WhatIf(
        what=made.what, since=made.since, until=made.until, percent=made.percent, more=made.more, amount=made.amount,
        text=plain,
    )  # fmt: skip


def line_name(text: str) -> str:
    """A line of the budget by the name it is kept under, whatever language it was called in."""
    return _NAMES.get(text, text)


def nothing_before(begin: dt.date, today: dt.date) -> WhatIf:
    """A plan that begins on a day to come: until then nothing is paid."""
    return WhatIf(what=PAUSE, since=today, until=begin, text=f"begin={begin}")


def _change(what: str, value: str, since: dt.date, until: dt.date) -> WhatIf | None:
    if what == PAUSE:
        months = int(value) if value.isdecimal() and 1 <= int(value) <= 120 else None
        return None if months is None else WhatIf(what=PAUSE, since=since, until=month_step(since, months))
    percent = _PERCENT.fullmatch(value)
    if percent:
        if Decimal(percent[1]) < -100:
            return None
        return WhatIf(what=what, since=since, until=until, percent=Decimal(percent[1]))
    if what == EXPECTED and parse_amount(value.lstrip("+-")) != 0:
        return None  # of several sums nobody knows which one is meant
    if value[0] in "+-":
        amount = parse_amount(value[1:])
        return WhatIf(what=what, since=since, until=until, more=amount if value[0] == "+" else money(-amount))
    return WhatIf(what=what, since=since, until=until, amount=parse_amount(value))


def _day(text: str, day: Callable[[str], dt.date]) -> dt.date:
    month = _MONTH.fullmatch(text)
    if month is None:
        return day(text)
    if not 1 <= int(month[2]) <= 12 or int(month[1]) < 1:
        raise BadWhatIf(value=text)
    return dt.date(int(month[1]), int(month[2]), 1)


def changed(budget: Budget, changes: Sequence[WhatIf]) -> tuple[Decimal, Decimal, bool]:
    """(income, spending, whether payments pause) of a month under the changes, one after the other.

    A line of spending that the budget does not have begins at nothing.
    """
    lines = _lines(budget)
    for one in changes:
        if one.what != PAUSE:
            lines[one.what] = one.of(lines.get(one.what, ZERO))
    income = lines.pop(INCOME)
    return income, sum(lines.values(), ZERO), any(one.what == PAUSE for one in changes)


def steps_of(changes: Sequence[WhatIf]) -> list[tuple[dt.date, list[WhatIf]]]:
    """Each day on which something of a month changes, with all that holds from it on."""
    months = [one for one in changes if one.what != EXPECTED]
    days = sorted({edge for one in months for edge in one.edges})
    return [(day, [one for one in months if one.holds(day)]) for day in days]


def expected(day: dt.date, amount: Decimal, changes: Sequence[WhatIf]) -> Decimal:
    """A sum expected on a day, as supposed."""
    for one in changes:
        if one.what == EXPECTED and one.holds(day):
            amount = one.of(amount)
    return amount


def faults(budget: Budget, changes: Sequence[WhatIf]) -> list[WhatIfBelowZero]:
    """Changes that take away more than there is on some day, each once."""
    found: dict[str, WhatIfBelowZero] = {}
    for _, held in steps_of(changes):
        lines = _lines(budget)
        for one in held:
            there = lines.get(one.what, ZERO)
            lines[one.what] = one.of(there)
            if lines[one.what] < 0:
                found.setdefault(one.text, WhatIfBelowZero(value=one.text, there=there, what=one.what))
    return list(found.values())


def _lines(budget: Budget) -> dict[str, Decimal]:
    lines = {INCOME: budget.income}
    for line in budget.spending:
        lines[line.name] = lines.get(line.name, ZERO) + line.amount
    return lines
