"""The whole check: streaming, counting, stable."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import replace

from conduct_made import CHINA, book, checked, contact, lexicon, loan, stored, world

from jdneg.domain.conduct.check import CHECK_NAMES, check
from jdneg.domain.conduct.findings import can_breach
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.domain.rulebook import make_book

SAID = "弄死你,让你家人替你还欠款"


def test_a_stream_is_read_once_and_counted() -> None:
    def stream() -> Iterator[Stored[Contact]]:
        start = dt.datetime(2026, 11, 1, 9, tzinfo=CHINA)
        for n in range(500):
            yield stored("C", n + 1, contact(start + dt.timedelta(hours=n), robot=False, answered=None))

    outcome = check(stream(), world(), book(), lexicon())
    assert outcome.checked == 500
    assert {one.contact for one in outcome.findings} <= {f"C{n}" for n in range(1, 501)}


def test_findings_come_in_the_order_of_contacts() -> None:
    made = [contact("2026-11-20 23:00:00"), contact("2026-11-20 12:00:00"), contact("2026-11-19 23:00:00")]
    found = [one.contact for one in checked(made).findings]
    assert found == ["C1", "C3"]


def test_nothing_held_back_is_ever_a_breach() -> None:
    held = {rule.id for rule in book().rules.values() for value in rule.values if not can_breach(rule, value)}
    made = [
        contact(f"2026-11-{day:02} {hour:02}:00:00", channel, to_whom=whom, said=SAID, identity_stated=False)
        for day in (1, 2) for hour in (3, 12) for channel in ("call", "visit") for whom in (None, "family")
    ]  # fmt: skip
    for finding in checked(made).findings:
        assert finding.result != "breach" or finding.rule not in held


def test_checks_have_names() -> None:
    assert {"words", "third_party", "night", "frequency", "agreement", "visit", "identity"} <= CHECK_NAMES


def test_a_rule_dated_by_the_loan_goes_by_its_day() -> None:
    source = book().get("conduct.night.nifa2024")
    by_loan = make_book([replace(source, id="conduct.night.loan", dated_by="loan")], "made")
    for signed, count in ((dt.date(2024, 5, 14), 0), (dt.date(2024, 5, 15), 1), (None, 0)):
        where = world(loan(signed_on=signed))
        found = check([stored("C", 1, contact("2026-11-20 23:00:00"))], where, by_loan, lexicon()).findings
        assert len(found) == count, signed


def test_a_very_long_message_is_read_in_time() -> None:
    said = "您好,您的借款已逾期,请尽快还款。让你你你不还就" * 20_000
    began = time.perf_counter()
    assert checked([contact("2026-11-20 12:00:00", "sms", said=said)]).checked == 1
    assert time.perf_counter() - began < 5
