"""A negotiation: its offers, its agreement, what both sides promised."""

from __future__ import annotations

from collections.abc import Sequence

from jdneg.blocks import Block, Facts, Table
from jdneg.documents.chinese import sentence
from jdneg.domain.negotiation.derived import derived, my_promise
from jdneg.domain.negotiation.steps import PromiseLine, state_of
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Agreement, Case, Offer, PartWaiver
from jdneg.i18n import say, t
from jdneg.result import Result
from jdneg.views.records import empty, rows_of
from jdneg.views.words import amount, label, time, word


def case_list(cases: Sequence[Stored[Case]]) -> Result:
    """``negotiate list``."""
    if not cases:
        return empty("talks.none", "cases")
    headers = tuple(label(name) for name in ("id", "loans", "goal", "opened_on", "offers", "state"))
    rows = tuple(
        (
            one.id, ", ".join(map(str, one.record.loans)), one.record.goal, one.record.opened_on.isoformat(),
            str(len(one.record.offers)), word(state_of(one.record)),
        )
        for one in cases
    )  # fmt: skip
    data = {"cases": [row | {"state": state_of(one.record)} for row, one in zip(rows_of(cases), cases, strict=True)]}
    return Result(data, (Table(headers, rows, right=(4,)),))


def case_blocks(case: Case, promises: Sequence[PromiseLine] | None = None) -> list[Block]:
    """A case with its offers, its agreement and what was promised; ``promises`` also has those of its contacts."""
    facts = [
        (label("loans"), ", ".join(map(str, case.loans))), (label("goal"), case.goal),
        (label("problem"), word(case.problem) if case.problem else None),
        (label("loss"), amount(case.loss) if case.loss is not None else None),
        (label("orders"), ", ".join(case.orders)), (label("ticket"), case.ticket),
        (label("reply_by"), case.reply_by and case.reply_by.isoformat()), (label("state"), word(state_of(case))),
        (label("outcome"), case.outcome), (label("rating"), case.rating and str(case.rating)),
    ]  # fmt: skip
    blocks: list[Block] = [Facts(tuple((name, value) for name, value in facts if value))]
    if case.offers:
        blocks.append(offers_table(case.offers))
    if case.agreement is not None:
        blocks.append(agreement_facts(case, case.agreement))
    lines = (
        [PromiseLine(n, one, None, False) for n, one in enumerate(case.promises, 1)] if promises is None else promises
    )
    if lines:
        blocks.append(promises_table(case, lines))
    return blocks


def offers_table(offers: Sequence[Offer]) -> Table:
    names = (
        "offer",
        "by",
        "at",
        "months",
        "monthly",
        "lump_sum",
        "pause",
        "due_day",
        "waive",
        "valid_until",
        "then_talk",
    )
    rows = [
        (
            str(one.number), word(one.by), one.at.isoformat(), str(one.months or "-"), amount(one.monthly),
            amount(one.lump_sum), str(one.pause or "-"), str(one.due_day or "-"), waivers(one), time(one.valid_until),
            word("yes") if one.then_talk else "-",
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


def agreement_facts(case: Case, agreement: Agreement) -> Facts:
    """When it was made and from when it counts, its instalments and what of them nobody said, its end."""
    facts = [
        (label("offer"), str(agreement.offer)), (label("agreed_at"), time(agreement.agreed_at)),
        (label("starts"), time(agreement.starts)),
    ]  # fmt: skip
    if agreement.instalments:
        facts.append((label("instalments"), _span(agreement)))
        offer = next((one for one in case.offers if one.number == agreement.offer), None)
        if offer is not None and (points := derived(offer, agreement).points):
            facts.append((t("talks.worked_out"), ", ".join(map(say, points))))
    if agreement.then_talk:
        facts.append((label("then_talk"), t("talks.settles_nothing")))
    if agreement.ended_on is not None:
        ended = f"{agreement.ended_on} {agreement.ended_note or ''}".strip()
        facts.append((label("ended_on"), ended))
    return Facts(tuple(facts))


def _span(agreement: Agreement) -> str:
    first, last = agreement.instalments[0], agreement.instalments[-1]
    if first is last:
        return t("talks.instalment_one", amount=amount(first.amount), first=first.due)
    return t(
        "talks.instalments",
        count=len(agreement.instalments),
        first=first.due,
        last=last.due,
        amount=amount(first.amount),
        last_amount=amount(last.amount),
    )


def promises_table(case: Case, lines: Sequence[PromiseLine]) -> Table:
    """Without a number: noted in a contact, and not taken over by the case yet."""
    names = ("by", "what", "due", "state", "contact")
    worked_out = _in_readers_words(case)
    rows = tuple(
        (
            str(one.number) if one.number else "-", word(one.promise.by),
            worked_out.get(one.promise.what, one.promise.what), time(one.promise.due),
            t("steps.due_passed", state=word(one.promise.state)) if one.overdue else word(one.promise.state),
            one.contact or "-",
        )
        for one in lines
    )  # fmt: skip
    return Table((t("steps.number"), *(label(name) for name in names)), rows, title=t("talks.promises"))


def _in_readers_words(case: Case) -> dict[str, str]:
    """My promises that nobody typed, recorded in Chinese for the letters: as the reader would say them."""
    found = {}
    for made in case.agreements:
        offer = next((one for one in case.offers if one.number == made.offer), None)
        mine = my_promise(offer, made) if offer is not None else None
        if mine is not None:
            found[sentence(mine[0])] = say(mine[0])
    return found
