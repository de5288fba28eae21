"""A rate with the days on which it changes, and what one yuan bears between any two days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from jdneg.domain.debt.days import year_fraction
from jdneg.domain.debt.interest import annual, span_fraction
from jdneg.domain.rate import Rate
from jdneg.domain.records.loan import Basis, RateChange
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of an instalment period at one rate: ``fraction`` is the interest on one yuan over all its days."""

    start: dt.date
    end: dt.date
    fraction: Decimal


class RateTable:
    """``at`` a day, or the ``fraction`` over a span; the fractions of two neighbouring spans add up to the whole."""

    def __init__(self, rate: Rate, start: dt.date, basis: Basis, changes: Sequence[RateChange] = ()) -> None:
        later = sorted((one.since, one.rate) for one in changes) if changes else []
        self.start, self.basis = start, basis
        self.steps: tuple[tuple[dt.date, Rate], ...] = ((start, rate), *later)
        self._known: dict[tuple[dt.date, dt.date], Decimal] = {}

    def at(self, day: dt.date) -> Rate:
        """The rate in force on a day."""
        return next((rate for since, rate in reversed(self.steps) if since <= day), self.steps[0][1])

    def changes(self, start: dt.date, end: dt.date) -> list[dt.date]:
        """The days strictly inside the span on which the rate changes."""
        return [since for since, _ in self.steps[1:] if start < since < end]

    def fraction(self, start: dt.date, end: dt.date) -> Decimal:
        """Interest on one yuan from ``start`` to ``end`` by actual days, by the basis for month and year rates."""
        found = self._known.get((start, end))
        if found is None:
            found = self._known[start, end] = self._fraction(start, end)
        return found

    def _fraction(self, start: dt.date, end: dt.date) -> Decimal:
        cuts = [start, *self.changes(start, end), end] if len(self.steps) > 1 else [start, end]
        spans = pairwise(cuts)
        return sum((self._plain(self.at(one), one, two) for one, two in spans), Decimal(0))

    def _plain(self, rate: Rate, start: dt.date, end: dt.date) -> Decimal:
        if rate.per == "day" or self.basis != "30/360":
            return span_fraction(rate, start, end, self.basis)
        # Months of 30 days do not add up at a 31st, so each span is measured from the first day.
        years = year_fraction(self.start, end, self.basis) - year_fraction(self.start, start, self.basis)
        return annual(rate) * years

    def pieces(self, start: dt.date, due: dt.date, *, regular: bool) -> list[Piece]:
        """An instalment period, cut where the rate changes. A regular month bears a twelfth of the year's interest,
        shared by days where the rate changes inside it.
        """
        cuts = [start, *self.changes(start, due), due]
        found, days = [], (due - start).days
        for one, two in pairwise(cuts):
            rate = self.at(one)
            if rate.per != "day" and regular:
                part = annual(rate) / 12 if len(cuts) == 2 else annual(rate) / 12 * (two - one).days / days
            else:
                part = self.fraction(one, two)
            found.append(Piece(one, two, part))
        return found
