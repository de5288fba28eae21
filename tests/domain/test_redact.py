from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from jdneg.domain.records import RECORD_KINDS, class_of
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.exhibit import Exhibit
from jdneg.domain.records.journal import Profile
from jdneg.domain.records.loan import Loan
from jdneg.domain.records.paper import Letter
from jdneg.domain.redact import (
    collect_names,
    is_card_number,
    is_identity_number,
    mask_list,
    mask_record,
    mask_text,
    told_apart,
)

ID = "11010519491231002X"  # the worked example of GB 11643
CARD = "6222021234567890128"
NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)

GONE = [
    ("请联系13800138000", "13800138000", "请联系138****8000"),
    ("电话+86 138-0013-8000。", "138-0013-8000", "电话138****8000。"),
    ("电话１３８００１３８０００", "１３８００１３８０００", "电话１３８****８０００"),
    (f"身份证{ID}", ID, "身份证110*************2X"),
    ("身份证110105 19491231 002x", "19491231", "身份证110*************2x"),
    (f"卡号{CARD}", CARD, "卡号***************0128"),
    ("卡号6222 0212 3456 7890 128", "6222 0212", "卡号***************0128"),
    ("邮箱zhang.san@example.com请查收", "zhang.san", "邮箱z***@example.com请查收"),
]
KEPT = [
    "请致电95118或400-606-5500，或发12378", "【京东金融】10690000123456789", "2026-11-20 21:30，应还1,234.56元",
    "合同号20260310000123", "订单1234567890123456", "110105194912310021", "6222021234567890129", "尾号8000",
    "138****8000", "010-88886666", "2026-11-20 2026-11-21",
]  # fmt: skip


def test_numbers_that_look_alike_are_told_apart() -> None:
    """The same line has the same letter however it is written; nobody else's digits are shown for it."""
    near, same, other = "13800138001", "+86 138-0013-8001", "13811118001"
    apart = told_apart([other, near, same, "13900139000", "95118"])
    assert apart == {near: "138****8001 A", same: "138****8001 A", other: "138****8001 B",
                     "13900139000": "139****9000", "95118": "95118"}  # fmt: skip
    day = dt.date(2026, 11, 20)
    listed = [
        Stored(f"C{n}", Contact(channel="call", happened_at=day, number=one, third_party="李芳", said="找李芳"), NOW)
        for n, one in enumerate((near, other), 1)
    ]
    masked = [one.record for one in mask_list(listed)]
    assert [one.number for one in masked] == ["138****8001 A", "138****8001 B"]
    assert {one.said for one in masked} == {"找李*"}
    came = Letter(kind="notice", direction="in", drafted_on=day, received=listed[0].record)
    (letter, _) = mask_list([Stored("T1", came, NOW), listed[1]])
    assert letter.record.received.number == "138****8001 A"


@pytest.mark.parametrize(("text", "secret", "masked"), GONE)
def test_what_identifies_goes(text: str, secret: str, masked: str) -> None:
    assert mask_text(text) == masked
    assert secret not in masked


@pytest.mark.parametrize("text", KEPT)
def test_what_proves_stays(text: str) -> None:
    assert mask_text(text) == text


def test_checksums() -> None:
    assert is_identity_number(ID)
    assert is_identity_number(ID.lower())
    assert not is_identity_number("110105194912310021")
    assert is_card_number(CARD)
    assert not is_card_number("6222021234567890129")
    assert not is_card_number("")


def test_names() -> None:
    names = {"王小明", "小明", "李", "John Smith"}
    assert mask_text("王小明和小明、李四、john smith", names) == "王**和小*、李四、j*********"


ALPHABET = "0123456789 -*+86138@.xX王小明a张@"


@given(st.text(alphabet=ALPHABET, max_size=40), st.sets(st.text(alphabet="王小明张a91*", max_size=3), max_size=3))
def test_masking_twice_changes_nothing(text: str, names: set[str]) -> None:
    once = mask_text(text, names)
    assert mask_text(once, names) == once


@given(
    st.text(alphabet="你好，a。 ", max_size=8),
    st.from_regex(r"1[3-9]\d{9}", fullmatch=True),
    st.text(alphabet="你好，a。 ", max_size=8),
)
def test_no_mobile_survives(before: str, mobile: str, after: str) -> None:
    assert mobile not in mask_text(before + mobile + after)


def sample_fields(kind: type) -> dict[str, object]:
    """SECRET in every field marked as sensitive."""
    return {
        field.name: {"phone": "13800138000", "text": "找SECRET13800138000", "filename": "SECRET13800138000.m4a"}.get(
            field.metadata["sensitive"], "SECRET-13800138000"
        )
        for field in fields(kind)
        if "sensitive" in field.metadata
    }


WHOLE = {
    "contact": Contact(channel="call", happened_at=dt.date(2026, 11, 20), **sample_fields(Contact)),  # type: ignore[arg-type]
    "profile": Profile(**sample_fields(Profile)),  # type: ignore[arg-type]
    "exhibit": Exhibit(sha256="0" * 64, size=1, **sample_fields(Exhibit)),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("kind", WHOLE)
def test_no_planted_secret_leaves_a_record(kind: str) -> None:
    record = WHOLE[kind]
    assert "SECRET" in repr(record)
    masked = mask_record(record, {"SECRET"})
    assert "SECRET" not in repr(masked)
    assert "13800138000" not in repr(masked)
    assert mask_record(masked, {"SECRET"}) == masked


def test_records_inside_records_are_masked_too() -> None:
    contact = Contact(channel="call", happened_at=dt.date(2026, 11, 20), told_by="李芳")
    held = Stored("C1", contact, dt.datetime(2026, 11, 22, tzinfo=dt.UTC))
    assert mask_record(held).record.told_by == "李*"
    assert mask_record(held).id == "C1"


def test_long_texts_take_no_time() -> None:
    """Each would take minutes if a pattern went back over what it had read."""
    for text in ("a" * 200_000, "1 " * 100_000, "1234-" * 40_000, "86" * 100_000, "a.b@" * 50_000):
        assert mask_text(text) is not None


def test_every_mark_on_a_record_has_a_mask() -> None:
    from jdneg.domain.redact import _MASKS

    marks = {
        f.metadata["sensitive"] for kind in RECORD_KINDS for f in fields(class_of(kind)) if "sensitive" in f.metadata
    }
    assert marks <= set(_MASKS)


def test_the_other_sides_number_stays() -> None:
    contact = Contact(
        channel="sms", happened_at=dt.date(2026, 11, 20), number="95118", said="【京东金融】请还款233.33元"
    )
    assert mask_record(contact) == contact


def test_numbers_of_contracts_keep_their_tail() -> None:
    loan = Loan(lender="某银行", kind="bank", principal=1, start=dt.date(2026, 1, 1), contract_no="JD2026031000123")  # type: ignore[arg-type]
    assert mask_record(loan).contract_no == "***********0123"


def test_names_of_third_parties() -> None:
    contacts = [
        Contact(
            channel="call",
            happened_at=dt.date(2026, 11, 20),
            third_party="母亲李芳、同事 王强",
            told_by="李芳（我妈妈）",
        ),
        Contact(channel="call", happened_at=dt.date(2026, 11, 20), third_party="my wife Mary Jones", witness="张"),
        Contact(channel="call", happened_at=dt.date(2026, 11, 20), third_party="公司", told_by="母亲"),
    ]
    moment = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    assert collect_names([contacts[0], *(Stored("C1", contact, moment) for contact in contacts[1:])]) == {
        "李芳", "王强", "Mary Jones",
    }  # fmt: skip


SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "texts" / "messages.jsonl"


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples folder is not beside the project")
def test_real_messages_keep_their_words() -> None:
    texts = [json.loads(line)["text"] for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
    assert [text for text in texts if mask_text(text) != text] == []
