"""No pattern of wording or fraud repeats without a bound: a page of one character is read as fast as any other."""

from __future__ import annotations

from itertools import chain
from re import _constants as kinds, _parser as parser  # the standard library's own, which keeps them for such looks
from typing import Any

from jdneg.domain.slots import filled
from jdneg.storage.datafiles import scams, wording


def endless(tree: Any) -> bool:
    """Whether something in a parsed pattern may repeat for ever."""
    return any(
        (op in (kinds.MAX_REPEAT, kinds.MIN_REPEAT) and (given[1] == kinds.MAXREPEAT or endless(given[2])))
        or (op is kinds.SUBPATTERN and endless(given[3]))
        or (op is kinds.BRANCH and any(map(endless, given[1])))
        or (op in (kinds.ASSERT, kinds.ASSERT_NOT) and endless(given[1]))
        for op, given in tree
    )


def test_nothing_repeats_without_a_bound() -> None:
    book = scams()
    fraud = chain(*book.contexts.values(), *(one.patterns for one in book.signals.values()))
    written = [*(one.partition(" ")[2] for one in wording().patterns), *(filled(one, book.words) for one in fraud)]
    assert [one for one in written if endless(parser.parse(one))] == []


def test_an_endless_one_is_seen() -> None:
    assert endless(parser.parse("(?:a|b\\d+)")) and not endless(parser.parse("(?:a|b\\d{1,9})?"))
