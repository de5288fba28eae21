from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from jdneg.domain.phones import classify, is_official_looking, normalise, same_number

TABLE = [
    # as shown            one spelling      kind
    ("13800138000", "13800138000", "mobile"),
    ("+86 138-0013-8000", "13800138000", "mobile"),
    ("008613800138000", "13800138000", "mobile"),
    ("8613800138000", "13800138000", "mobile"),
    ("１３８００１３８０００", "13800138000", "mobile"),
    ("17012345678", "17012345678", "mobile"),
    ("010-88886666", "01088886666", "landline"),
    ("(010) 8888 6666", "01088886666", "landline"),
    ("+86 10 8888 6666", "01088886666", "landline"),
    ("+8657188886666", "057188886666", "landline"),
    ("0571-88886666转8812", "057188886666x8812", "landline"),
    ("0571-88886666,8812", "057188886666x8812", "landline"),
    ("88886666", "88886666", "landline"),
    ("400-606-5500", "4006065500", "service"),
    ("+864006065500", "4006065500", "service"),
    ("8008101111", "8008101111", "service"),
    ("95118", "95118", "short"),
    ("+8695118", "95118", "short"),
    ("010-95118", "95118", "short"),
    ("057112345", "12345", "short"),
    ("12378", "12378", "short"),
    ("110", "110", "short"),
    ("10086", "10086", "short"),
    ("96110", "96110", "short"),
    ("1069138000123", "1069138000123", "sender"),
    ("+861065502180988", "1065502180988", "sender"),
    ("+1 (555) 555-0000", "+15555550000", "overseas"),
    ("0085223456789", "+85223456789", "overseas"),
    ("", "", "hidden"),
    (None, "", "hidden"),
    ("-1", "", "hidden"),
    ("Unknown", "", "hidden"),
    ("(Unknown)", "", "hidden"),
    ("未知号码", "", "hidden"),
    ("Private number", "", "hidden"),
    ("JDJR", "jdjr", "unknown"),
    ("138****0000", "138****0000", "unknown"),
    ("7", "7", "unknown"),
    ("12345678901234567890123", "12345678901234567890123", "unknown"),
]


@pytest.mark.parametrize(("shown", "spelling", "kind"), TABLE)
def test_spelling_and_kind(shown: str | None, spelling: str, kind: str) -> None:
    assert normalise(shown) == spelling
    assert classify(shown) == kind


def test_same_line() -> None:
    assert same_number("+86 138 0013 8000", "13800138000")
    assert same_number("010-95118", "95118")
    assert same_number("0571-88886666转8812", "0571-88886666")
    assert not same_number("0571-88886666转8812", "0571-88886666转8813")
    assert not same_number("13800138000", "13800138001")
    assert not same_number("", "")
    assert not same_number("未知", None)
    assert not same_number("138****0000", "138****0000")


def test_who_can_hold_it() -> None:
    assert [is_official_looking(n) for n in ("95118", "4006065500", "1069138000123", "13800138000", None)] == [
        True, True, True, False, False,
    ]  # fmt: skip


@given(st.text(alphabet="0123456789+-() 转x*", max_size=20) | st.text(max_size=12))
def test_one_spelling_stays(number: str) -> None:
    assert normalise(normalise(number)) == normalise(number)
    assert classify(normalise(number)) == classify(number)
