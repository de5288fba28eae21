"""A case on one page."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph, Table
from jdneg.domain.agenda.item import Item
from jdneg.domain.conduct.findings import Finding
from jdneg.domain.conduct.pattern import Pattern
from jdneg.domain.debt.verify import Verification
from jdneg.domain.messages import hint
from jdneg.domain.records.account import Claim
from jdneg.domain.records.base import Stored
from jdneg.domain.records.loan import Loan
from jdneg.domain.redact import mask_text
from jdneg.domain.rulebook import RuleBook
from jdneg.i18n import pick, t
from jdneg.result import Result
from jdneg.values import dataclass
from jdneg.views.patterns import findings_line
from jdneg.views.today import item_json, when
from jdneg.views.words import amount, clip, word

_DEADLINES = 8


@dataclass(frozen=True, slots=True)
class DebtLine:
    """A loan with the other side's latest figure and ours, as far as known."""

    loan: Stored[Loan]
    claim: Stored[Claim] | None
    computed: Verification | None

    @property
    def parts(self) -> dict[str, Any]:
        return {one.name: one for one in self.computed.components} if self.computed else {}


@dataclass(frozen=True, slots=True)
class Summary:
    """What the page is made from; ``findings`` are those of every contact."""

    debts: Sequence[DebtLine]
    pattern: Pattern
    findings: Sequence[Finding]
    cases: Sequence[Stored[Any]]
    letters: Sequence[Stored[Any]]
    complaints: Sequence[Stored[Any]]
    items: Sequence[Item]
    book: RuleBook


def summary_result(found: Summary, as_of: dt.date, names: Sequence[str] | None) -> Result:
    """A case on one page: nothing is concluded here, every line is a figure that another command shows in full.

    ``names`` are masked with all private numbers; None masks nothing.
    """
    items = [_deadline(one, as_of, names) for one in found.items]
    blocks: list[Block] = [Heading(t("report.summary_title", day=as_of)), *_debts(found.debts), *_conduct(found)]
    blocks += [*_agreements(found.cases), *_papers(found), *_deadlines(items)]
    blocks.append(Paragraph(t("report.summary_note")))
    return Result(_summary_json(found, items, as_of), tuple(blocks), () if names is None else (hint("app.masked"),))


def _debts(debts: Sequence[DebtLine]) -> list[Block]:
    if not debts:
        return [Paragraph(t("report.no_debts"))]
    headers = tuple(
        t(f"report.col_{name}") for name in ("loan", "lender", "claimed", "computed", "difference", "next")
    )
    rows = tuple(map(_debt, debts))
    blocks: list[Block] = [Heading(t("report.debts"), 2), Table(headers, rows, right=(2, 3, 4))]
    disputed = [line for debt in debts for line in _disputed(debt)]
    if disputed:
        blocks += [Heading(t("report.disputed"), 2), Bullets(tuple(disputed))]
    return blocks


def _debt(debt: DebtLine) -> tuple[str, ...]:
    total = debt.parts.get("total")
    claim = debt.claim.record if debt.claim else None
    row = debt.computed.position.next_due if debt.computed else None
    return (
        debt.loan.id, clip(debt.loan.record.product or debt.loan.record.lender, 20),
        t("assist.on_day", amount=amount(claim.total), day=claim.at) if claim else "-",
        amount(total.computed if total else None), amount(total.difference if total else None),
        f"{row.due} {amount(row.payment)}" if row else "-",
    )  # fmt: skip


def _disputed(debt: DebtLine) -> list[str]:
    """Each component whose claimed figure is not the computed one."""
    return [
        t("report.disputed_line", loan=debt.loan.id, part=word(one.name), claimed=amount(one.claimed),
          computed=amount(one.computed), difference=amount(one.difference))
        for one in debt.parts.values() if one.difference and one.name != "total"
    ]  # fmt: skip


def _conduct(found: Summary) -> list[Block]:
    pattern = found.pattern
    if not pattern.total.contacts:
        return [Heading(t("report.contacts"), 2), Paragraph(t("pattern.none"))]
    rows = [
        (t("pattern.contacts"), t("pattern.contacts_from", count=pattern.total.contacts, first=pattern.days[0],
                                  last=pattern.days[-1])),
        (t("pattern.findings"), findings_line(pattern)),
    ]  # fmt: skip
    blocks: list[Block] = [Heading(t("report.contacts"), 2), Facts(tuple(rows))]
    counts = Counter((one.rule, one.result) for one in found.findings)
    order = {"breach": 0, "review": 1, "cannot_tell": 2}
    ranked = sorted(counts.items(), key=lambda one: (order[one[0][1]], -one[1], one[0][0]))
    if ranked:
        headers = (t("report.col_rule"), t("report.col_level"), t("report.col_result"), t("report.col_count"))
        lines = tuple(
            (pick(found.book.get(rule).title), word(found.book.get(rule).level), word(result), str(count))
            for (rule, result), count in ranked
        )
        blocks.append(Table(headers, lines, right=(3,)))
    return blocks


def _agreements(cases: Sequence[Stored[Any]]) -> list[Block]:
    lines = [_agreed(one) for one in cases if one.record.agreement is not None]
    return [Heading(t("report.agreements"), 2), Bullets(tuple(lines))] if lines else []


def _agreed(stored: Stored[Any]) -> str:
    made = stored.record.agreement
    form = word("oral" if made.oral else "written")
    ended = t("report.ended", day=made.ended_on) if made.ended_on else ""
    return t(
        "report.agreed", id=stored.id, loans=", ".join(map(str, stored.record.loans)), form=form,
        starts=made.starts, count=len(made.instalments), ended=ended,
    )  # fmt: skip


def _papers(found: Summary) -> list[Block]:
    counts = _paper_counts(found)
    if not any(counts.values()):
        return []
    said = t("report.papers_are", sent=counts["sent"], came=counts["received"], filed=counts["filed"])
    return [Heading(t("report.papers"), 2), Paragraph(said)]


def _paper_counts(found: Summary) -> dict[str, int]:
    letters = [one.record for one in found.letters]
    return {
        "sent": sum(one.direction == "out" and one.sent_at is not None for one in letters),
        "received": sum(one.direction == "in" for one in letters),
        "filed": sum(one.record.filed_at is not None for one in found.complaints),
    }


def _deadline(one: Item, as_of: dt.date, names: Sequence[str] | None) -> dict[str, Any]:
    """A line of ``today``; what somebody promised is in their words, and may name somebody."""
    line = item_json(one, as_of)
    text = str(line["text"]) if names is None else mask_text(str(line["text"]), names)
    return {**line, "text": text, "when": when(one, as_of)}


def _deadlines(items: Sequence[dict[str, Any]]) -> list[Block]:
    if not items:
        return []
    rows = tuple((one["when"], one["text"]) for one in items[:_DEADLINES])
    blocks: list[Block] = [Heading(t("report.deadlines"), 2), Table((t("today.when"), t("today.what")), rows)]
    if len(items) > _DEADLINES:
        blocks.append(Paragraph(t("report.more_deadlines", count=len(items) - _DEADLINES)))
    return blocks


def _summary_json(found: Summary, items: Sequence[dict[str, Any]], as_of: dt.date) -> dict[str, Any]:
    pattern = found.pattern
    return {
        "as_of": as_of,
        "debts": [_debt_json(one) for one in found.debts],
        "contacts": {"count": pattern.total.contacts, "with_breach": pattern.total.breach,
                     "with_review": pattern.total.review, "findings": pattern.findings},
        "rules": [{"rule": rule, "result": result, "count": count} for (rule, result), count in
                  sorted(Counter((one.rule, one.result) for one in found.findings).items())],
        "agreements": [{"case": one.id, "loans": list(one.record.loans), "oral": one.record.agreement.oral,
                        "starts": one.record.agreement.starts, "ended_on": one.record.agreement.ended_on}
                       for one in found.cases if one.record.agreement is not None],
        "papers": _paper_counts(found),
        "deadlines": list(items),
    }  # fmt: skip


def _debt_json(debt: DebtLine) -> dict[str, Any]:
    row = debt.computed.position.next_due if debt.computed else None
    return {
        "loan": debt.loan.id, "lender": debt.loan.record.lender, "product": debt.loan.record.product,
        "claim": debt.claim.id if debt.claim else None,
        "components": [{"name": one.name, "claimed": one.claimed, "computed": one.computed,
                        "difference": one.difference} for one in debt.parts.values()],
        "next_due": None if row is None else {"due": row.due, "amount": row.payment},
    }  # fmt: skip
