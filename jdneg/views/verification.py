"""Claimed beside computed, rates and ceilings, what is missing, what it rests on."""

from __future__ import annotations

from decimal import Decimal

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph, Table
from jdneg.domain.debt.asked import Asked
from jdneg.domain.debt.ledger import LedgerLine
from jdneg.domain.debt.rates import RateSummary, six_places
from jdneg.domain.debt.verify import Verification
from jdneg.domain.messages import Message
from jdneg.domain.rulebook import RuleBook
from jdneg.i18n import rate_words, say, t
from jdneg.result import Result
from jdneg.views.accounts import claims_table, step_json
from jdneg.views.beside import beside_blocks, beside_json
from jdneg.views.ceilings import ceiling_blocks, ceiling_json
from jdneg.views.papers import papers_json, papers_table
from jdneg.views.words import amount, percent, word


def verification_page(found: Verification, book: RuleBook, *, ledger: bool) -> Result:
    """Exit 1 when a difference needs action."""
    blocks: list[Block] = [Heading(t("view.verify_title", loan=found.loan, day=found.as_of)), *closed_blocks(found)]
    blocks.append(components_table(found))
    blocks += overdue_blocks(found)
    if len(found.steps) > 1:
        blocks += [Heading(t("sheet.claims"), 2), claims_table(found.steps)]
    blocks += [
        rate_facts(found),
        *beside_blocks(found),
        *(ceiling_blocks(found.ceilings, book) if found.ceilings else ()),
    ]
    blocks += _papers(found)
    blocks += [*limitation_blocks(found), Heading(t("view.assumptions"), 2), Bullets(_said(found.assumptions))]
    if ledger:
        blocks.append(ledger_table(found))
    if found.claims and not found.closed_on:
        blocks.append(Paragraph(t(_outcome(found), loan=found.loan), strong=True))
    data = verification_json(found, book) | ({"ledger": ledger_json(found)} if ledger else {})
    return Result(data, tuple(blocks), found.notes, 1 if found.needs_action else 0)


def claims_page(found: Asked) -> Result:
    """Of a debt of unknown size: what they ask, what is missing and what asks for it. Nothing to hold it against."""
    blocks: list[Block] = [Heading(t("view.verify_title", loan=found.loan, day=found.as_of)), *closed_blocks(found)]
    blocks.append(components_table(found))
    if len(found.steps) > 1:
        blocks += [Heading(t("sheet.claims"), 2), claims_table(found.steps)]
    blocks += [*_papers(found), *limitation_blocks(found)]
    if not found.closed_on:
        blocks.append(Paragraph(t("view.claims_alone", loan=found.loan), strong=True))
    nothing: dict[str, object] = {
        "overdue": [], "beside": [], "rate": rate_json(None), "ceilings": [], "assumptions": [],
        "needs_action": False,
    }  # fmt: skip
    return Result({**_common_json(found), **nothing}, tuple(blocks), found.notes)


def _outcome(found: Verification) -> str:
    if found.needs_action:
        return "view.needs_action"
    return "view.open_questions" if found.open_questions else "view.no_action"


def closed_blocks(found: Asked) -> list[Block]:
    """A debt recorded as settled: said before any figure."""
    if found.closed_on is None:
        return []
    return [Paragraph(t("view.verify_closed", loan=found.loan, day=found.closed_on), strong=True)]


def limitation_blocks(found: Asked) -> list[Block]:
    """An old debt: information, never a verdict."""
    if found.limitation is None:
        return []
    return [Heading(t("view.limitation"), 2), Paragraph(say(found.limitation))]


def _papers(found: Asked) -> list[Block]:
    """What is needed to be sure; the terms that are missing are no paper of their own."""
    blocks: list[Block] = [Heading(t("papers.title"), 2), papers_table(found.papers, found.loan)]
    shown = {f"debt.missing_{one.name}" for one in found.papers}
    rest = tuple(one for one in found.missing if one.code not in shown)
    if any(one.state == "missing" for one in found.papers):
        blocks.append(Paragraph(t("papers.how", loan=found.loan)))
    return [*blocks, Bullets(_said(rest))] if rest else blocks


def _said(messages: tuple[Message, ...]) -> tuple[str, ...]:
    return tuple(say(one) for one in messages)


def components_table(found: Asked) -> Table:
    rows = tuple(
        (word(one.name), amount(one.claimed), amount(one.computed), _signed(one.difference))
        for one in found.components
    )
    headers = (t("view.component"), t("view.claimed"), t("view.computed"), t("view.difference"))
    return Table(headers, rows, right=(1, 2, 3))


def _signed(value: Decimal | None) -> str:
    return "-" if value is None else f"{value:+,.2f}" if value else "0.00"


def overdue_blocks(found: Verification) -> list[Block]:
    """The instalments past their day, and what of them is unpaid; what lateness itself costs stands elsewhere."""
    at = found.position
    if not at.overdue:
        return []
    headers = (t("sheet.n"), t("view.due"), t("view.late_days"), t("sheet.payment"), t("view.unpaid"))
    rows = tuple(
        (
            str(one.n) if one.n else t("view.came_back"),
            one.due.isoformat(),
            str(one.late_days),
            amount(one.amount),
            amount(one.unpaid),
        )
        for one in at.overdue
    )
    said = Paragraph(t("view.overdue_note", total=amount(at.overdue_amount)))
    return [Heading(t("view.overdue"), 2), Table(headers, rows, right=(0, 2, 3, 4)), said]


def rate_facts(found: Verification) -> Facts:
    rates = found.rates
    return Facts(
        (
            (t("view.rate_nominal"), percent(rates.nominal_12)),
            (t("view.rate_effective"), percent(rates.effective)),
        )
    )


def ledger_table(found: Verification) -> Table:
    """Day by day: what ran on what base at which rate, and where each component stood after it."""
    headers = tuple(t(f"view.ledger_{name}") for name in ("date", "event", "days", "base", "rate", "amount")) + tuple(
        word(name) for name in ("principal", "interest", "penalty", "fee")
    )
    rows = tuple(
        (
            line.date.isoformat(), t(f"debt.event_{line.event}"), str(line.days or ""),
            amount(line.base) if line.base is not None else "", rate_words(line.rate), _step(line),
            amount(line.principal), amount(line.interest), amount(line.penalty), amount(line.fee),
        )
        for line in found.position.ledger
    )  # fmt: skip
    return Table(headers, rows, right=(2, 3, 5, 6, 7, 8, 9))


def _step(line: LedgerLine) -> str:
    """What runs day by day is shown as it is kept, in four places; what is booked, to the fen."""
    return f"{line.amount:,.4f}" if line.days else amount(line.amount)


def ledger_json(found: Verification) -> list[dict[str, object]]:
    """The ledger's lines; ``amount`` in four places, the balances to the fen."""
    return [
        {
            "date": line.date, "event": line.event, "days": line.days, "base": line.base,
            "rate": str(line.rate) if line.rate else None, "amount": line.amount, "principal": line.principal,
            "interest": line.interest, "penalty": line.penalty, "fee": line.fee,
        }
        for line in found.position.ledger
    ]  # fmt: skip


def verification_json(found: Verification, book: RuleBook) -> dict[str, object]:
    """The shape that ``verify`` promises."""
    return {
        **_common_json(found),
        "overdue": [
            {"n": one.n, "due": one.due, "late_days": one.late_days, "amount": one.amount, "unpaid": one.unpaid}
            for one in found.position.overdue
        ],
        "beside": beside_json(found),
        "rate": rate_json(found.rates),
        "ceilings": [ceiling_json(one, book) for one in found.ceilings],
        "assumptions": list(found.assumptions),
        "needs_action": found.needs_action,
    }


def _common_json(found: Asked) -> dict[str, object]:
    """What needs no figure of ours."""
    return {
        "loan": found.loan,
        "as_of": found.as_of,
        "components": [
            {"name": one.name, "claimed": one.claimed, "computed": one.computed, "difference": one.difference}
            for one in found.components
        ],
        "papers": papers_json(found.papers, found.loan),
        "missing": list(found.missing),
        "claims": [step_json(one) for one in found.steps],
        "contradictions": [message for step in found.steps for message in step.messages],
        "open_questions": found.open_questions,
        "closed_on": found.closed_on,
        "limitation": found.limitation,
    }


def rate_json(rates: RateSummary | None) -> dict[str, object]:
    """The yearly rates as fractions of six places."""
    names = ("nominal_12", "effective", "xirr")
    return {name: six_places(getattr(rates, name)) if rates else None for name in names}
