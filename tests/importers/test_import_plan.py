from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files

from hypothesis import given, strategies as st

from jdneg.domain.dates import SHANGHAI
from jdneg.domain.messages import Message
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact, Source
from jdneg.domain.records.loan import Loan
from jdneg.importers.base import Candidate, Row, RowError, Skipped
from jdneg.importers.plan import ImportPlan, known_senders, plan_import

NOW = dt.datetime(2026, 11, 22, 14, 0, tzinfo=SHANGHAI)
AT = dt.datetime(2026, 11, 21, 21, 30, tzinfo=SHANGHAI)


def message(
    words: str = "请还款", place: str = "a", row: int = 1, number: str = "95118", at: dt.datetime = AT
) -> Candidate:
    source = Source(file_sha256="0" * 64, row=row, key=f"{place}-{words}", format="test")
    return Candidate(
        Contact(channel="sms", happened_at=at, direction="in", number=number, said=words, source=source), place
    )


def stored(*records: Contact) -> list[Stored[Contact]]:
    return [Stored(f"C{n}", record, NOW) for n, record in enumerate(records, 1)]


def loan(number: str, *agencies: str) -> Stored[Loan]:
    terms = Loan(
        lender="某银行", kind="bank", principal=Decimal("1.00"), start=dt.date(2026, 1, 1), agencies=agencies
    )
    return Stored(number, terms, NOW)


def planned(
    rows: list[Row],
    existing: list[Stored[Contact]] | None = None,
    loans: Sequence[Stored[Loan]] = (),
    *,
    only_known: bool = False,
    of_loan: str | None = None,
) -> ImportPlan:
    return plan_import(rows, existing or [], loans, only_known=only_known, loan=of_loan, now=NOW)


def counts(plan: ImportPlan) -> tuple[int, int, int, int, int]:
    return (len(plan.new), len(plan.duplicates), len(plan.changed), len(plan.skipped), len(plan.errors))


def test_the_same_file_again_brings_nothing() -> None:
    rows: list[Row] = [message("一", "a"), message("二", "b", 2)]
    first = planned(rows)
    assert counts(first) == (2, 0, 0, 0, 0)
    again = planned(rows, stored(*(candidate.record for candidate in first.new)))
    assert counts(again) == (0, 2, 0, 0, 0)


def test_two_equal_messages_are_two() -> None:
    rows: list[Row] = [message(row=1), message(row=2), message(row=3)]
    assert counts(planned(rows)) == (3, 0, 0, 0, 0)
    assert counts(planned(rows, stored(message().record, message().record))) == (1, 2, 0, 0, 0)


@given(st.lists(st.sampled_from("abc"), max_size=6), st.lists(st.sampled_from("abc"), max_size=6))
def test_never_fewer_or_more_copies_than_the_fuller_side(in_file: list[str], in_journal: list[str]) -> None:
    rows: list[Row] = [message(place, place, row) for row, place in enumerate(in_file, 1)]
    plan = planned(rows, stored(*(message(place, place).record for place in in_journal)))
    for place in "abc":
        new = sum(candidate.slot == place for candidate in plan.new)
        assert new == max(0, in_file.count(place) - in_journal.count(place))
    assert plan.rows == len(rows)


def test_other_words_of_the_same_moment_are_another_message_and_told() -> None:
    plan = planned([message("改过的")], stored(message("原来的").record))
    assert counts(plan) == (1, 0, 1, 0, 0)
    assert plan.rows == 1
    assert plan.changed[0].id == "C1"
    two = planned([message("改过的"), message("改过的", row=2)], stored(message("原来的").record))
    assert [len(two.new), len(two.duplicates)] == [2, 0]
    both = planned([message("原来的"), message("改过的", row=2)], stored(message("原来的").record))
    assert counts(both) == (1, 1, 0, 0, 0)


def test_an_amended_import_is_still_the_same_message() -> None:
    amended = replace(message().record, loan="L1", note="已回电")
    assert counts(planned([message()], stored(amended))) == (0, 1, 0, 0, 0)


def test_a_message_logged_by_hand_is_that_message_once() -> None:
    by_hand = Contact(channel="sms", happened_at=dt.date(2026, 11, 21), said="请 还款\n")
    assert counts(planned([message()], stored(by_hand))) == (0, 1, 0, 0, 0)
    assert counts(planned([message(), message(row=2)], stored(by_hand))) == (1, 1, 0, 0, 0)
    assert counts(planned([message()], stored(replace(by_hand, number="12378")))) == (1, 0, 0, 0, 0)
    assert counts(planned([message()], stored(replace(by_hand, happened_at=dt.date(2026, 11, 20))))) == (
        1,
        0,
        0,
        0,
        0,
    )
    assert counts(planned([message()], stored(replace(by_hand, channel="chat")))) == (1, 0, 0, 0, 0)


def call(number: str, of_loan: str) -> Contact:
    return Contact(channel="call", happened_at=AT, number=number, loan=of_loan)


KNOWING = stored(call("010-95118", "L1"), call("10690000", "L1"), call("10690000", "L2"))
LOANS = [loan("L1"), loan("L2", "某某金融")]
ROWS: list[Row] = [
    message(number="+86 95118"),
    message(number="10690000", place="b"),
    message("【某某金融】您好", "c", number="1069111"),
    message(number="13800138000", place="d"),
    message("【某银行】您好", "e", number="95555"),
]


def loans_of(plan: ImportPlan) -> list[object]:
    return [candidate.record.loan for candidate in plan.new]


def test_the_loan_when_exactly_one_is_known() -> None:
    assert loans_of(planned(ROWS, KNOWING, LOANS)) == ["L1", None, "L2", None, None]


def test_only_known_senders() -> None:
    plan = planned(ROWS, KNOWING, LOANS, only_known=True)
    assert loans_of(plan) == ["L1", None, "L2", None]
    assert [skipped.reason.code for skipped in plan.skipped] == ["importing.unknown_sender"]


def test_the_loan_the_user_named() -> None:
    assert loans_of(planned(ROWS, KNOWING, LOANS, of_loan="L2")) == ["L1", "L2", "L2", "L2", "L2"]
    assert loans_of(planned(ROWS, KNOWING, LOANS, of_loan="L2", only_known=True)) == ["L2", "L2", "L2"]


def test_what_the_journal_knows() -> None:
    known = known_senders(LOANS, [*KNOWING, *stored(Contact(channel="call", happened_at=AT, number="1", loan=None))])
    assert known.numbers == {"95118": {"L1"}, "10690000": {"L1", "L2"}}
    assert known.names == {"某银行": {"L1", "L2"}, "某某金融": {"L2"}}


def test_a_message_from_the_future_is_an_error() -> None:
    plan = planned([message(at=NOW + dt.timedelta(days=2)), message(at=NOW + dt.timedelta(hours=2), place="b")])
    assert counts(plan) == (1, 0, 0, 0, 1)
    assert plan.errors[0].reason.code == "importing.future_date"


def test_every_row_is_in_one_place() -> None:
    rows: list[Row] = [
        replace(message("一", "a"), attachments=2),
        message("二", "b", 2),
        Skipped(3, Message("importing.not_sent", {"state": "draft"})),
        RowError(4, "date", Message("importing.bad_date", {"value": "x"})),
    ]
    plan = planned(rows, stored(message("二", "b").record))
    assert (plan.rows, counts(plan), plan.attachments_left, plan.broken) == (4, (1, 1, 0, 1, 1), 2, False)
    assert planned([RowError(1, None, Message("importing.broken_xml", {"line": 3}), breaks_off=True)]).broken


def test_every_reason_has_its_sentence_in_both_languages() -> None:
    texts = [
        json.loads(files("jdneg").joinpath("data", "catalogue", lang, "importing.json").read_text("utf-8"))
        for lang in ("zh", "en")
    ]
    assert texts[0].keys() == texts[1].keys()
    used = {
        "bad_bytes",
        "bad_date",
        "broken_xml",
        "future_date",
        "has_doctype",
        "not_sent",
        "not_sms_backup",
        "not_xml",
        "too_large",
        "unknown_sender",
        "unknown_type",
    }
    catalogue = json.loads(files("jdneg").joinpath("data", "catalogue", "zh", "importing.json").read_text("utf-8"))
    assert used <= catalogue.keys()
