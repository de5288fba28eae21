"""The script of a call in words, and what is known of the loan it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph
from jdneg.domain.agreements import InForce
from jdneg.domain.debt.verify import Verification
from jdneg.domain.livecall.script import CallScript
from jdneg.domain.records.account import Claim
from jdneg.domain.records.base import Stored
from jdneg.domain.records.loan import Loan
from jdneg.i18n import pick, t
from jdneg.result import Result
from jdneg.values import dataclass
from jdneg.views.sources import source_line
from jdneg.views.words import amount, word


@dataclass(frozen=True, slots=True)
class Known:
    """What the journal holds on a loan, as far as it holds it."""

    loan: Stored[Loan]
    claim: Stored[Claim] | None = None
    computed: Verification | None = None
    agreed: InForce | None = None
    next_agreed: tuple[dt.date, Decimal] | None = None


def title_of(loan: Stored[Loan] | None) -> str:
    """The head line of the screen."""
    if loan is None:
        return t("assist.title")
    return t("assist.title_loan", id=loan.id, name=loan.record.product or loan.record.lender)


def known_facts(known: Known) -> tuple[tuple[str, str], ...]:
    """Label and value, the most important first; nothing for what is not known."""
    return tuple(_facts(known))


def _facts(known: Known) -> Iterator[tuple[str, str]]:
    if known.claim is not None and known.claim.record.total is not None:
        claim = known.claim.record
        yield t("assist.fact_claimed"), t("assist.on_day", amount=amount(claim.total), day=claim.at)
    if known.computed is not None:
        total = next(one.computed for one in known.computed.components if one.name == "total")
        principal = next(one.computed for one in known.computed.components if one.name == "principal")
        if total is not None:
            yield t("assist.fact_computed"), amount(total)
        elif principal is not None:
            yield t("assist.fact_principal"), amount(principal)
    if known.next_agreed is not None:
        due, left = known.next_agreed
        yield t("assist.fact_next"), t("assist.on_day", amount=amount(left), day=due)
    elif known.computed is not None and (row := known.computed.position.next_due) is not None:
        yield t("assist.fact_next"), t("assist.on_day", amount=amount(row.payment), day=row.due)
    if known.agreed is not None:
        form = "oral" if known.agreed.agreement.oral else "written"
        yield t("assist.fact_agreed"), f"{known.agreed.case} ({word(form)})"
    yield t("assist.fact_lender"), known.loan.record.lender


def script_blocks(script: CallScript, facts: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
    """The script in full: what is known, what to ask, what not to concede and why."""
    blocks: list[Block] = [Heading(t("assist.known"), 2), Facts(facts)] if facts else []
    blocks += [Heading(t("assist.ask"), 2), Bullets(tuple(pick(one.ask) for one in script.questions), numbered=True)]
    blocks.append(Heading(t("assist.limits"), 2))
    for limit in script.limits:
        blocks.append(Paragraph(pick(limit.short), strong=True))
        blocks.append(Paragraph(pick(limit.text)))
        if limit.sources:
            blocks.append(Bullets(tuple(map(source_line, limit.sources))))
    return tuple(blocks)


def script_page(title: str, script: CallScript, facts: tuple[tuple[str, str], ...]) -> Result:
    """The script alone, where nobody can type."""
    data = {
        "facts": [{"label": label, "value": value} for label, value in facts],
        "questions": [{"id": one.id, "ask": pick(one.ask), "fills": one.fills} for one in script.questions],
        "limits": [{"id": one.id, "short": pick(one.short), "text": pick(one.text),
                    "sources": [source_line(each) for each in one.sources]} for one in script.limits],
        "tags": [{"key": one.key, "id": one.id, "tag": pick(one.short)} for one in script.tags],
    }  # fmt: skip
    return Result(data, (Heading(title), *script_blocks(script, facts)))
