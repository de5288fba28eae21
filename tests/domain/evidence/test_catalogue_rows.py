"""Numbers, groups and neutral purposes of exhibits; instalments; masking."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st

from jdneg.domain.evidence.catalogue import GROUPS, catalogue, group_of
from jdneg.domain.evidence.instalments import case_states
from jdneg.domain.evidence.links import CaseFile
from jdneg.domain.evidence.redaction import Mask, mask_for, masked_file, third_parties, withheld_reason
from jdneg.domain.evidence.timeline import timeline
from jdneg.domain.messages import Message
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Agreement, Case
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.exhibit import Exhibit
from jdneg.domain.records.journal import Profile
from jdneg.domain.records.loan import Instalment, Loan
from jdneg.domain.records.paper import Letter

ZONE = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 11, 22, 9, tzinfo=ZONE)
LOAN = Loan(lender="甲公司", kind="bank", principal=Decimal("1000.00"), start=dt.date(2026, 1, 1))


def put(record_id: str, record: Any, **more: bool) -> Stored[Any]:
    return Stored(record_id, record, NOW, "", **more)


def contact(day: int, **more: object) -> Contact:
    facts: dict[str, object] = {"channel": "call", "happened_at": dt.datetime(2026, 11, day, 20, tzinfo=ZONE)}
    return Contact(**(facts | more))


def exhibit(*supports: str, **more: object) -> Exhibit:
    return Exhibit(sha256="0" * 64, name="a.txt", size=1, supports=supports, **more)


def rows(file: CaseFile) -> list[tuple[str, str]]:
    return [(row.number, row.id) for row in catalogue(file, lambda _: None)]


def test_numbers_go_by_group_then_time_then_id() -> None:
    file = CaseFile(
        loans=(put("L1", LOAN),),
        contacts=(put("C1", contact(9, direction="in")), put("C2", contact(3, direction="in", exhibits=("E1",)))),
        exhibits=(
            put("E10", exhibit("C1")),
            put("E2", exhibit("C1")),
            put("E1", exhibit()),
            put("E3", exhibit("L1")),
            put("E4", exhibit()),
        ),
    )
    assert rows(file) == [("1-1", "E3"), ("4-1", "E1"), ("4-2", "E2"), ("4-3", "E10"), ("6-1", "E4")]


def test_the_event_decides_before_the_loan() -> None:
    file = CaseFile(
        loans=(put("L1", LOAN),),
        contacts=(put("C1", contact(9, direction="in")),),
        exhibits=(put("E1", exhibit("L1", "C1")),),
    )
    assert rows(file) == [("4-1", "E1")]


def test_a_record_that_is_gone_supports_nothing() -> None:
    assert rows(CaseFile(exhibits=(put("E1", exhibit("C7")),))) == [("6-1", "E1")]


@pytest.mark.parametrize(
    ("kind", "record", "group"),
    [
        ("loan", LOAN, "contract"),
        ("payment", None, "payment"),
        ("case", None, "negotiation"),
        ("complaint", None, "complaint"),
        ("contact", contact(1, direction="in"), "collection"),
        ("contact", contact(1, direction="in", case="G1"), "negotiation"),
        ("contact", contact(1, direction="out"), "negotiation"),
        ("letter", Letter(kind="proposal", direction="out", drafted_on=dt.date(2026, 1, 1)), "negotiation"),
        ("letter", Letter(kind="x", direction="in", drafted_on=dt.date(2026, 1, 1)), "collection"),
        ("claim", Claim(loan="L1", at=dt.date(2026, 1, 1), source="statement"), "contract"),
        ("claim", Claim(loan="L1", at=dt.date(2026, 1, 1), source="sms"), "collection"),
        ("budget", None, "other"),
    ],
)
def test_groups(kind: str, record: object, group: str) -> None:
    assert group_of(kind, record) == group
    assert group in GROUPS


def test_what_it_shows_is_the_users_word_else_neutral_else_open() -> None:
    file = CaseFile(
        contacts=(put("C1", contact(9)),),
        exhibits=(put("E1", exhibit("C1", proves="证明甲")), put("E2", exhibit("C1")), put("E3", exhibit())),
    )
    found = {row.id: row.proves for row in catalogue(file, lambda _: None)}
    assert found["E1"] == "证明甲"
    assert isinstance(found["E2"], Message)
    assert found["E2"].code == "bundle.proves_contact"
    assert found["E3"] is None


# -- instalments


def due(month: int, amount: str = "100.00") -> Instalment:
    return Instalment(due=dt.date(2026, month, 10), amount=Decimal(amount))


AS_OF = dt.date(2026, 5, 1)


def agreed_file(*loans: str, **more: Any) -> CaseFile:
    """A contract of four months and, from March, an agreement about the loans; 50 yuan paid in March."""
    fields = {"offer": 1, "agreed_at": dt.date(2026, 2, 20), "starts": dt.date(2026, 3, 1), "oral": False}
    agreed = Agreement(**{**fields, "instalments": (due(3, "50.00"), due(4, "50.00")), **more})
    return CaseFile(
        loans=tuple(put(one, LOAN) for one in loans),
        cases=(put("G1", Case(loans=loans, goal="x", opened_on=dt.date(2026, 2, 1), agreement=agreed)),),
        payments=(put("Y1", Payment(loan=loans[-1], amount=Decimal("50.00"), at=dt.date(2026, 3, 10))),),
        schedules={one: (due(1), due(2), due(3), due(4)) for one in loans},
    )


def told(file: CaseFile, as_of: dt.date = AS_OF) -> list[tuple[str, int, str, bool]]:
    return [(one.loan, one.row.due.month, one.row.state, one.oral) for one in case_states(file, as_of)]


def test_from_an_agreements_start_its_own_schedule_counts() -> None:
    assert told(agreed_file("L1")) == [
        ("L1", 1, "unpaid", False),
        ("L1", 2, "unpaid", False),
        ("L1", 3, "on_time", False),
        ("L1", 4, "unpaid", False),
    ]


def test_while_it_is_oral_the_contracts_schedule_runs_on_beside_it() -> None:
    found = told(agreed_file("L1", oral=True))
    assert found[:4] == [("L1", 1, "partial", False), *(("L1", month, "unpaid", False) for month in (2, 3, 4))]
    assert found[4:] == [("L1", 3, "on_time", True), ("L1", 4, "unpaid", True)]


def test_an_agreement_about_several_loans_is_told_once_with_what_was_paid_on_any() -> None:
    assert told(agreed_file("L1", "L2")) == [
        ("L1", 1, "unpaid", False),
        ("L1", 2, "unpaid", False),
        ("L1", 3, "on_time", False),
        ("L1", 4, "unpaid", False),
        ("L2", 1, "unpaid", False),
        ("L2", 2, "unpaid", False),
    ]


def test_an_ended_agreement_leaves_the_contracts_schedule() -> None:
    found = told(agreed_file("L1", ended_on=dt.date(2026, 4, 1)))
    assert [(month, state) for _, month, state, _ in found] == [
        (1, "partial"), (2, "unpaid"), (3, "unpaid"), (4, "unpaid"),
    ]  # fmt: skip


def test_an_instalment_is_no_lapse_on_its_own_day() -> None:
    assert told(agreed_file("L1"), dt.date(2026, 1, 10)) == []


# -- timeline


def test_a_lapse_under_words_alone_says_so() -> None:
    file = agreed_file("L1", oral=True)
    events = [one for one in timeline(file, case_states(file, AS_OF)) if one.what.code == "bundle.event_due_unpaid"]
    assert [[more.code for more in one.more] for one in events] == [[], [], [], ["bundle.with_oral"]]


def test_events_are_in_order_and_a_gap_is_counted_in_shanghai_days() -> None:
    late = Stored("C1", contact(3), dt.datetime(2026, 11, 3, 16, 30, tzinfo=dt.UTC))
    file = CaseFile(contacts=(put("C2", contact(2)), late))
    found = timeline(file)
    assert [(one.id, one.gap_days) for one in found] == [("C2", 20), ("C1", 1)]


def test_marks() -> None:
    heard = contact(3, told_by="某人", approximate=True)
    dateless = contact(4, happened_at=dt.date(2026, 11, 4))
    file = CaseFile(contacts=(put("C1", heard, clock_set=True, amended=True), put("C2", dateless)))
    assert [one.marks for one in timeline(file)] == [("approximate", "hearsay", "clock_set", "amended"), ("no_time",)]


def test_drafts_are_no_events() -> None:
    draft = Letter(kind="dispute", direction="out", drafted_on=dt.date(2026, 11, 1))
    assert timeline(CaseFile(letters=(put("T1", draft),))) == ()


# -- masking


def test_numbers_are_found_however_they_are_written() -> None:
    mask = Mask(numbers=frozenset({"0571-87654321"}))
    for text in ("057187654321", "0571 8765 4321", "0571-8765-4321", "０５７１８７６５４３２１"):
        assert "4321" not in mask.text(f"电话{text}。")
        assert "４３２１" not in mask.text(f"电话{text}。")
    assert mask.text("10571876543210") == "10571876543210"


def test_names_are_found_with_blanks_in_them_and_latin_ones_only_as_words() -> None:
    mask = Mask(names=frozenset({"欧阳兰芝", "Al"}))
    assert mask.text("欧阳 兰芝 called") == "欧**** called"
    assert mask.text("AL 和 call") == "A* 和 call"


def test_hashes_stay() -> None:
    assert Mask(numbers=frozenset({"111111"})).text("1" * 64) == "1" * 64


@given(st.text(alphabet="欧阳兰芝 0139-1234567８x王", max_size=60))
def test_masking_leaves_nothing_and_does_not_change_its_own_work(text: str) -> None:
    mask = Mask(frozenset({"欧阳兰芝"}), frozenset({"13912345678"}), frozenset())
    once = mask.text(text)
    assert not mask.leaks(once)
    assert mask.text(once) == once


def test_what_is_masked_comes_from_the_records() -> None:
    family = contact(1, to_whom="family", third_party="母亲李芳", number="0571-87654321", note="李芳很害怕")
    official = contact(2, to_whom="me", number="95118", witness="王小明")
    file = CaseFile(contacts=(put("C1", family), put("C2", official)))
    mask = mask_for(file, Profile(id_number="11010519491231002X", address="某市某路1号"))
    one, two = (stored.record for stored in masked_file(file, mask).contacts)
    assert (one.note, two.number) == ("李*很害怕", "95118")
    assert "李芳" not in repr(one)
    assert "87654321" not in repr(one)
    assert mask.text("住某市某路1号,证号11010519491231002x") == "住某*****,证号******************"
    assert third_parties(file) == ("母亲李芳", "王小明")


def test_only_text_that_was_read_can_go() -> None:
    assert withheld_reason("text", "甲") is None
    assert withheld_reason("text", None) == "unreadable_text"
    assert withheld_reason("image", None) == "not_text"
