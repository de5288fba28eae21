"""Saved views: a filter with a name, called by ``@name``; kept in the home's settings, for it is no fact."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence

from jdneg.errors import BadViewName, UnknownView

_PREFIX = "view."
_NAME = re.compile(r"[^\W_][\w-]{0,39}")


def view_name(text: str) -> str:
    """The name, with or without its @. Raises BadViewName."""
    name = text.strip().lstrip("@＠")
    if not _NAME.fullmatch(name):
        raise BadViewName(value=text)
    return name


def saved_views(config: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Every view by its name; settings that somebody spoilt are left out."""
    found = {}
    for key, value in sorted(config.items()):
        if key.startswith(_PREFIX):
            try:
                found[key.removeprefix(_PREFIX)] = tuple(shlex.split(value))
            except ValueError:
                continue
    return found


def kept(config: Mapping[str, str], name: str, words: Sequence[str] | None) -> dict[str, str]:
    """The settings with the view put in, or without it (None)."""
    rest = {key: value for key, value in config.items() if key != _PREFIX + name}
    return rest if words is None else rest | {_PREFIX + name: shlex.join(words)}


def expanded(words: Sequence[str], config: Mapping[str, str]) -> list[str]:
    """The words with each ``@name`` replaced by its view's. Raises UnknownView."""
    if not any(word.startswith(("@", "＠")) for word in words):
        return list(words)
    views, found = saved_views(config), list[str]()
    for word in words:
        if not word.startswith(("@", "＠")):
            found.append(word)
            continue
        view = views.get(word[1:])
        if view is None:
            raise UnknownView(name=word[1:], known=", ".join(f"@{one}" for one in views) or "-")
        found += view
    return found
