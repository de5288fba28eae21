"""The printable sheet as a workbook that a lawyer can follow: the comparison, claims, payments, schedule, ledger."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from jdneg.blocks import Block, Bullets, Heading, Paragraph
from jdneg.documents.workbook import Book, Cell, Formula, Number, Row, Sheet, rows_of
from jdneg.domain.claims import PARTS, ClaimStep, parts_of
from jdneg.domain.dates import shanghai_day
from jdneg.domain.debt.asked import Component
from jdneg.domain.debt.ceiling import Ceiling
from jdneg.domain.money import ZERO
from jdneg.domain.records.account import Payment
from jdneg.domain.records.base import Stored
from jdneg.i18n import say, t
from jdneg.views.ceilings import name_of
from jdneg.views.ledger_book import Ledger, Sources, ledger_sheet, schedule_cells, schedule_sheet
from jdneg.views.sheet import (
    SheetInput,
    assumption_blocks,
    contradictions,
    limits,
    papers_blocks,
    reminder,
    said,
    sources,
    terms,
)
from jdneg.views.verification import closed_blocks
from jdneg.views.words import label, word

_PARTS = "DEFG"  # columns of a claim's components


def sheet_book(*given: SheetInput) -> Book:
    """One book of one loan's sheets, or of several."""
    titles = [t("sheet.title", loan=one.found.loan, day=one.found.as_of) for one in given]
    return Book(" / ".join(titles), given[0].found.as_of, tuple(sheet for one in given for sheet in sheets(one)))


def sheets(given: SheetInput) -> Iterable[Sheet]:
    """The sheets of one loan; their names start with its id, so that several loans fit into one book."""
    found = given.found
    ledger = ledger_sheet(_name(given, "ledger"), found.position, _sources(given))
    yield Sheet(_name(given, "main"), tuple(_main(given, ledger)))
    if found.steps:
        yield _claims(given)
    if given.payments:
        yield _payments(_name(given, "payments"), given.payments)
    if found.schedule.rows:
        yield schedule_sheet(_name(given, "schedule"), found.schedule)
    yield ledger.sheet
    yield Sheet(_name(given, "notes"), rows_of(_notes(given)))


def _sources(given: SheetInput) -> Sources:
    """The cells of the schedule and of the payments that the ledger takes its figures from."""
    schedule, name = given.found.schedule, _name(given, "payments")
    balances = schedule_cells(_name(given, "schedule"), schedule) if schedule.rows else ()
    payments = tuple(
        (shanghai_day(one.record.at), one.record.amount, f"'{name}'!C{line}")
        for line, one in enumerate(given.payments, 3)
    )
    return Sources(balances, payments)


def _name(given: SheetInput, key: str) -> str:
    name = t(f"sheet.sheet_{key}")
    return f"{given.found.loan} {name}"


def _main(given: SheetInput, ledger: Ledger) -> Iterable[Row]:
    found = given.found
    yield Row((t("sheet.title", loan=found.loan, day=found.as_of),), "title", wide=True)
    yield Row((t("sheet.intro"),), "note", wide=True)
    yield Row((t("sheet.follow"),), "note", wide=True)
    yield from rows_of([terms(given.loan)])
    above = 3 + len(terms(given.loan).rows)
    yield Row(())
    yield Row((t("sheet.comparison"),), "section", wide=True)
    headers = (t("view.component"), t("view.claimed"), t("view.computed"), t("view.difference"))
    yield Row(headers, "head")
    yield from _components(found.components, ledger, first=above + 4)
    if not found.claims:
        yield Row((t("debt.no_claim"),), "note", wide=True)
    yield from _ceilings(given)
    yield Row(())
    yield from rows_of(papers_blocks(given))


def _components(components: Iterable[Component], ledger: Ledger, first: int) -> Iterable[Row]:
    """Four parts and the total; the computed ones come from the ledger, differences are claimed - computed."""
    rows = list(components)
    for line, one in enumerate(rows, first):
        if one.name == "total":
            claimed, computed = _stated(one.claimed), _sum(one.computed, f"C{first}:C{line - 1}")
        else:
            claimed = _stated(one.claimed)
            computed = "-" if one.computed is None else Formula(f"={ledger.ends[one.name]}", one.computed)
        difference = "-" if one.difference is None else Formula(f"=B{line}-C{line}", one.difference)
        yield Row((word(one.name), claimed, computed, difference), "total" if one.name == "total" else "plain")
    stated = [one.claimed for one in rows if one.name != "total" and one.claimed is not None]
    if stated:
        parts = Formula(f"=SUM(B{first}:B{first + len(rows) - 2})", sum(stated, ZERO))
        yield Row((t("sheet.stated_sum"), parts, None, None))


def _stated(value: Decimal | None) -> Cell:
    return "-" if value is None else Number(value)


def _sum(value: Decimal | None, cells: str) -> Cell:
    return "-" if value is None else Formula(f"=SUM({cells})", value)


def _ceilings(given: SheetInput) -> Iterable[Row]:
    rates = given.found.rates
    yield Row(())
    yield Row((t("sheet.rates"),), "section", wide=True)
    for key, value in (("nominal", rates.nominal_12), ("effective", rates.effective)):
        yield Row((t(f"view.rate_{key}"), "-" if value is None else Number(value, "percent")))
    if not given.found.ceilings:
        return
    yield Row(())
    names = ("ceiling", "level", "checked", "limit", "value", "result")
    yield Row(tuple(t(f"view.{name}") for name in names), "head")
    for one in given.found.ceilings:
        title = name_of(one, given.book)
        figures = (_figure(one, one.limit), _figure(one, one.value))
        yield Row((title, word(one.level), word(one.checked), *figures, word(one.result)))


def _figure(one: Ceiling, value: Decimal | None) -> Cell:
    if value is None:
        return "-"
    return Number(value, "percent" if one.unit == "rate" else "yuan")


def _claims(given: SheetInput) -> Sheet:
    headers = (
        t("field.id"), label("at"), word("total"), *(word(name) for name in PARTS), t("sheet.parts_sum"),
        t("sheet.off"), t("sheet.change"), t("sheet.paid_between"), label("source"),
    )  # fmt: skip
    paid = _name(given, "payments") if given.payments else None
    rows = tuple(_claim(line, one, paid) for line, one in enumerate(given.found.steps, 3))
    told = contradictions(given.found)
    after = (Row(()), *rows_of([Bullets(said(told)) if told else Paragraph(t("sheet.claims_agree"))]))
    top = (Row((t("sheet.claims"),), "title", wide=True), Row(headers, "head"))
    return Sheet(_name(given, "claims"), (*top, *rows, *after), frozen=2)


def _claim(line: int, step: ClaimStep, paid: str | None) -> Row:
    claim, parts = step.claim.record, parts_of(step.claim.record)
    total = sum(parts.values(), ZERO)
    summed = Formula(f"=SUM({_PARTS[0]}{line}:{_PARTS[-1]}{line})", total) if parts else "-"
    known = claim.total is not None and parts
    off = Formula(f"=C{line}-H{line}", claim.total - total) if known and claim.total is not None else "-"
    change: Cell = "-" if step.change is None else Formula(f"=C{line}-C{line - 1}", step.change)
    moved = (change, _paid_between(line, step, paid)) if step.before else (None, None)
    figures = tuple(_stated(getattr(claim, name)) for name in PARTS)
    return Row(
        (step.claim.id, claim.at, _stated(claim.total), *figures, summed, off, *moved, word(claim.source or "-"))
    )


def _paid_between(line: int, step: ClaimStep, paid: str | None) -> Cell:
    """The payments after the older claim's day, up to this one's."""
    if paid is None:
        return Number(step.paid)
    dates, sums = f"'{paid}'!B:B", f"'{paid}'!C:C"
    return Formula(f'=SUMIFS({sums},{dates},">"&B{line - 1},{dates},"<="&B{line})', step.paid)


def _payments(name: str, payments: tuple[Stored[Payment], ...]) -> Sheet:
    headers = (t("field.id"), label("at"), label("amount"), label("via"), label("to"), label("exhibits"))
    rows = tuple(_payment(one) for one in payments)
    total = sum((one.record.amount for one in payments), ZERO)
    end = Row((word("total"), None, Formula(f"=SUM(C3:C{2 + len(rows)})", total), None, None, None), "total")
    top = (Row((t("sheet.payments"),), "title", wide=True), Row(headers, "head"))
    return Sheet(name, (*top, *rows, end), frozen=2)


def _payment(payment: Stored[Payment]) -> Row:
    one = payment.record
    exhibits = ", ".join(map(str, one.exhibits)) or "-"
    return Row((payment.id, shanghai_day(one.at), Number(one.amount), one.via or "-", one.to or "-", exhibits))


def _notes(given: SheetInput) -> list[Block]:
    blocks: list[Block] = [*closed_blocks(given.found), *reminder(given), *assumption_blocks(given.found)]
    reasons = tuple(f"{name_of(one, given.book)}: {say(one.reason)}" for one in given.found.ceilings)
    if reasons:
        blocks += [Heading(t("view.ceiling"), 2), Bullets(reasons)]
        blocks += [Heading(t("sheet.sources"), 2), Bullets(sources(given))]
    return [*blocks, Heading(t("sheet.limits"), 2), Bullets(limits(given.book))]
