"""What acts or hides is replaced wherever it stands, and nothing else is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, strategies as st

from jdneg.domain.plaintext import BREAKS, JOINERS, replaced

ACTING = ["\x00", "\x1b", "\x7f", "\x9b", "\xad", "\u061c", "\u200b", "\u202e", "\u2028", "\ud800", "\U000e0041"]


@pytest.mark.parametrize("char", ACTING)
def test_what_acts_or_hides_is_replaced(char: str) -> None:
    assert replaced(f"a{char}甲", lambda one: f"<{ord(one):x}>") == f"a<{ord(char):x}>甲"


@pytest.mark.parametrize("text", ["", "普通文字 plain — 「引号」 😊", "全角\u3000空格", "a\tb\nc", "\ue000"])
def test_all_else_stays(text: str) -> None:
    assert replaced(text, lambda _: "!") == text


def test_what_is_kept_is_the_callers_say() -> None:
    assert replaced("👨\u200d👩\r\n", lambda _: "", JOINERS + BREAKS) == "👨\u200d👩\n"


@given(st.text(st.characters(codec=None), max_size=80))
def test_dropping_leaves_only_what_does_not_act(text: str) -> None:
    left = replaced(text, lambda _: "", "")
    assert not {unicodedata.category(one) for one in left} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert replaced(left, lambda _: "!", "") == left
