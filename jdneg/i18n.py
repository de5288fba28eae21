"""The catalogue: one keyed JSON file per area and language, read when a key of that area is first asked.

``t("loan.added", id="L1")`` reads key ``added`` of ``data/catalogue/<lang>/loan.json``. Templates are
ours, facts are data: a fact is never read as a template. The language is fixed before commands are
imported, because Typer reads help texts at import.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

LANGUAGES = ("zh", "en")

_current = "en"


def use(lang: str) -> None:
    """Fix the interface language (zh or en) for this process."""
    global _current  # noqa: PLW0603 -- the one place that holds the language, set once by cli
    _current = lang


def language() -> str:
    return _current


@cache
def area(lang: str, name: str) -> dict[str, str]:
    """All texts of one area; an unknown area is a bug and raises FileNotFoundError."""
    path = files("jdneg").joinpath("data", "catalogue", lang, f"{name}.json")
    texts: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return texts


def t(key: str, /, lang: str | None = None, **facts: object) -> str:
    """The sentence for ``key`` with ``facts`` put in; a missing key raises KeyError (a bug, tested)."""
    name, _, rest = key.partition(".")
    template = area(lang or _current, name)[rest]
    return template.format(**facts) if facts else template


def pick(texts: dict[str, str], lang: str | None = None) -> str:
    """The right one of a rule's or channel's own bilingual texts."""
    return texts[lang or _current]
