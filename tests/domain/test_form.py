"""A form says every field, and reading it back without a change sets nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st
from made_records import instances

from jdneg.domain.form import changed, form_rows, read_form, write_form
from jdneg.domain.records.account import Payment
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Loan
from jdneg.domain.records.paper import Letter
from jdneg.errors import BadFormLine, ManyErrors


@given(record=st.one_of(*(instances(cls) for cls in (Contact, Letter, Loan, Payment))))
def test_what_nobody_touched_is_not_set(record: Any) -> None:
    rows = form_rows(record, "是", "否")
    names = {key: key for key, _ in rows}
    text = write_form(rows, names, ["一行", "两行"])
    found = read_form(text, names)
    assert found.keys() == names.keys()
    assert changed(dict(rows), found) == []


def test_long_texts_are_set_in() -> None:
    rows = [("said", "一\n\n  二\n| 三"), ("note", "| x"), ("number", "")]
    names = {"said": "对方原话", "note": "备注", "number": "号码"}
    text = write_form(rows, names, [])
    assert text == "对方原话: |\n  一\n  \n    二\n  | 三\n备注: |\n  | x\n号码:\n"
    assert read_form(text, names) == dict(rows)


def test_either_name_either_colon_any_order() -> None:
    names = {"said": "对方原话", "number": "号码"}
    assert read_form("# x\n号码：9:5\r\nsaid: 你好\n", names) == {"number": "9:5", "said": "你好"}


def test_every_line_that_is_none_is_named() -> None:
    with pytest.raises(ManyErrors) as caught:
        read_form("nonsense\n号码: 1\n号码: 2\n颜色: 红\n", {"number": "号码"})
    assert [one.facts["text"] for one in caught.value.errors] == ["nonsense", "号码: 2", "颜色: 红"]
    with pytest.raises(BadFormLine):
        read_form("  文字\n", {"number": "号码"})
