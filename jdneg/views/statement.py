"""The "up to date since" statement: what was agreed, what was paid, with its table and proofs, both sides' lapses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jdneg.blocks import Block, Facts, Heading, Paragraph
from jdneg.domain.negotiation.track import Track
from jdneg.domain.records.journal import Profile
from jdneg.domain.records.loan import Loan
from jdneg.domain.rulebook import RuleBook
from jdneg.i18n import t
from jdneg.views.track import grace_words, next_words, rows_table, sides, standing_sentence
from jdneg.views.words import amount, time, word


def statement_blocks(
    one: Track, findings: Sequence[Any], loans: Mapping[str, Loan], profile: Profile | None, book: RuleBook
) -> list[Block]:
    """In the language that is spoken; the facts are the record's alone."""
    return [
        Heading(t("track.statement_title")),
        Paragraph(standing_sentence(one), strong=True),
        Facts(tuple(_facts(one, loans, profile))),
        rows_table(one, receipts=True),
        Paragraph(_rule(one)),
        *([Paragraph(t("track.statement_early", amount=amount(one.spared)))] if one.spared else []),
        *sides(one, findings, book),
        Paragraph(t("track.statement_note")),
    ]


def _rule(one: Track) -> str:
    days = one.agreement.grace_days
    return t("track.statement_rule_grace", days=days) if days else t("track.statement_rule")


def _loan(name: str, loan: Loan) -> str:
    """As the other side knows it; what nobody noted is left to fill in."""
    product, contract = loan.product or t("track.a_loan"), loan.contract_no or t("track.to_fill_contract")
    principal = amount(loan.principal)
    return t("track.loan_line", id=name, product=product, contract=contract, start=loan.start, principal=principal)


def _facts(one: Track, loans: Mapping[str, Loan], profile: Profile | None) -> list[tuple[str, str]]:
    own = {name: loans[name] for name in one.loans if name in loans}
    rows = [
        (t("track.payer"), profile.name if profile and profile.name else t("track.to_fill")),
        (t("track.lender"), "、".join(dict.fromkeys(loan.party or loan.lender for loan in own.values()))),
        *((t("track.loans"), _loan(name, loan)) for name, loan in own.items()),
        (t("track.agreed"), f"{time(one.agreement.agreed_at)} · {word('oral' if one.agreement.oral else 'written')}"),
        (t("track.proof"), "、".join(map(str, one.agreement.proof))), (t("track.grace"), grace_words(one)),
        (t("track.as_of"), one.as_of.isoformat()), (t("track.due"), amount(one.due)),
        (t("track.paid"), amount(one.paid)), (t("track.short"), amount(one.short)),
        (t("track.next"), next_words(one) or ""),
    ]  # fmt: skip
    return [(name, value) for name, value in rows if value]
