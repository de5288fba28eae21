"""What a pattern needs: every match holds one of the words of each of its needs, so that few patterns are tried.

A need is a set of words of one or two characters. Most texts meet no key (the need that rules out most) of a pattern,
and of those that do, most lack the rest.
"""

from __future__ import annotations

from importlib import import_module
from itertools import product
from typing import Any

Need = frozenset[str]
_MOST = 4000
_WORD = 2


def needs_of(pattern: str) -> list[Need]:
    """The needs of a pattern, the one to look it up by first; none where nothing is known of its matches."""
    found = {frozenset(one) for one in _needed(_parsed(pattern))}
    plain = [one for one in found if not any(map(str.isspace, "".join(one)))]
    return sorted(plain, key=lambda one: (any(len(word) < _WORD for word in one), len(one), sorted(one)))


def _parsed(pattern: str) -> Any:
    # The only way to a pattern's structure; private, so its absence must cost speed alone.
    try:
        return import_module("re._parser").parse(pattern)
    except ImportError:
        return [("ANY", None)]


def _needed(nodes: Any) -> list[set[str]]:
    """Two needs for each stretch between gaps, by how its words begin and how they end; and those of what repeats."""
    found: list[set[str]] = []
    run: set[str] = {""}
    for name, argument in ((str(node[0]), node[1]) for node in nodes):
        words = _words(name, argument)
        if words is not None and len(run) * len(words) <= _MOST:
            run = {a + b for a, b in product(run, words)}
            continue
        found += _ends(run)
        run = words if words is not None and len(words) <= _MOST else {""}
        found += _inner(name, argument) if words is None else []
    return found + _ends(run)


def _ends(run: set[str]) -> list[set[str]]:
    return [] if "" in run else [{word[:_WORD] for word in run}, {word[-_WORD:] for word in run}]


def _words(name: str, argument: Any) -> set[str] | None:
    """All words a node can stand for, if these are few and known."""
    if name == "LITERAL":
        return {chr(argument)}
    if name in ("AT", "ASSERT", "ASSERT_NOT"):
        return {""}
    if name == "IN":
        known = all(str(kind) == "LITERAL" for kind, _ in argument)
        return {chr(code) for _, code in argument} if known else None
    if name == "BRANCH":
        parts = [_sequence(branch) for branch in argument[1]]
        return None if any(part is None for part in parts) else set().union(*(part or set() for part in parts))
    if name == "SUBPATTERN":
        return _sequence(argument[-1])
    if name == "MAX_REPEAT" and argument[:2] == (0, 1):
        inner = _sequence(argument[2])
        return None if inner is None else inner | {""}
    return None


def _sequence(nodes: Any) -> set[str] | None:
    run = {""}
    for node in nodes:
        words = _words(str(node[0]), node[1])
        if words is None or len(run) * len(words) > _MOST:
            return None
        run = {a + b for a, b in product(run, words)}
    return run


def _inner(name: str, argument: Any) -> list[set[str]]:
    """The needs of a node that must be there but holds gaps; of branches, what one or another needs."""
    if name == "SUBPATTERN":
        return _needed(argument[-1])
    if name == "BRANCH":
        parts = [_needed(branch) for branch in argument[1]]
        return [set().union(*(min(part, key=len) for part in parts))] if all(parts) else []
    return []
