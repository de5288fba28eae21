"""A promise in one word: what, and behind the last @ by when."""

from __future__ import annotations

import datetime as dt

import pytest

from jdneg.domain.promises import read_promise, read_sided_promise
from jdneg.errors import BadChoice, EmptyText


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("typed", "what", "due"),
    [
        ("停止催收@2026-11-25", "停止催收", dt.date(2026, 11, 25)),
        ("停止催收 ＠ 2026-11-25", "停止催收", dt.date(2026, 11, 25)),
        ("停止催收", "停止催收", None),
        ("停止催收@", "停止催收", None),
        ("明细发到a@b.com", "明细发到a@b.com", None),
        ("明细发到a@163.com@2026-11-25", "明细发到a@163.com", dt.date(2026, 11, 25)),
        ("@主管回电@2026-11-25", "@主管回电", dt.date(2026, 11, 25)),
    ],
)
def test_what_and_by_when(typed: str, what: str, due: dt.date | None) -> None:
    found = read_promise(typed, "lender", "--they-promise", day)
    assert (found.by, found.what, found.due, found.state) == ("lender", what, due, "unknown")


def test_a_day_that_is_none_is_not_taken_for_words() -> None:
    with pytest.raises(ValueError, match="month"):
        read_promise("停止催收@2026-13-45", "lender", "--they-promise", day)


@pytest.mark.parametrize("typed", ["", " ", "@2026-11-25"])
def test_nothing_promised(typed: str) -> None:
    with pytest.raises(EmptyText):
        read_promise(typed, "me", "--i-promise", day)


def test_who_stands_in_front() -> None:
    assert read_sided_promise("lender：停@2026-11-25", "promises", day).by == "lender"
    assert read_sided_promise("me: 还500：分两次", "promises", day).what == "还500：分两次"
    for wrong in ("停止催收", "they:停", ":停"):
        with pytest.raises(BadChoice):
            read_sided_promise(wrong, "promises", day)
