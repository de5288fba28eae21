"""Every record kind, from values made by its own annotations: through JSON and back, and past pydantic."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings, strategies as st
from made_records import instances

from jdneg.domain.codec import decode, encode, field_types
from jdneg.domain.ids import LocalRef
from jdneg.domain.rate import Rate
from jdneg.domain.records import RECORD_KINDS, class_of
from jdneg.domain.records.account import Payment
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Loan, OverdueTerms
from jdneg.errors import BadAmount, BadRate

RECORDS = pytest.mark.parametrize("kind", RECORD_KINDS)


@RECORDS
@given(data=st.data())
@settings(max_examples=40)
def test_what_is_written_is_read_back(kind: str, data: st.DataObject) -> None:
    record = data.draw(instances(class_of(kind)))
    written = json.loads(json.dumps(encode(record), ensure_ascii=False))
    assert decode(class_of(kind), written) == record


@RECORDS
@given(data=st.data())
@settings(max_examples=40)
def test_nothing_is_written_that_says_nothing(kind: str, data: st.DataObject) -> None:
    record = data.draw(instances(class_of(kind)))
    written = encode(record)
    assert None not in written.values()
    assert not any(isinstance(value, float) for value in written.values())
    assert list(written) == [field.name for field in fields(record) if field.name in written]


@RECORDS
def test_types_are_what_the_standard_library_says(kind: str) -> None:
    assert field_types(class_of(kind)) == get_type_hints(class_of(kind))


def plain(value: Any) -> Any:
    """Records as dicts, as a foreign reader would hand them to pydantic; a rate stays a rate."""
    if isinstance(value, tuple):
        return tuple(plain(item) for item in value)
    if is_dataclass(value) and not isinstance(value, Rate | LocalRef | type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


@cache
def adapter(kind: str) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(class_of(kind))


@RECORDS
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_pydantic_accepts_the_same_values(kind: str, data: st.DataObject) -> None:
    record = data.draw(instances(class_of(kind)))
    assert adapter(kind).validate_python(plain(record)) == record


def test_the_written_form() -> None:
    moment = dt.datetime(2026, 11, 20, 21, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    assert encode(Contact(channel="call", happened_at=moment, said="[red]…", exhibits=("E1",))) == {
        "channel": "call", "happened_at": "2026-11-20T21:30:00+08:00", "said": "[red]…", "exhibits": ["E1"],
    }  # fmt: skip
    terms = OverdueTerms(factor=Decimal("1.5"), rate=Rate(Decimal("0.05"), "day"))
    loan = Loan(
        lender="某银行", kind="bank", principal=Decimal("20000.00"), start=dt.date(2026, 3, 10), overdue=terms
    )
    assert encode(loan) == {
        "lender": "某银行", "kind": "bank", "principal": "20000.00", "start": "2026-03-10",
        "overdue": {"factor": "1.5", "rate": "0.05%/day"},
    }  # fmt: skip


def test_an_unknown_no_is_not_an_unknown() -> None:
    """False where the default is None is a fact and is written."""
    assert encode(Contact(channel="call", happened_at=dt.date(2026, 11, 20), answered=False, duration_seconds=0)) == {
        "channel": "call", "happened_at": "2026-11-20", "duration_seconds": 0, "answered": False,
    }  # fmt: skip


def test_local_references_become_ids() -> None:
    payment = Payment(loan=LocalRef(0), amount=Decimal("1.00"), at=dt.date(2026, 4, 10), exhibits=(LocalRef(2), "E1"))
    assert encode(payment, lambda ref: f"L{ref.index}")["exhibits"] == ["L2", "E1"]
    with pytest.raises(TypeError):
        encode(payment)


GOOD = {"channel": "sms", "happened_at": "2026-11-20T21:30:00+08:00"}


@pytest.mark.parametrize(
    "change",
    [
        {"channel": "fax"},
        {"channel": None},
        {"happened_at": "2026-11-20T21:30:00"},
        {"happened_at": 1795267843},
        {"happened_at": "昨晚"},
        {"happened_at": "2026-02-30"},
        {"approximate": 1},
        {"approximate": "true"},
        {"duration_seconds": "5"},
        {"duration_seconds": 5.0},
        {"duration_seconds": True},
        {"said": 5},
        {"exhibits": "E1"},
        {"exhibits": [1]},
        {"visit": []},
        {"visit": {"unknown": 1}},
        {"surprise": 1},
        {"source": {"row": 1}},
    ],
)
def test_what_does_not_fit_is_refused(change: dict[str, object]) -> None:
    assert decode(Contact, GOOD)
    with pytest.raises((ValueError, TypeError)):
        decode(Contact, GOOD | change)


@pytest.mark.parametrize("amount", [1.0, "1e3", "1.234", "", "NaN", "1,000.00"])
def test_money_in_json_is_a_plain_string(amount: object) -> None:
    with pytest.raises((BadAmount, TypeError)):
        decode(Payment, {"loan": "L1", "at": "2026-04-10", "amount": amount})


def test_missing_and_badly_rated() -> None:
    with pytest.raises(TypeError):
        decode(Contact, {"channel": "sms"})
    for text in ("0.05", "-1%/day", "1e1%/day", "01%/day", "1 %/day", "1%/week", "1%/日", "%/day"):
        with pytest.raises(BadRate):
            decode(OverdueTerms, {"rate": text})


def test_a_json_number_is_no_money() -> None:
    with pytest.raises((BadAmount, TypeError)):
        decode(Payment, {"loan": "L1", "at": "2026-04-10", "amount": 1})


@pytest.mark.parametrize("factor", ["abc", "NaN", "1e3", "Infinity", "-1_0"])
def test_a_factor_is_a_plain_number(factor: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        decode(OverdueTerms, {"factor": factor})


def test_dates_have_one_form() -> None:
    with pytest.raises(ValueError, match="W47"):
        decode(Payment, {"loan": "L1", "at": "2026-W47-7", "amount": "1.00"})
