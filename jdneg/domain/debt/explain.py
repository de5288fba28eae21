"""Which readings of the contract lead to the figure they claim. A fit is a possibility, never a proof."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from jdneg.domain.debt.agreed import Bound
from jdneg.domain.debt.explain_readings import Choice, Compound, Ground, Setting, days_of, readings
from jdneg.domain.debt.explain_run import Accounts, Components
from jdneg.domain.debt.interest import DEFAULT_BASIS
from jdneg.domain.debt.known import start_of
from jdneg.domain.debt.late import late_terms
from jdneg.domain.debt.rows import Schedule
from jdneg.domain.debt.rules import rules_of
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.messages import Message, info
from jdneg.domain.money import ZERO
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.loan import Loan
from jdneg.values import dataclass

LIMIT = 5000
_EVERY = 250  # readings between two reports of progress
_MOST = 3  # explanations of one kind
_CHANCE = 2  # changes beyond which a single figure fits too easily by chance
_PARTS = ("principal", "interest", "penalty", "fee")

Progress = Callable[[int, int], None]  # readings done, readings at most


@dataclass(frozen=True, slots=True)
class Explanation:
    """A reading: what it changes, what comes out, and which claimed figures it meets to the fen (``fits``) or not.

    A figure that the contract's own reading meets too points to no other, so it is not among the fits.
    ``distance`` is the sum of what is left between claimed and read, yuan; ``exact``: every claimed figure is met.
    """

    readings: tuple[Choice, ...]
    components: Components
    fits: tuple[str, ...]
    misses: tuple[str, ...]
    distance: Decimal
    exact: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """``found`` is best first: all figures met, then single figures, then the closest. ``tried`` counts readings.

    ``met`` are the claimed figures that the contract's own reading meets already.
    """

    found: tuple[Explanation, ...]
    tried: int
    notes: tuple[Message, ...]
    claimed: Components
    met: tuple[str, ...] = ()


def explain(
    loan: Loan,
    payments: Sequence[Payment],
    claim: Claim,
    as_of: dt.date,
    agreed: Sequence[Bound] = (),
    *,
    limit: int = LIMIT,
    progress: Progress | None = None,
) -> Explained:
    """Search at most ``limit`` readings, the fewest changes first, always in the same order.

    ``payments`` are this loan's in order of time. Raises what `build_schedule` raises.
    """
    if as_of < (start := start_of(loan)):
        return Explained((), 0, (info("debt.explain_before_start", date=start),), {})
    ground = _ground(loan, payments, claim, as_of, under_agreement=bool(agreed))
    accounts = Accounts(loan, payments, agreed, days_of(ground))
    search, idle = _Search(claim), list[Choice]()
    for chosen, how in readings(ground, limit, idle):
        if search.exact and len(chosen) > len(search.exact[0].readings):
            break
        read = accounts.components(how)
        if (
            len(chosen) == 1
            and search.own is not None
            and read == search.own.components
            and _alone(ground, chosen[0])
        ):
            idle.append(chosen[0])
        search.look(chosen, read)
        if progress is not None and search.tried % _EVERY == 0:
            progress(search.tried, limit)
    return search.outcome()


def _alone(ground: Ground, choice: Choice) -> bool:
    """Whether what it does alone tells what it does: without known overdue terms there is no penalty to change."""
    return ground.knows_penalty or choice.axis not in ("base", "beside", "compound")


def _ground(
    loan: Loan, payments: Sequence[Payment], claim: Claim, as_of: dt.date, *, under_agreement: bool
) -> Ground:
    late = late_terms(loan).terms
    rows = (schedule := build_schedule(loan)).rows
    past = [row.due for row in rows if row.due <= as_of]
    own = Setting(
        day=as_of,
        basis=loan.basis or DEFAULT_BASIS,
        base=late.base if late else "overdue_principal",
        compound=_compound(loan),
        order=rules_of(loan, late).order,
        beside=bool(late and late.beside),
    )
    return Ground(
        loan=loan,
        payments=tuple(payments),
        own=own,
        ratio=_ratio(loan),
        knows_penalty=late is not None,
        claimed_on=claim.at,
        last_due=past[-1] if past else None,
        has_fees=_has_fees(schedule),
        has_rows_to_come=bool(rows) and rows[-1].due > as_of,
        has_schedule=bool(rows),
        under_agreement=under_agreement,
    )


def _has_fees(schedule: Schedule) -> bool:
    return schedule.fee_at_start > 0 or any(row.fee for row in schedule.rows)


def _compound(loan: Loan) -> Compound:
    said = loan.overdue
    if said is None or not said.compound:
        return "none"
    return said.compound_every or "interest"


def _ratio(loan: Loan) -> Decimal | None:
    """How many times the contract's rate its penalty is, where both have the same period."""
    said = loan.overdue
    if said is None or said.rate is None or loan.rate is None:
        return said.factor if said else None
    same = said.rate.per == loan.rate.per and loan.rate.percent
    return said.rate.percent / loan.rate.percent if same else None


class _Search:
    """Keeps the best of what it is shown."""

    def __init__(self, claim: Claim) -> None:
        named = {name: getattr(claim, name) for name in (*_PARTS, "total")}
        self.claimed: Components = {name: value for name, value in named.items() if value is not None}
        self.needed = self._needed()
        self.tried = 0
        self.seen: set[tuple[Decimal, ...]] = set()
        self.own: Explanation | None = None
        self.exact: list[Explanation] = []
        self.single: dict[str, list[Explanation]] = {name: [] for name in self.claimed}
        self.closest: Explanation | None = None

    def _needed(self) -> frozenset[str]:
        """The figures a full explanation has to meet; a total that its own parts contradict cannot be one."""
        whole = all(name in self.claimed for name in _PARTS)
        parts = sum((self.claimed.get(name, ZERO) for name in _PARTS), ZERO)
        contradicted = whole and self.claimed.get("total", parts) != parts
        return frozenset(self.claimed) - ({"total"} if contradicted else set())

    def look(self, chosen: tuple[Choice, ...], read: Components) -> None:
        """Keep it if it is better; a reading that leads to a known result adds nothing to the simpler one."""
        self.tried += 1
        key = tuple(read.values())
        if key in self.seen:
            return
        self.seen.add(key)
        fits = tuple(name for name, value in self.claimed.items() if read[name] == value)
        distance = sum((abs(value - read[name]) for name, value in self.claimed.items()), ZERO)
        if chosen and not fits and self.closest is not None and distance >= self.closest.distance:
            return
        misses = tuple(name for name in self.claimed if name not in fits)
        found = Explanation(chosen, read, fits, misses, distance, self.needed <= set(fits))
        if not chosen:
            self.own = found
            return
        self._keep(found)

    def _keep(self, found: Explanation) -> None:
        if found.exact:
            self.exact.append(found)
        for name in found.fits:
            kept = self.single[name]
            if len(found.readings) <= _CHANCE and (not kept or len(kept[0].readings) == len(found.readings)):
                kept.append(found)
        if self.closest is None or found.distance < self.closest.distance:
            self.closest = found

    def outcome(self) -> Explained:
        """Best first, each reading once."""
        own = self.own
        assert own is not None  # the contract's own setting always comes first
        if own.exact:
            return Explained((), self.tried, (info("debt.explain_agrees"),), self.claimed, own.fits)
        found = self.exact[:_MOST]
        if not found:
            for name in [name for name in self.claimed if name not in own.fits]:
                found += sorted(self.single[name], key=lambda one: one.distance)[:_MOST]
            near = self.closest is not None and 2 * self.closest.distance <= own.distance
            if self.closest is not None and (near or (not found and self.closest.distance < own.distance)):
                found.append(self.closest)
        once = [
            replace(one, fits=tuple(name for name in one.fits if name not in own.fits))
            for n, one in enumerate(found)
            if one not in found[:n]
        ]
        return Explained(tuple(once), self.tried, self._notes(once), self.claimed, own.fits)

    def _notes(self, found: Sequence[Explanation]) -> tuple[Message, ...]:
        if any(one.exact for one in found):
            first = info("debt.explain_exact", tried=self.tried)
        elif any(one.fits for one in found):
            first = info("debt.explain_single", tried=self.tried)
        else:
            first = info("debt.explain_none", tried=self.tried)
        return first, info("debt.explain_possible")
