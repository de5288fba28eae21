"""The printable sheet of one debt as blocks: everything `verify` knows, with its sources and its limits."""

from __future__ import annotations

from collections.abc import Sequence

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph, Table
from jdneg.domain.debt.verify import Verification
from jdneg.domain.messages import Message
from jdneg.domain.records.account import Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.loan import Loan
from jdneg.domain.rulebook import RuleBook
from jdneg.i18n import pick, rate_words, say, t
from jdneg.values import dataclass
from jdneg.views.accounts import claims_table
from jdneg.views.beside import beside_blocks
from jdneg.views.ceilings import ceiling_blocks
from jdneg.views.papers import papers_table
from jdneg.views.sources import source
from jdneg.views.verification import (
    closed_blocks,
    components_table,
    ledger_table,
    limitation_blocks,
    overdue_blocks,
    rate_facts,
)
from jdneg.views.words import amount, label, time, word

LIMITS = 6


@dataclass(frozen=True, slots=True)
class SheetInput:
    """One loan, what was found, its payments up to that day, in order; ``ask``: with the commands that ask."""

    loan: Stored[Loan]
    found: Verification
    payments: tuple[Stored[Payment], ...]
    book: RuleBook
    ask: bool = True


def sheet_blocks(given: SheetInput) -> list[Block]:
    """The comparison first, then claims, rates, ceilings, papers, assumptions, schedule, ledger, payments, limits."""
    found = given.found
    blocks: list[Block] = [
        Heading(t("sheet.title", loan=found.loan, day=found.as_of)), Paragraph(t("sheet.intro")), terms(given.loan),
        *closed_blocks(found), Heading(t("sheet.comparison"), 2), components_table(found),
    ]  # fmt: skip
    if not found.claims:
        blocks.append(Paragraph(t("debt.no_claim")))
    blocks += [*overdue_blocks(found), *beside_blocks(found, rows=True)]
    blocks += [
        *claims_blocks(found),
        *_rates(given),
        *papers_blocks(given),
        *reminder(given),
        *assumption_blocks(found),
    ]
    if found.schedule.rows:
        blocks += [Heading(t("sheet.schedule"), 2), schedule_table(found)]
    blocks += [Heading(t("sheet.ledger"), 2), Paragraph(t("sheet.ledger_note")), ledger_table(found)]
    blocks += payments_blocks(given.payments)
    return [*blocks, Heading(t("sheet.limits"), 2), Bullets(limits(given.book))]


def terms(loan: Stored[Loan]) -> Facts:
    """Who, what, on which terms; what is unknown is left out."""
    record = loan.record
    rows = [
        (label("lender"), record.lender), (label("kind"), word(record.kind)), (label("party"), record.party),
        (label("holder"), record.holder), (label("product"), record.product),
        (label("contract_no"), record.contract_no), (label("principal"), amount(record.principal)),
        (label("received"), record.received and amount(record.received)), (label("start"), time(record.start)),
        (label("rate"), rate_words(record.rate)), (label("fee"), rate_words(record.fee)),
        (label("term"), record.term and str(record.term)), (label("due_day"), record.due_day and str(record.due_day)),
        (label("method"), record.method and word(record.method)),
    ]  # fmt: skip
    return Facts(tuple((name, value) for name, value in rows if value))


def claims_blocks(found: Verification) -> list[Block]:
    """Each claim beside the one before, and where they do not fit together."""
    if not found.claims:
        return []
    blocks: list[Block] = [Heading(t("sheet.claims"), 2), claims_table(found.steps)]
    told = contradictions(found)
    return [*blocks, Bullets(said(told)) if told else Paragraph(t("sheet.claims_agree"))]


def contradictions(found: Verification) -> tuple[Message, ...]:
    return tuple(one for step in found.steps for one in step.messages)


def _rates(given: SheetInput) -> list[Block]:
    blocks: list[Block] = [Heading(t("sheet.rates"), 2), rate_facts(given.found)]
    if given.found.ceilings:
        blocks += [*ceiling_blocks(given.found.ceilings, given.book), Heading(t("sheet.sources"), 3)]
        blocks.append(Bullets(sources(given)))
    return blocks


def sources(given: SheetInput) -> tuple[str, ...]:
    """Where each ceiling stands, and how and when its text was checked."""
    found: dict[str, None] = {}
    for one in given.found.ceilings:
        rule = given.book.get(one.rule)
        value = rule.on(given.found.as_of) or rule.values[-1]
        for reference in value.references:
            found[f"{pick(rule.title)}: {source(reference)}"] = None
    return tuple(found)


def papers_blocks(given: SheetInput) -> list[Block]:
    """What is needed to be sure: there or missing, with the letter that asks for it."""
    found = given.found
    blocks: list[Block] = [Heading(t("papers.title"), 2), papers_table(found.papers, found.loan, ask=given.ask)]
    rest = [one for one in found.missing if one.code == "debt.missing_overdue_terms"]
    return [*blocks, Bullets(said(rest))] if rest else blocks


def reminder(given: SheetInput) -> list[Block]:
    """What an old debt may mean is for the borrower's own copy."""
    return limitation_blocks(given.found) if given.ask else []


def assumption_blocks(found: Verification) -> list[Block]:
    return [Heading(t("view.assumptions"), 2), Bullets(said(found.assumptions))] if found.assumptions else []


def schedule_table(found: Verification) -> Table:
    names = ("payment", "principal", "interest", "fee")
    headers = (t("sheet.n"), t("view.due"), t("sheet.payment"), *(word(name) for name in names[1:]), t("view.left"))
    rows = tuple(
        (str(row.n), row.due.isoformat(), *(amount(getattr(row, name)) for name in names), amount(row.balance))
        for row in found.schedule.rows
    )
    return Table(headers, rows, right=(2, 3, 4, 5, 6))


def payments_blocks(payments: Sequence[Stored[Payment]]) -> list[Block]:
    head: list[Block] = [Heading(t("sheet.payments"), 2)]
    if not payments:
        return [*head, Paragraph(t("sheet.payments_none"))]
    headers = (t("field.id"), label("at"), label("amount"), label("via"), label("to"), label("exhibits"))
    rows = tuple(payment_row(one) for one in payments)
    return [*head, Table(headers, rows, right=(2,))]


def payment_row(payment: Stored[Payment]) -> tuple[str, ...]:
    one = payment.record
    exhibits = ", ".join(map(str, one.exhibits)) or "-"
    return (payment.id, time(one.at), amount(one.amount), one.via or "-", one.to or "-", exhibits)


def limits(book: RuleBook) -> tuple[str, ...]:
    """What this sheet is and is not, in plain words."""
    return tuple(t(f"sheet.limit_{number}", version=book.version[:12]) for number in range(1, LIMITS + 1))


def said(messages: Sequence[Message]) -> tuple[str, ...]:
    return tuple(say(one) for one in messages)
