from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from jdneg.domain.ids import BATCH, KINDS, PREFIXES, kind_of, number_of, parse_id
from jdneg.domain.records import RECORD_KINDS
from jdneg.errors import BadId


def test_no_letter_twice() -> None:
    assert len(KINDS) == len(PREFIXES)
    assert BATCH not in KINDS
    assert set(RECORD_KINDS) <= set(PREFIXES)


@pytest.mark.parametrize(
    ("typed", "stored"), [("L1", "L1"), ("l1", "L1"), (" c17 ", "C17"), ("b3", "B3"), ("Y999999999", "Y999999999")]
)
def test_ids_as_typed(typed: str, stored: str) -> None:
    assert parse_id(typed) == stored


@pytest.mark.parametrize(
    "typed", ["", "L", "1", "L0", "L01", "L-1", "X1", "LL1", "L1 L2", "L1.0", "L１", "L1234567890", "C1*", "../L1"]
)
def test_what_is_no_id(typed: str) -> None:
    with pytest.raises(BadId):
        parse_id(typed)


def test_of_the_kind_expected() -> None:
    assert parse_id("c1", "contact") == "C1"
    with pytest.raises(BadId) as raised:
        parse_id("C1", "loan")
    assert raised.value.facts == {"value": "C1", "expected": "L1"}


@given(st.sampled_from(sorted(PREFIXES)), st.integers(1, 999_999_999))
def test_taken_apart_and_put_together(kind: str, number: int) -> None:
    typed = f"{PREFIXES[kind]}{number}"
    assert parse_id(typed.lower(), kind) == typed
    assert (kind_of(typed), number_of(typed)) == (kind, number)
