"""Loans, contacts and agreements made for the conduct tests. No real person or number."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from jdneg.domain.conduct.check import CheckOutcome, check, judge, judge_text
from jdneg.domain.conduct.findings import Finding
from jdneg.domain.conduct.lexicon import Lexicon
from jdneg.domain.conduct.world import World, make_world
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Instalment, Loan
from jdneg.domain.rulebook import RuleBook
from jdneg.storage.datafiles import rule_book, wording

CHINA = ZoneInfo("Asia/Shanghai")
RECORDED = dt.datetime(2026, 11, 22, 9, 0, tzinfo=CHINA)


@cache
def book() -> RuleBook:
    return rule_book()


@cache
def lexicon() -> Lexicon:
    return wording()


def stored(kind: str, number: int, record: Any) -> Stored[Any]:
    return Stored(f"{kind}{number}", record, RECORDED)


def loan(kind: str = "microlender", **more: Any) -> Loan:
    start = dt.date(2023, 3, 10)
    return Loan(lender="某小贷", kind=kind, principal=Decimal("20000.00"), start=start, **more)  # type: ignore[arg-type]


def at(text: str) -> dt.datetime:
    """``2026-11-20 21:59:59`` in Asia/Shanghai."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=CHINA)


def contact(when: str | dt.date | dt.datetime, channel: str = "call", **more: Any) -> Contact:
    """Incoming and about L1 unless said otherwise."""
    happened = at(when) if isinstance(when, str) else when
    fields = {"direction": "in", "loan": "L1", **more}
    return Contact(channel=channel, happened_at=happened, **fields)  # type: ignore[arg-type]


def world(one: Loan | None = None, **more: Any) -> World:
    return make_world(loans=[stored("L", 1, one or loan())], **more)


def heard(one: Contact, where: World | None = None) -> list[Finding]:
    return judge(stored("C", 1, one), where or world(), book(), lexicon())


def checked(contacts: list[Contact], where: World | None = None) -> CheckOutcome:
    numbered = [stored("C", n, one) for n, one in enumerate(contacts, 1)]
    return check(numbered, where or world(), book(), lexicon())


def text(words: str, kind: str = "microlender", day: dt.date = dt.date(2026, 11, 20)) -> list[Finding]:
    return judge_text(words, day, kind, book(), lexicon())


def about(findings: list[Finding] | tuple[Finding, ...], check_name: str) -> list[Finding]:
    """The findings under rules of one check."""
    return [one for one in findings if book().get(one.rule).check == check_name]


def results(findings: list[Finding] | tuple[Finding, ...], check_name: str) -> dict[str, str]:
    return {one.rule: one.result for one in about(findings, check_name)}


def what(finding: Finding) -> str:
    """The code of what was seen, without the words about the rule's force."""
    return str(finding.reason.facts["what"].code)  # type: ignore[attr-defined]


def instalments(*rows: tuple[str, str]) -> tuple[Instalment, ...]:
    return tuple(Instalment(due=dt.date.fromisoformat(due), amount=Decimal(amount)) for due, amount in rows)
