"""A negotiation: its offers, its agreement, what both sides promised."""

from __future__ import annotations

from collections.abc import Sequence

from jdneg.blocks import Block, Facts, Paragraph, Table
from jdneg.domain.agreements import gate
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Agreement, Case, Offer, PartWaiver, Promise
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.views.records import empty, rows_of
from jdneg.views.words import amount, label, time, word


def state(case: Case) -> str:
    """open, oral, written or closed."""
    if case.closed_on is not None:
        return "closed"
    if case.agreement is None:
        return "open"
    return "oral" if case.agreement.oral else "written"


def case_list(cases: Sequence[Stored[Case]]) -> Result:
    """``negotiate list``."""
    if not cases:
        return empty("talks.none", "cases")
    headers = tuple(label(name) for name in ("id", "loans", "goal", "opened_on", "offers", "state"))
    rows = tuple(
        (
            one.id, ", ".join(map(str, one.record.loans)), one.record.goal, one.record.opened_on.isoformat(),
            str(len(one.record.offers)), word(state(one.record)),
        )
        for one in cases
    )  # fmt: skip
    data = {"cases": [row | {"state": state(one.record)} for row, one in zip(rows_of(cases), cases, strict=True)]}
    return Result(data, (Table(headers, rows, right=(4,)),))


def case_page(found: Stored[Case]) -> Result:
    """``negotiate show``."""
    case = found.record
    warning = gate(case.agreement) if case.agreement else None
    data = {"id": found.id, "record": case, "state": state(case), "recorded_at": found.recorded_at}
    return Result(data, (Paragraph(found.id, strong=True), *case_blocks(case)), (warning,) if warning else ())


def case_blocks(case: Case) -> list[Block]:
    """A case with its offers, its agreement and what was promised."""
    loans = ", ".join(map(str, case.loans))
    facts = [(label("loans"), loans), (label("goal"), case.goal), (label("state"), word(state(case)))]
    blocks: list[Block] = [Facts(tuple(facts))]
    if case.offers:
        blocks.append(_offers(case.offers))
    if case.agreement is not None:
        blocks += _agreement(case.agreement)
    if case.promises:
        blocks.append(_promises(case.promises))
    return blocks


def _offers(offers: Sequence[Offer]) -> Table:
    names = ("offer", "by", "at", "months", "monthly", "lump_sum", "pause", "due_day", "waive", "valid_until")
    rows = [
        (
            str(one.number), word(one.by), one.at.isoformat(), str(one.months or "-"), amount(one.monthly),
            amount(one.lump_sum), str(one.pause or "-"), str(one.due_day or "-"), waivers(one), time(one.valid_until),
        )
        for one in offers
    ]  # fmt: skip
    return _without_empty(tuple(label(name) for name in names), rows, kept=3, right=(3, 4, 5, 6, 7))


def _without_empty(headers: Sequence[str], rows: Sequence[Sequence[str]], kept: int, right: Sequence[int]) -> Table:
    """A table without the columns that say nothing in any row; the first ``kept`` stay."""
    shown = [n for n in range(len(headers)) if n < kept or any(row[n] != "-" for row in rows)]
    figures = tuple(at for at, n in enumerate(shown) if n in right)
    return Table(tuple(headers[n] for n in shown), tuple(tuple(row[n] for n in shown) for row in rows), right=figures)


def waivers(offer: Offer) -> str:
    """``interest, penalty 80%``: what an offer lets go."""
    return ", ".join((*map(word, offer.waive), *map(_in_part, offer.waive_part))) or "-"


def _in_part(one: PartWaiver) -> str:
    much = amount(one.amount) if one.percent is None else f"{one.percent:f}%"
    return f"{word(one.part)} {much}"


def _agreement(agreement: Agreement) -> list[Block]:
    facts = [(label("agreed_at"), time(agreement.agreed_at)), (label("starts"), time(agreement.starts))]
    rows = agreement.instalments
    if rows:
        facts.append((label("instalments"), _span(agreement)))
    return [Facts(tuple(facts))]


def _span(agreement: Agreement) -> str:
    first, last = agreement.instalments[0], agreement.instalments[-1]
    return t(
        "talks.instalments",
        count=len(agreement.instalments),
        first=first.due,
        last=last.due,
        amount=amount(first.amount),
        last_amount=amount(last.amount),
    )


def _promises(promises: Sequence[Promise]) -> Table:
    names = ("by", "what", "due", "state")
    rows = tuple((word(one.by), one.what, time(one.due), word(one.state)) for one in promises)
    return Table(tuple(label(name) for name in names), rows, title=t("talks.promises"))
