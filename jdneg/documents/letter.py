"""A text template and a context become blocks.

The template is ours: a list of blocks in TOML. Each of its texts is rendered alone by a sandboxed Jinja2 that gets
the facts as data, so a fact can fill a text and never become a block, a template or markup. How facts read in
Chinese (¥16,480.55; 2026年11月20日21:30) is decided in `jdneg.documents.chinese`, once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from jdneg.blocks import Block, Bullets, Facts, Heading, Paragraph, Table
from jdneg.documents import chinese
from jdneg.domain.capitals import capitals
from jdneg.domain.correspondence.context import Blank
from jdneg.domain.dates import shanghai_day
from jdneg.domain.rate import Rate
from jdneg.i18n import area
from jdneg.values import dataclass

_NUMERALS = "零一二三四五六七八九"
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """The finished blocks, and the labels of what stands as 【待填：label】 in them, in their order."""

    blocks: tuple[Block, ...]
    missing: tuple[str, ...]


def render(template: Entry, values: Mapping[str, Any], lang: str = "zh") -> Draft:
    """Put the facts in. A name the template uses and the facts lack is a bug: UndefinedError or KeyError."""
    setter = _Setter(values, lang)
    title = Heading(setter.text(template["title"]), level=1)
    return Draft((title, *setter.blocks(template["block"])), tuple(setter.missing))


class _Setter:
    """One rendering: it counts sections and remembers the blanks it printed."""

    def __init__(self, values: Mapping[str, Any], lang: str) -> None:
        self.values = values
        self.words = area(lang, "letter")
        self.missing: dict[str, None] = {}
        self.sections = 0
        self.env = ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=self._say, autoescape=False)
        self.env.filters |= {
            "word": self._word,
            "words": self._list,
            "letter": self._letter,
            "capitals": self._capitals,
            "day": self._day,
        }

    def text(self, template: str, row: object = None, index: int = 0) -> str:
        return self.env.from_string(template).render(self.values, row=row, n=index)

    def blocks(self, entries: Iterable[Entry]) -> Iterator[Block]:
        for entry in entries:
            if self._wanted(entry):
                yield _MAKERS[entry["kind"]](self, entry)

    def _wanted(self, entry: Entry, row: object = None) -> bool:
        """``when`` names facts that must be there; ``!name`` one that must not. ``row.name`` asks the row."""
        return all(self._holds(name, row) for name in str(entry.get("when", "")).split())

    def _holds(self, name: str, row: object) -> bool:
        wanted, path = not name.startswith("!"), name.removeprefix("!").split(".")
        value: Any = {**self.values, "row": row}
        for part in path:
            value = value[part] if value else None
        return bool(value) == wanted

    def rows(self, entry: Entry) -> Sequence[object]:
        """The rows an ``each`` goes over; without it, the one row there is."""
        found = self.values[entry["each"]] if "each" in entry else (None,)
        return tuple(row for row in found if self._wanted({"when": entry.get("if", "")}, row))

    def lines(self, entry: Entry) -> tuple[str, ...]:
        """The items of a list: fixed ones with their ``when``, or one for each row."""
        if "items" in entry:
            return tuple(self.text(item["text"]) for item in entry["items"] if self._wanted(item))
        return tuple(self.text(_pick(entry["text"], row), row, n) for n, row in enumerate(self.rows(entry), 1))

    def heading(self, entry: Entry) -> Heading:
        self.sections += 1
        return Heading(f"{_ordinal(self.sections)}、{self.text(entry['text'])}", level=2)

    def paragraph(self, entry: Entry) -> Paragraph:
        align = entry.get("align", "left")
        indent = entry.get("indent", align == "left")
        return Paragraph(self.text(entry["text"]), entry.get("strong", False), align, indent)

    def bullets(self, entry: Entry) -> Bullets:
        return Bullets(self.lines(entry), entry.get("numbered", False))

    def facts(self, entry: Entry) -> Facts:
        shown = [row for row in entry["rows"] if self._wanted(row)]
        return Facts(tuple((self.text(row["label"]), self.text(row["text"])) for row in shown))

    def table(self, entry: Entry) -> Table:
        columns = entry["columns"]
        body = [
            tuple(self.text(column["text"], row, n) for column in columns)
            for n, row in enumerate(self.rows(entry), 1)
        ]  # fmt: skip
        right = tuple(n for n, column in enumerate(columns) if column.get("right"))
        return Table(tuple(self.text(column["head"]) for column in columns), tuple(body), right=right)

    def _say(self, value: object) -> str | Undefined:
        """How a fact reads. A kind of value that has no reading here is a bug."""
        if isinstance(value, str | Undefined):
            return value
        if isinstance(value, Blank):
            label = self.words[f"blank_{value.key}"]
            self.missing[label] = None
            return self.words["blank"].format(label=label)
        return _plain(value, self.words)

    def _word(self, code: object) -> object:
        """The word for a code such as ``sms``; what is no code of ours is text and stays as it is."""
        return self.words.get(f"word_{code}", code) if isinstance(code, str) else code

    def _letter(self, kind: str) -> str:
        """The name of a letter's kind; one not among ours is a letter all the same."""
        return self.words.get(f"kind_{kind}", self.words["word_letter"])

    def _list(self, codes: Sequence[object]) -> str:
        return "、".join(str(self._say(self._word(code))) for code in codes)

    def _capitals(self, amount: object) -> object:
        return capitals(amount) if isinstance(amount, Decimal) else amount

    def _day(self, when: object) -> object:
        return shanghai_day(when) if isinstance(when, dt.date) else when


def _pick(text: str | Mapping[str, str], row: Any) -> str:
    """One text for every row, or a text by the row's kind."""
    return text if isinstance(text, str) else text[row["kind"]]


def _plain(value: object, words: Mapping[str, str]) -> str:
    if isinstance(value, Decimal):
        return chinese.amount(value)
    if isinstance(value, dt.datetime):
        return chinese.moment(value)
    if isinstance(value, dt.date):
        return chinese.day(value)
    if isinstance(value, Rate):
        return f"{words[f'rate_{value.per}']}{value.percent:f}%"
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise TypeError(f"a letter has no words for {type(value).__name__}")


def _ordinal(number: int) -> str:
    """一 to 十九: a letter has no more sections."""
    tens, ones = divmod(number, 10)
    return ("十" if tens else "") + (_NUMERALS[ones] if ones else "")


_MAKERS: dict[str, Callable[[_Setter, Entry], Block]] = {
    "heading": _Setter.heading,
    "paragraph": _Setter.paragraph,
    "bullets": _Setter.bullets,
    "facts": _Setter.facts,
    "table": _Setter.table,
}
