"""The sums of a running account, and the money that is booked against them. Each part of a debt is one sum.

Sums of what has fallen due: ``due_principal``, ``due_interest``, ``due_fee``. ``ahead`` is principal to come,
``prepaid`` what was paid on it early, ``accrued`` interest not yet due, ``carried`` what an agreement took over.
Nothing here knows how time passes: `jdneg.domain.debt.running` moves it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from jdneg.domain.debt.ledger import NOTHING, Fallen, LedgerLine, OpenRow, Owed
from jdneg.domain.debt.rules import Rules
from jdneg.domain.money import ZERO, half_up, less_from_the_end
from jdneg.domain.rate import Rate
from jdneg.domain.records.case import PartWaiver, Waived
from jdneg.domain.records.loan import Part
from jdneg.domain.waivers import waived_amount

_FINE = Decimal("0.0001")


class Account:
    """One loan's sums on ``day``. ``next`` is the first of ``rows`` still to fall due, ``fallen`` those that have.

    ``paid`` is what instalments received so far; ``surplus`` what came in beyond all that was owed; ``remitted`` what
    the agreement that runs let go, ``spared`` what of its instalments is asked no more, for all was paid early, and
    ``in_advance`` what was then paid of interest to come beyond the next instalment's.
    """

    def __init__(self, rules: Rules, day: dt.date, *, trace: bool) -> None:
        self.day, self.rules, self.late = day, rules, rules.late
        self.plain, self.trace = rules.rounding.exact, trace
        self.accrued = self.carried = self.penalty = self.capital = NOTHING
        self.due_principal = self.due_interest = self.due_fee = self.ahead = self.prepaid = NOTHING
        self.surplus = self.paid = self.remitted = self.spared = self.in_advance = ZERO
        self.replaced = False
        self.rows: tuple[OpenRow, ...] = ()
        self.next = 0
        self.fallen: list[Fallen] = []
        self.lines: list[LedgerLine] = []

    def pay(self, amount: Decimal) -> Decimal:
        """Book a payment on the current day; returns what is left over when nothing is owed any more.

        What is due, part by part in the order of the rules, in each part the oldest row first; then interest not
        yet due and principal of the rows to come. Agreed interest is asked on the days agreed, so principal to come
        is paid before it.
        """
        left, ahead = self._settle_due(amount), self.ahead
        before = left
        if self.replaced:
            left = self._take("accrued", self._settle_ahead(left))
        else:
            left = self._settle_ahead(self._take("accrued", left))
        self.paid += before - left
        left = self._kept_no_more(ahead, left)
        self.surplus += left
        self.capital = min(self.capital, self._uncompounded())
        self._note("payment", amount - left)
        return left

    def _settle_due(self, money: Decimal) -> Decimal:
        left = money
        for part in self.rules.order:
            left = self._settle(part, left)
        self.paid += money - left
        return left

    def _use_surplus(self) -> None:
        """What came in beyond all that was owed pays what falls due later: fees, and interest that was agreed on."""
        used = self.surplus - (left := self._settle_due(self.surplus))
        self.surplus = left
        if used:
            self._note("surplus", used)

    def _settle(self, part: Part, money: Decimal) -> Decimal:
        if part == "fee":
            return self._take("due_fee", money)
        if part == "principal":
            return self._take("due_principal", money)
        if part == "penalty":
            left = self._take("penalty", money)
            if not self.replaced:  # an instalment of the contract is not paid by what went to the penalty
                self.paid -= money - left
            return left
        left = self._take("due_interest", self._take("carried", money))
        return left if self.next < len(self.rows) else self._take("accrued", left)

    def _take(self, part: str, money: Decimal) -> Decimal:
        """Pay one sum to the fen; returns the money left. What rounding leaves of interest goes on with what accrues,
        so that a payment changes the interest shown by just what it paid; elsewhere, and at the end, it ends with it.
        """
        owed: Decimal = getattr(self, part)
        whole = max(half_up(owed), ZERO)  # half a fen that rounding took too much is no money to spend
        if money >= whole:
            setattr(self, part, NOTHING)
            if part == "due_interest" and self.next < len(self.rows):
                self.accrued += owed - whole
            return money - whole
        setattr(self, part, owed - money)
        return ZERO

    def _settle_ahead(self, money: Decimal) -> Decimal:
        before = self.ahead
        left = self._take("ahead", money)
        self.prepaid += before - self.ahead
        return left

    def _kept_no_more(self, ahead: Decimal, money: Decimal) -> Decimal:
        """Where the last of the principal to come (``ahead`` before) was paid, agreed interest runs no longer.

        The ``money`` beyond it still pays interest to come, as agreed; what it does not pay is asked no more, and the
        rows ask for that much less, the last ones first. Returns the money left.
        """
        coming = self.rows[self.next :]
        adds = half_up(sum((row.adds for row in coming), NOTHING))
        if not self.replaced or ahead <= 0 or self.principal > 0 or not adds:
            return money
        left = max(money - adds, ZERO)
        given = money - left
        self.paid += given
        self.in_advance = given if given > coming[0].adds else ZERO
        asked = sum((row.amount for row in self.rows), ZERO)
        self.spared = max(asked - self.paid - half_up(self.accrued), ZERO)
        amounts = less_from_the_end([row.amount for row in coming], self.spared)
        cut = (row._replace(amount=one, adds=NOTHING) for row, one in zip(coming, amounts, strict=True))
        self.rows = (*self.rows[: self.next], *cut)
        return left

    def waive(self, part: Part, amount: Decimal) -> Decimal:
        """The lender lets go of so much of one part; returns what there was nothing left to let go of."""
        left, ahead = self._settle(part, amount), self.ahead
        if part == "principal":
            left = self._settle_ahead(left)
        if part != "penalty" or not self.replaced:
            self.paid += amount - left
        self._kept_no_more(ahead, ZERO)
        if part == "interest":
            left = self._ask_less(left)
        self.capital = min(self.capital, self._uncompounded())
        self._note("waiver", amount - left)
        return left

    def _ask_less(self, amount: Decimal) -> Decimal:
        """Interest let go before its day: the row to come asks for so much less, and none before it is less late."""
        left = self._take("accrued", amount)
        if left < amount and self.next < len(self.rows):
            row = self.rows[self.next]
            less = row._replace(amount=row.amount - (amount - left))
            self.rows = (*self.rows[: self.next], less, *self.rows[self.next + 1 :])
        return left

    def let_go(self, waived: Sequence[Waived]) -> None:
        """What an agreement waives is gone from this day."""
        if "penalty" in waived:
            self.penalty = NOTHING
        if "interest" in waived:
            self.accrued = self.carried = self.due_interest = NOTHING
        if "fee" in waived:
            self.due_fee = NOTHING
        for one in waived:
            if isinstance(one, PartWaiver):
                self.waive(one.part, waived_amount(one, getattr(self.owed(), one.part)))

    def _uncompounded(self) -> Decimal:
        """Unpaid interest and penalty that may join the base of compound interest."""
        inside = self.late is not None and self.late.base == "overdue_instalment"
        return self.penalty if inside else self.due_interest + self.penalty

    # --- reading

    @property
    def principal(self) -> Decimal:
        """Due or not."""
        return self.due_principal + self.ahead

    def owed(self) -> Owed:
        interest = self.due_interest + self.accrued + self.carried
        return Owed(self.principal, interest, self.penalty, self.due_fee)

    def _note(
        self,
        event: str,
        amount: Decimal,
        date: dt.date | None = None,
        days: int | None = None,
        base: Decimal | None = None,
        fraction: Decimal | None = None,
    ) -> None:
        if not self.trace:
            return
        owed = self.owed()
        rate = None if fraction is None else Rate((fraction * 100).quantize(Decimal("1e-10")).normalize(), "day")
        self.lines.append(
            LedgerLine(
                date or self.day,
                event,
                amount.quantize(_FINE),
                half_up(owed.principal),
                half_up(owed.interest),
                half_up(owed.penalty),
                half_up(owed.fee),
                days,
                base,
                rate,
            )
        )
