"""A second account, written to be obviously right: one day after the other, in exact fractions, without any speed.

It shares nothing with the engine but the records. Each day: what falls due, then acceleration, then an agreement that
starts, then payments, then refunds, then the day's interest and penalty. Where the engine keeps sums, this keeps each row's own parts and
pays the oldest row first. The engine must come to the same fen, and to the same rows unpaid.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from jdneg.domain.debt.agreed import Bound
from jdneg.domain.records.account import Payment
from jdneg.domain.records.loan import Instalment, Loan

DAY = dt.timedelta(1)


def fen(value: Fraction) -> Fraction:
    """Half up to the fen; nothing here is ever below zero."""
    return Fraction(max(int(value * 100 + Fraction(1, 2)), 0), 100)


def dues(loan: Loan) -> list[dt.date]:
    """The due day of each month after the payout's; the last day of a month that has no such day."""
    wanted, found = loan.due_day or loan.start.day, []
    for n in range(1, loan.term + 1):
        year, month = divmod(loan.start.year * 12 + loan.start.month - 1 + n, 12)
        last = calendar.monthrange(year, month + 1)[1]
        found.append(dt.date(year, month + 1, min(wanted, last)))
    return found


@dataclass
class Open:
    """A row that fell due: what it asks, and what of its parts is not paid yet."""

    due: dt.date
    asks: Fraction
    principal: Fraction
    interest: Fraction
    fee: Fraction

    @property
    def left(self) -> Fraction:
        return self.principal + self.interest + self.fee


class DayByDay:
    def __init__(self, loan: Loan, payments: Sequence[Payment], agreed: Sequence[Bound] = ()) -> None:
        self.loan, self.dues, self.agreed = loan, dues(loan), list(agreed)
        self.rate = Fraction(0) if loan.rate is None else Fraction(loan.rate.percent) / 100
        self.payments = payments
        self.rows = self._schedule()
        self.adds, self.a_day = [Fraction(0)] * len(self.rows), [Fraction(0)] * len(self.rows)
        self.carried, self.bound, self.no_penalty = Fraction(0), False, False
        self.to_come = Fraction(sum(principal for principal, _ in self.rows))
        self.due_principal = self.due_interest = self.due_fee = self.penalty = self.accrued = Fraction(0)
        self.early = self.asked = self.paid = Fraction(0)
        self.due_fee = self.start_fee = Fraction(sum(one.amount for one in loan.charges))
        self.next, self.whole_due = 0, False
        self.open: list[Open] = []
        self.surplus = Fraction(0)
        self.grace = loan.overdue.grace_days if loan.overdue else 0

    # --- what the contract says

    def of_the_day(self, day: dt.date) -> Fraction:
        """Ordinary interest of one day on one yuan: a whole month bears a twelfth of the year, spread over its days."""
        if self.loan.rate is None:
            return Fraction(0)
        if self.loan.rate.per == "day":
            return self.rate
        year = self.rate * (12 if self.loan.rate.per == "month" else 1)
        edges = [self.loan.start, *self.dues]
        for start, end in pairwise(edges):
            if start <= day < end and not self.whole_due and self._whole_month(start, end):
                return year / 12 / (end - start).days
        return year / 365

    def _whole_month(self, start: dt.date, end: dt.date) -> bool:
        wanted = self.loan.due_day or self.loan.start.day
        return all(one.day == min(wanted, calendar.monthrange(one.year, one.month)[1]) for one in (start, end))

    def _schedule(self) -> list[tuple[Fraction, Fraction]]:
        """Principal and whole amount of each row."""
        principal, edges = Fraction(self.loan.received or self.loan.principal), [self.loan.start, *self.dues]
        self.whole_due = False
        shares = [
            sum((self.of_the_day(start + DAY * n) for n in range((end - start).days)), Fraction(0))
            for start, end in pairwise(edges)
        ]
        fees = [
            Fraction(0) if self.loan.fee is None else fen(principal * Fraction(self.loan.fee.percent) / 100)
            for _ in shares
        ]
        growth = seen = Fraction(1)
        seen = Fraction(0)
        for share in shares:
            growth *= 1 + share
            seen = seen * (1 + share) + 1
        level, part = fen(principal * growth / seen), fen(principal / len(shares))
        rows, balance = [], principal
        for n, share in enumerate(shares):
            interest = fen(balance * share)
            own = level - interest if self.loan.method == "equal-payment" else part
            if self.loan.method == "interest-only":
                own = Fraction(0)
            own = balance if n == len(shares) - 1 else min(own, balance)
            balance -= own
            rows.append((own, own + interest + fees[n]))
        self.fees = fees
        return rows

    # --- a day

    def run(self, as_of: dt.date) -> dict[str, Decimal]:
        day = self.loan.start
        while True:
            while self.next < len(self.dues) and self.dues[self.next] <= day and not self.whole_due:
                self._fall_due()
            if self.loan.accelerated_on == day and not self.bound:
                self._all_due(day)
            while self.agreed and self.agreed[0].agreement.starts == day:
                self._agree(self.agreed.pop(0), day)
            for one in self.payments:
                if one.at == day:
                    self._pay(Fraction(one.amount))
            for back in self.loan.adjustments:
                if back.at == day:
                    self._refund(back.part, Fraction(back.amount), day)
            if day == as_of:
                return self.read()
            self._accrue(day)
            day += DAY

    def _fall_due(self) -> None:
        principal, amount = self.rows[self.next]
        taken = min(self.early, principal)
        self.early -= taken
        self.to_come -= principal - taken
        self.due_principal += principal - taken
        interest = self.accrued + self.adds[self.next]
        self.due_interest += interest
        self.due_fee += self.fees[self.next]
        amount += 0 if self.next else self.start_fee
        fee = self.fees[self.next] if self.next else self.due_fee
        self.open.append(Open(self.dues[self.next], amount, principal - taken, interest, fee))
        self.accrued = Fraction(0)
        self.asked += amount
        self.next += 1
        if self.surplus:
            self._use_surplus()

    def _agree(self, one: Bound, day: dt.date) -> None:
        """Its instalments are what is owed from today. Less than was owed: the rest is let go; more: agreed interest."""
        for part, names in {
            "penalty": ("penalty",), "interest": ("accrued", "carried", "due_interest"), "fee": ("due_fee",)
        }.items():  # fmt: skip
            for name in names if part in one.waived else ():
                setattr(self, name, Fraction(0))
        stated = sorted(one.agreement.instalments, key=lambda row: row.due)
        total = sum((Fraction(row.amount) for row in stated), Fraction(0))
        owed = self.read()
        left, kept = max(sum(map(Fraction, owed.values())) - total, Fraction(0)), {}
        for part in ("penalty", "interest", "fee", "principal"):
            gone = min(Fraction(owed[part]), left)
            kept[part], left = Fraction(owed[part]) - gone, left - gone
        self._begin(stated, kept, total, day)
        self.grace, self.no_penalty = one.agreement.grace_days, "penalty" in one.waived

    def _begin(self, stated: Sequence[Instalment], kept: dict[str, Fraction], total: Fraction, day: dt.date) -> None:
        principal, more = kept["principal"], total - sum(kept.values())
        later = sum((Fraction(row.amount) for row in stated if row.due > day), Fraction(0))
        self.bound, self.whole_due, self.dues = True, False, [row.due for row in stated]
        self.rows, self.adds, self.fees = [], [], [Fraction(0)] * len(stated)
        rest, extra = principal, more
        for n, row in enumerate(stated, 1):
            amount = Fraction(row.amount)
            own = rest if n == len(stated) else min(fen(principal * amount / total), rest)
            adds = fen(more * amount / later) if row.due > day else Fraction(0)
            adds = extra if n == len(stated) else min(adds, extra)
            rest, extra = rest - own, extra - adds
            self.rows.append((own, amount))
            self.adds.append(adds)
        self.to_come, self.carried, self.penalty = principal, kept["interest"] + kept["fee"], kept["penalty"]
        spans = [(b - a).days for a, b in pairwise([day, *(max(row.due, day) for row in stated)])]
        self.a_day = [adds / days if days else Fraction(0) for adds, days in zip(self.adds, spans, strict=True)]
        self.due_principal = self.due_interest = self.due_fee = self.accrued = Fraction(0)
        self.early = self.asked = self.paid = self.start_fee = Fraction(0)
        self.next, self.open = 0, []
        while self.next < len(self.dues) and self.dues[self.next] <= day:
            self._fall_due()

    def _all_due(self, day: dt.date) -> None:
        """Where nothing is to come there is nothing to call in, and the contract's days stay."""
        if self.to_come > 0:
            self.whole_due = True
            self.paid = min(self.paid, self.asked)
            fee = Fraction(0) if self.next else self.due_fee
            whole = fen(self.to_come) + fen(self.accrued) + fee
            self.asked += whole
            self.open.append(Open(day, whole, self.to_come, self.accrued, fee))
            self.due_principal += self.to_come
            self.due_interest += self.accrued
            self.to_come = self.accrued = self.early = Fraction(0)

    def _accrue(self, day: dt.date) -> None:
        late = [one for one in self.open if one.due + DAY * self.grace <= day]
        behind = max(sum((one.asks for one in late), Fraction(0)) - self.paid, Fraction(0))
        late_interest = sum((one.interest for one in late), Fraction(0))
        late_principal = min(sum((one.principal for one in late), Fraction(0)), behind)
        late_all = fen(min(sum((one.left for one in late), Fraction(0)), behind))
        everything = self.due_principal + self.to_come
        ordinary, terms = everything, self.loan.overdue
        if terms is not None and behind > 0 and not self.no_penalty:
            base = {
                "overdue_instalment": late_all,
                "balance": everything if late_all > 0 else Fraction(0),
            }.get(terms.base or "", late_principal)
            rate = self._penalty_rate(day)
            again = Fraction(0)
            if terms.compound and terms.base != "overdue_instalment":
                again = fen(min(late_interest, behind))
            self.penalty += (base + again) * rate
            if not terms.beside:
                ordinary -= min(late_principal, base) if terms.base == "overdue_instalment" else base
        if not self.bound:
            self.accrued += ordinary * self.of_the_day(day)
        elif self.next < len(self.dues):  # what was agreed bears no more than was agreed, evenly from day to day
            self.accrued += self.a_day[self.next]
            self.adds[self.next] -= self.a_day[self.next]

    def _penalty_rate(self, day: dt.date) -> Fraction:
        """By actual days: a twelfth of the year is for whole months of ordinary interest alone."""
        terms = self.loan.overdue
        if terms.rate is not None:
            rate, times = terms.rate, Fraction(1)
        else:
            rate, times = self.loan.rate, Fraction(terms.factor)
        per_day = {"day": Fraction(1), "month": Fraction(12, 365), "year": Fraction(1, 365)}[rate.per]
        return Fraction(rate.percent) / 100 * per_day * times

    def _pay(self, money: Fraction) -> None:
        before = money
        money = self._pay_due(money)
        early = self.to_come
        for name in ("to_come", "accrued") if self.bound else ("accrued", "to_come"):
            money = self._take(name, money)
        self.early += early - self.to_come
        self.paid += before - money - self.on_penalty
        if self.bound and early > 0 and self.to_come == 0:
            money = self._no_more_interest(money)
        self.surplus += money

    def _no_more_interest(self, money: Fraction) -> Fraction:
        """Nobody keeps any of the money any longer. What has run is asked by the rows, and beyond it only what was
        paid for interest to come.
        """
        not_run, rest = fen(sum(self.adds[self.next :], Fraction(0))), len(self.rows) - self.next
        if not not_run:
            return money
        given = min(money, not_run)
        self.paid += given
        self.adds[self.next :], self.a_day[self.next :] = [Fraction(0)] * rest, [Fraction(0)] * rest
        too_much = max(sum((amount for _, amount in self.rows), Fraction(0)) - self.paid - fen(self.accrued), 0)
        for n in range(len(self.rows) - 1, self.next - 1, -1):
            principal, amount = self.rows[n]
            self.rows[n] = principal, amount - min(too_much, amount)
            too_much -= min(too_much, amount)
        return money - given

    def _pay_due(self, money: Fraction) -> Fraction:
        money = self._take("due_fee", money)
        money = self._take("carried", money)
        money = self._take_interest(money)
        before = money
        money = self._take("penalty", money)
        # An instalment of the contract is not paid by what went to the penalty; an agreed one has it inside.
        self.on_penalty = Fraction(0) if self.bound else before - money
        return self._take("due_principal", money)

    def _use_surplus(self) -> None:
        """What came in beyond all that was owed pays what falls due later."""
        left = self._pay_due(self.surplus)
        self.paid += self.surplus - left - self.on_penalty
        self.surplus = left

    def _refund(self, part: str | None, money: Fraction, day: dt.date) -> None:
        """Too much paid comes first. A charge given back is not asked again; principal is, from today, as a new row."""
        spare = min(self.surplus, money)
        self.surplus -= spare
        money -= spare
        if part not in (None, "principal"):
            return
        ahead = min(self.early, money)
        self.early -= ahead
        self.to_come += ahead
        self.paid -= ahead
        if money > ahead:
            self.open.append(Open(day, money - ahead, money - ahead, Fraction(0), Fraction(0)))
            self.due_principal += money - ahead
            self.asked += money - ahead

    def unpaid(self, as_of: dt.date) -> list[tuple[dt.date, Decimal]]:
        """Rows whose day and grace are over: each row what it adds to the sum that lags behind, to the fen."""
        found, asked, left, before = [], Fraction(0), Fraction(0), Fraction(0)
        for count, one in enumerate(self.open, 1):
            if one.due + DAY * self.grace >= as_of:
                break
            asked, left = asked + one.asks, left + one.left
            behind = asked - self.paid
            # A row asks for whole fen; what rounding it left over is not paid by anybody.
            whole = self.bound or behind - left <= Fraction(count, 200)
            lacks = fen(max(behind if whole else left, Fraction(0)))
            if lacks > before:
                found.append((one.due, Decimal(int((lacks - before) * 100)) / 100))
            before = lacks
        return found

    def _take_interest(self, money: Fraction) -> Fraction:
        owed, whole = self.due_interest, fen(self.due_interest)
        money = self._take("due_interest", money)
        over = self.next == len(self.dues) or self.whole_due
        if self.due_interest == 0 and not over:
            self.accrued += owed - whole
        return self._take("accrued", money) if over else money

    def _take(self, name: str, money: Fraction) -> Fraction:
        owed = getattr(self, name)
        self._oldest_first(name.removeprefix("due_"), min(money, owed) if money < fen(owed) else owed)
        if money >= fen(owed):
            setattr(self, name, Fraction(0))
            return money - fen(owed)
        setattr(self, name, owed - money)
        return Fraction(0)

    def _oldest_first(self, part: str, money: Fraction) -> None:
        for one in self.open if part in ("principal", "interest", "fee") else ():
            taken = min(getattr(one, part), money)
            setattr(one, part, getattr(one, part) - taken)
            money -= taken

    def read(self) -> dict[str, Decimal]:
        parts = {
            "principal": self.due_principal + self.to_come,
            "interest": self.due_interest + self.accrued + self.carried,
            "penalty": self.penalty,
            "fee": self.due_fee,
        }
        return {name: Decimal(int(fen(value) * 100)) / 100 for name, value in parts.items()}
