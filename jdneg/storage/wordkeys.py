"""Two-character keys of a pattern: every match holds one of them, so that most texts need no pattern at all."""

from __future__ import annotations

from importlib import import_module
from itertools import product
from typing import Any

_MOST = 4000
_KEY = 2


def keys_of(pattern: str) -> frozenset[str] | None:
    """The keys of a pattern; None when it has none (then it must always be tried)."""
    keys = _needed(_parsed(pattern))
    return None if keys is None else frozenset(keys)


def _parsed(pattern: str) -> Any:
    # The only way to a pattern's structure; private, so its absence must cost speed alone.
    try:
        return import_module("re._parser").parse(pattern)
    except ImportError:
        return [("ANY", None)]


def _needed(nodes: Any) -> set[str] | None:
    """The best of the stretches between gaps: the one with the fewest keys."""
    candidates: list[set[str]] = []
    run: set[str] = {""}
    for name, argument in ((str(node[0]), node[1]) for node in nodes):
        words = _words(name, argument)
        if words is not None and len(run) * len(words) <= _MOST:
            run = {a + b for a, b in product(run, words)}
            continue
        _offer(candidates, run)
        run = words if words is not None and len(words) <= _MOST else {""}
        inner = _inner(name, argument) if words is None else None
        if inner is not None:
            candidates.append(inner)
    _offer(candidates, run)
    return min(candidates, key=len, default=None)


def _offer(candidates: list[set[str]], run: set[str]) -> None:
    if all(len(word) >= _KEY for word in run):
        candidates.append({word[:_KEY] for word in run})


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


def _inner(name: str, argument: Any) -> set[str] | None:
    """Keys of a node that must be there but holds gaps."""
    if name == "SUBPATTERN":
        return _needed(argument[-1])
    if name == "BRANCH":
        parts = [_needed(branch) for branch in argument[1]]
        return None if any(part is None for part in parts) else set().union(*(part or set() for part in parts))
    return None
