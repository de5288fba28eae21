"""The catalogue: one keyed JSON file per area and language, read when a key of that area is first asked.

``t("loan.added", id="L1")`` reads key ``added`` of ``data/catalogue/<lang>/loan.json``. Templates are
ours, facts are data: a fact is never read as a template. The language is fixed before commands are
imported, because Typer reads help texts at import.
"""

from __future__ import annotations

import json
import string
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from jdneg.domain.messages import Message
from jdneg.domain.rate import Rate

LANGUAGES = ("zh", "en")

# Not by importlib.resources: it costs every command 6 ms.
_CATALOGUE = Path(__file__).parent / "data" / "catalogue"

_current = "en"


class _Counting(string.Formatter):
    """``{days:day|days}`` is a number with the noun that goes with it."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, either, many = format_spec.partition("|")
        return f"{value} {one if value == 1 else many}" if either else str(format(value, format_spec))


_counting = _Counting()


def use(lang: str) -> None:
    """Fix the interface language (zh or en) for this process."""
    global _current  # noqa: PLW0603 -- the one place that holds the language, set once by cli
    _current = lang


def language() -> str:
    return _current


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """For a document whose reader has another language than the terminal."""
    before = _current
    use(lang)
    try:
        yield
    finally:
        use(before)


@cache
def area(lang: str, name: str) -> dict[str, str]:
    """All texts of one area; an unknown area is a bug and raises FileNotFoundError."""
    texts: dict[str, str] = json.loads((_CATALOGUE / lang / f"{name}.json").read_text(encoding="utf-8"))
    return texts


def t(key: str, /, lang: str | None = None, **facts: object) -> str:
    """The sentence for ``key`` with ``facts`` put in; a missing key raises KeyError (a bug, tested)."""
    name, _, rest = key.partition(".")
    template = area(lang or _current, name)[rest]
    if not facts:
        return template
    return _counting.vformat(template, (), facts) if "|" in template else template.format(**facts)


def say(message: Message, lang: str | None = None) -> str:
    """A message in words; facts that are messages or lists themselves are put into words first."""
    return t(message.code, lang, **{key: _fact(value, lang) for key, value in message.facts.items()})


def _fact(value: object, lang: str | None) -> object:
    if isinstance(value, Message):
        return say(value, lang)
    if isinstance(value, Rate):
        return rate_words(value, lang)
    if isinstance(value, list | tuple):
        return ", ".join(str(_fact(one, lang)) for one in value)
    return value


def rate_words(rate: Rate | None, lang: str | None = None) -> str:
    """``0.05%/日``: it can be typed so, too. Nothing for none."""
    if rate is None:
        return ""
    return t(f"app.per_{rate.per}", lang, percent=f"{rate.percent:f}")


def pick(texts: Mapping[str, str], lang: str | None = None) -> str:
    """The right one of a rule's or channel's own bilingual texts."""
    return texts[lang or _current]
