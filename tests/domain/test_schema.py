"""The guard at the trust boundary and the codec of the journal: they accept the same, and say no to the same."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from made_records import instances

from jdneg import i18n
from jdneg.domain.codec import decode, encode
from jdneg.domain.loans import contract_schedule
from jdneg.domain.messages import Message
from jdneg.domain.records import RECORD_KINDS, class_of
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Instalment
from jdneg.domain.schema import json_schema, json_schemas, validate, validate_part
from jdneg.errors import BadAmount, BadLoan, BadRecord, JdnegError

RECORDS = pytest.mark.parametrize("kind", RECORD_KINDS)
# Each is right for some field and wrong for most, or looks right and is not.
WRONG = st.sampled_from([
    1.0, 5, 10**30, True, None, [], {}, ["x"], [1], [{}], {"surprise": 1}, "", "x", "是", "1e3", "1.5", "1.00", "-1.00",
    "+1.00", "1.234", " 1.00", "1.00\n", "1,000.00", "１.00", "NaN", "Infinity", "0" * 20 + ".10", "9" * 14, "2026-11-20",
    "2026-02-30", "2026-W47-5", "20261120", "2026-11-20\n", "２０２６-11-20", "2026-11-20T21:30:00", "2026-11-20T21:30:00Z",
    "2026-11-20T21:30:00+08:00", "2026-11-20 21:30:00+08:00", "2026-11-20T21:30:00.5+08:00", "2026-11-20T21:30+08:00",
    "2026-11-20T21:30:00.000000+08:00", "2026-11-20T21:30:00-00:00", "2026-11-20T24:00:00+08:00", 1795267843,
    "0.05%/day", "0.05%/日", "5％/day", "05%/day", "5%", "bank", "call", "me", "kept",
])  # fmt: skip


def places(payload: Any, where: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a payload that can be spoilt."""
    inner = payload.items() if isinstance(payload, dict) else enumerate(payload) if isinstance(payload, list) else ()
    for key, value in inner:
        yield (*where, key)
        yield from places(value, (*where, key))


@st.composite
def spoilt(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """A sound payload with something changed, added or taken away."""
    payload = copy.deepcopy(encode(draw(instances(class_of(kind)))))
    names = [field.name for field in fields(class_of(kind))]
    where = draw(st.sampled_from([*places(payload), *((name,) for name in names), ("surprise",)]))
    inside: Any = payload
    for key in where[:-1]:
        inside = inside[key]
    if draw(st.booleans()) and isinstance(inside, dict):
        inside.pop(where[-1], None)
    else:
        inside[where[-1]] = draw(WRONG)
    return payload


def outcome(read: Any) -> Any:
    try:
        return read()
    except (ValueError, TypeError, JdnegError):
        return "refused"


@RECORDS
@given(data=st.data())
@settings(max_examples=30)
def test_what_the_journal_reads_the_guard_accepts(kind: str, data: st.DataObject) -> None:
    record = data.draw(instances(class_of(kind)))
    payload = json.loads(json.dumps(encode(record)))
    assert validate(kind, payload) == record == decode(class_of(kind), payload)


@RECORDS
@given(data=st.data())
def test_both_say_no_to_the_same(kind: str, data: st.DataObject) -> None:
    payload = data.draw(spoilt(kind))
    assert outcome(lambda: validate(kind, payload)) == outcome(lambda: decode(class_of(kind), payload))


CALL = {"channel": "call", "happened_at": "2026-11-20T21:30:00+08:00"}


@pytest.mark.parametrize("wrong", [1795267843, "2026-11-20T21:30:00", "2026-11-20T13:30:00Z", "昨晚", 1.5, None])
def test_a_time_is_a_day_or_has_its_offset(wrong: object) -> None:
    with pytest.raises(BadRecord):
        validate("contact", CALL | {"happened_at": wrong})


def test_an_instance_is_no_payload() -> None:
    """Its fields were never looked at: a dataclass takes whatever it is given."""
    unchecked = Contact(channel="fax", happened_at="soon")  # type: ignore[arg-type]
    with pytest.raises((BadRecord, TypeError)):
        validate("contact", unchecked)  # type: ignore[arg-type]
    with pytest.raises(BadRecord):
        validate(
            "loan", {"lender": "x", "kind": "bank", "principal": "1.00", "start": "2026-01-01", "overdue": unchecked}
        )


def test_all_faults_with_their_places_and_no_values() -> None:
    secret = "110101199003077758"
    payload = {
        "lender": 5, "kind": secret, "start": "2026-11-20T08:00:00+08:00", "surprise": secret,
        "schedule": [{"due": "2026-01-01", "amount": "1.00"}, {"due": secret, "amount": 1.5}],
        "overdue": {"factor": 1.5, "rate": secret}, "compound": True,
    }  # fmt: skip
    with pytest.raises(BadRecord) as caught:
        validate("loan", payload)
    faults = caught.value.facts["faults"]
    assert isinstance(faults, list)
    assert {(one.code, one.facts["field"]) for one in faults} == {
        ("schema.text", "lender"), ("schema.choice", "kind"), ("schema.date", "start"),
        ("schema.date", "schedule.1.due"), ("schema.money", "schedule.1.amount"),
        ("schema.number", "overdue.factor"), ("schema.rate", "overdue.rate"), ("schema.unknown", "surprise"),
        ("schema.unknown", "compound"),
    }  # fmt: skip
    for lang in i18n.LANGUAGES:
        said = i18n.say(Message("errors.bad_record", caught.value.facts), lang)
        assert secret not in said and "schedule.1.amount" in said
    assert caught.value.__context__ is None  # pydantic's own error shows the values


@RECORDS
def test_the_published_schema_is_of_the_record(kind: str) -> None:
    found = json_schema(kind)
    named = {field.name for field in fields(class_of(kind))}
    assert set(found["properties"]) == named
    assert found["additionalProperties"] is False
    assert json.loads(json.dumps(found)) == found


def test_the_patterns_published_are_those_held_to() -> None:
    loan = json_schema("loan")["properties"]
    assert re.search(loan["principal"]["pattern"], "20000.00")
    assert not re.search(loan["principal"]["pattern"], "1e3")
    assert re.search(loan["rate"]["pattern"], "0.05%/day")
    assert json_schema("contact")["properties"]["channel"]["enum"][0] == "call"


def test_one_document_holds_all_kinds() -> None:
    found = json_schemas()
    assert set(found["properties"]) == set(RECORD_KINDS)
    references = set(re.findall(r'"\$ref": "#/\$defs/(\w+)"', json.dumps(found)))
    assert references and references <= set(found["$defs"])


def test_a_row_of_a_schedule() -> None:
    assert validate_part(Instalment, {"due": "2026-01-01", "amount": "5.00"}).amount == 5
    rows = contract_schedule('date,amount,fee\n2026-01-01,"1,000.50",\n2026-02-01,¥20,1'.encode(), "plan.csv")
    assert [(str(one.due), str(one.amount), str(one.fee)) for one in rows] == [
        ("2026-01-01", "1000.50", "None"), ("2026-02-01", "20.00", "1.00"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("date,amount\n2026-01-01,5\n2026-W06-1,5", 3, "date"),
        ("date,amount\n2026-01-01,5\n20260201,5", 3, "date"),
        ("date,amount\n2026-01-01", 2, "amount"),
        ("date,amount\n,5", 2, "date"),
    ],
)
def test_a_bad_row_is_named(table: str, row: int, column: str) -> None:
    with pytest.raises((BadAmount, BadLoan)) as caught:
        contract_schedule(table.encode(), "plan.csv")
    assert caught.value.facts["where"] == Message("loan.schedule_cell", {"row": row, "name": column})
