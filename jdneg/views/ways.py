"""The ways to pay side by side: a table, a chart for the terminal, a page with pictures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from jdneg.blocks import Block, Facts, Heading, Paragraph, Picture, Preformatted, Table
from jdneg.documents.charts import Bar, Line, bars, lines
from jdneg.domain.cells import cells, padded
from jdneg.domain.dates import month_step
from jdneg.domain.messages import Message, info, warning
from jdneg.domain.money import ZERO
from jdneg.domain.negotiation.best import Best
from jdneg.domain.negotiation.funds import Funds
from jdneg.domain.negotiation.plan import about_best
from jdneg.domain.negotiation.plan_debt import PlanDebt, not_plannable, plannable
from jdneg.domain.negotiation.run import yuan
from jdneg.domain.negotiation.ways import OpenOffer, Way
from jdneg.i18n import say, t
from jdneg.result import Result
from jdneg.values import dataclass
from jdneg.views.plans import available_facts, debt_json, debts_table, later_json, never, nothing_owed, once, supposed
from jdneg.views.words import amount, word

_BAR = 40
_COLUMNS = 36


@dataclass(frozen=True, slots=True)
class Page:
    """What the terminal and JSON get, and the document for a file."""

    result: Result
    document: tuple[Block, ...]


def ways_page(
    found: Sequence[Way],
    best: Best,
    debts: Sequence[PlanDebt],
    funds: Funds,
    offers: Sequence[OpenOffer],
    as_of: dt.date,
    *,
    known: bool,
) -> Page:
    """``plan compare``; ``known``: there are loans, owed or not."""
    data = {
        "as_of": as_of, "budget": funds.json(), "debts": [debt_json(one) for one in debts],
        "strategies": [_json(one, offers) for one in found],
        "best": {"proved": best.proved, "gap": _yuan(best.gap), "like": best.like},
        "supposed": [one.text for one in funds.supposed], "available_from": later_json(funds),
    }  # fmt: skip
    if not debts:
        empty = (nothing_owed(known=known),)
        return Page(Result(data, empty, tuple(funds.messages)), empty)
    head = (Facts(available_facts(funds)), debts_table(debts))
    if not plannable(debts) and all(one.kind != "offer" for one in found):  # nothing to set side by side
        said = once((*funds.messages, *_left_out(debts, offers), info("plan.nothing_to_plan")))
        return Page(Result(data, head, said), (*head, *(Paragraph(say(one)) for one in said)))
    table, more = _table(found, offers), _second(found, offers)
    shown = [one for one in found if one.kind != "nothing" and one.owed]
    blocks: tuple[Block, ...] = (*head, table, more, *_bars(shown, offers), *_time(shown, offers))
    said = once((*funds.messages, *supposed(funds), *_about(found, best, debts, offers)))
    page = (
        Heading(t("plan.compare_title", date=as_of)), Paragraph(t("plan.same_basis")), *head,
        Heading(t("plan.over_time"), 2), _over_time(found, offers, as_of), _balances(found, offers, as_of),
        Heading(t("plan.totals"), 2), _totals(shown, offers), table, more,
        Heading(t("plan.to_know"), 2), *(Paragraph(say(one)) for one in said), Paragraph(t("plan.supposition")),
    )  # fmt: skip
    return Page(Result(data, blocks, said), page)


def _about(
    found: Sequence[Way], best: Best, debts: Sequence[PlanDebt], offers: Sequence[OpenOffer]
) -> tuple[Message, ...]:
    broken = tuple(
        warning("plan.way_breaks", way=_name(one, offers), what=one.breaks)
        for one in found if one.breaks is not None and one.kind in ("offer", "best")
    )  # fmt: skip
    letting = tuple(
        info("plan.offer_lets_go", offer=_name(one, offers), amount=-one.cost)
        for one in found if one.kind == "offer" and one.cost is not None and one.cost < 0
    )  # fmt: skip
    return (*_left_out(debts, offers), *about_best(best), *broken, *letting)


def _left_out(debts: Sequence[PlanDebt], offers: Sequence[OpenOffer]) -> tuple[Message, ...]:
    """What cannot be planned, and why."""
    missing = tuple(message for one in debts if (message := not_plannable(one)))
    unknown = tuple(
        warning("plan.offer_left_out", offer=f"{one.case}/{one.number}", why=one.why)
        for one in offers if one.debts is None and one.why is not None
    )  # fmt: skip
    return (*missing, *unknown)


def _yuan(fen: int | None) -> Decimal | None:
    return None if fen is None else yuan(fen)


def _json(one: Way, offers: Sequence[OpenOffer]) -> dict[str, object]:
    offer = next((o for o in offers if one.kind == "offer" and one.name == f"{o.case}/{o.number}"), None)
    return {
        "strategy": one.name, "kind": one.kind, "by": offer.by if offer else None,
        "first_payment": one.first_payment, "months": one.months, "ends": one.ends, "interest": one.interest,
        "penalty": one.penalty, "fees": one.fees, "cost": one.cost, "paid": one.paid, "after_year": one.after_year,
        "lowest": one.lowest, "grows_by": one.grows_by, "keeps_minimums": one.keeps_minimums,
        "breaks": say(one.breaks) if one.breaks else None, "dearer": one.dearer,
    }  # fmt: skip


def _name(one: Way, offers: Sequence[OpenOffer]) -> str:
    if one.kind != "offer":
        return word(one.name)
    by = next((o.by for o in offers if one.name == f"{o.case}/{o.number}"), "me")
    return t("plan.offer_name", offer=one.name, by=word(by))


def _table(found: Sequence[Way], offers: Sequence[OpenOffer]) -> Table:
    headers = (
        t("view.strategy"), t("view.ends"), t("view.paid"), t("plan.dearer"), t("view.keeps_minimums"),
    )  # fmt: skip
    rows = tuple(
        (
            _name(one, offers), one.ends.isoformat() if one.ends else t("plan.never") if one.grows_by else "-",
            amount(one.paid), amount(one.dearer),
            t("word.yes") if one.keeps_minimums and one.breaks is None else t("word.no"),
        )
        for one in found
    )  # fmt: skip
    return Table(headers, rows, right=(2, 3), key=1)


def _second(found: Sequence[Way], offers: Sequence[OpenOffer]) -> Table:
    """What makes up the cost, how it goes on, and how near the bottom it goes."""
    headers = (
        t("view.strategy"), t("view.first"), t("view.months"), t("plan.interest"), t("plan.penalty_fees"),
        t("plan.cost"), t("plan.after_year"), t("plan.grows_monthly"), t("plan.lowest"),
    )  # fmt: skip
    rows = tuple(
        (
            _name(one, offers), amount(one.first_payment), str(one.months) if one.months is not None else "-",
            amount(one.interest), amount(_sum(one.penalty, one.fees)), amount(one.cost), amount(one.after_year),
            amount(one.grows_by), amount(one.lowest),
        )
        for one in found
    )  # fmt: skip
    return Table(headers, rows, right=tuple(range(1, 9)), key=1)


def _sum(*parts: Decimal | None) -> Decimal | None:
    known = [part for part in parts if part is not None]
    return sum(known, ZERO) if known else None


# --- for the terminal: ASCII, aligned by cells


def _bars(found: Sequence[Way], offers: Sequence[OpenOffer]) -> tuple[Block, ...]:
    """What is owed today (=) and what comes on top of it (#)."""
    done = [one for one in found if one.paid is not None]
    wide = max((cells(_name(one, offers)) for one in found), default=0)
    most = max((one.paid for one in done if one.paid is not None), default=ZERO) or Decimal(1)
    rows = []
    for one in found:
        if one.paid is None or one.cost is None:
            rows.append(f"{padded(_name(one, offers), wide)}  {never(one.grows_by)}")
            continue
        size, top = int(_BAR * one.paid / most), max(one.cost, ZERO)
        cost = min(size, max(int(_BAR * top / most), 1 if top else 0))
        bar = padded("=" * (size - cost) + "#" * cost, _BAR)
        rows.append(f"{padded(_name(one, offers), wide)}  {bar}  {padded(amount(one.paid), 14, right=True)}")
    return Heading(t("plan.bars_key"), 3), Preformatted("\n".join(rows))


def _time(found: Sequence[Way], offers: Sequence[OpenOffer]) -> tuple[Block, ...]:
    """The balance over time in ninths of today's: one sign a step of so many months, ``.`` when all is paid."""
    longest = min(max((len(one.owed) for one in found), default=1), 121)
    step = max(1, -(-longest // _COLUMNS))
    whole = max((one.owed[0] for one in found), default=ZERO) or Decimal(1)
    wide = max((cells(_name(one, offers)) for one in found), default=0)
    rows = []
    for one in found:
        signs = "".join(_sign(one.owed, place, whole) for place in range(0, longest, step))
        rows.append(f"{padded(_name(one, offers), wide)}  {signs}")
    return Heading(t("plan.time_key", months=step), 3), Preformatted("\n".join(rows))


def _sign(owed: Sequence[Decimal], place: int, whole: Decimal) -> str:
    value = owed[place] if place < len(owed) else owed[-1]
    if value <= 0:
        return "."
    ninths = int(9 * value / whole)
    return "+" if ninths > 9 else str(ninths)


# --- for the page


def _over_time(found: Sequence[Way], offers: Sequence[OpenOffer], as_of: dt.date) -> Block:
    steps = _steps(found)
    series = [
        Line(_name(one, offers), [float(value) for value in one.owed[: steps + 1]]) for one in found if one.owed
    ]
    every = max(1, -(-steps // 8))
    marks = [(n, f"{month_step(as_of.replace(day=1), n):%Y-%m}") for n in range(0, steps + 1, every)]
    return Picture(lines(series, marks), t("plan.over_time"))


def _steps(found: Sequence[Way]) -> int:
    """Months shown: to the last way that ends, a year at least."""
    ends = [len(one.owed) for one in found if one.paid is not None]
    return min(max([13, *ends]), 241) - 1


def _balances(found: Sequence[Way], offers: Sequence[OpenOffer], as_of: dt.date) -> Table:
    steps = _steps(found)
    every = max(1, -(-steps // 8))
    places = list(range(0, steps + 1, every))
    headers = (t("view.strategy"), *(f"{month_step(as_of.replace(day=1), n):%Y-%m}" for n in places))
    rows = tuple(
        (_name(one, offers), *(amount(_at(one, n)) for n in places))
        for one in found if one.owed
    )  # fmt: skip
    return Table(headers, rows, right=tuple(range(1, len(headers))))


def _at(one: Way, place: int) -> Decimal | None:
    """What is paid stays paid; what never ends is worked out so far and no farther."""
    if place < len(one.owed):
        return one.owed[place]
    return one.owed[-1] if not one.owed[-1] else None


def _totals(found: Sequence[Way], offers: Sequence[OpenOffer]) -> Block:
    rows = []
    for one in found:
        if one.paid is not None and one.cost is not None:
            top = max(one.cost, ZERO)
            rows.append(Bar(_name(one, offers), (float(one.paid - top), float(top)), amount(one.paid)))
    return Picture(bars(rows, (t("plan.bar_owed"), t("plan.bar_cost"))), t("plan.totals"))
