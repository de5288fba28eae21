"""How a bundle speaks: its language is its reader's, its times are Beijing time, its blanks are 【待填】."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from jdneg.domain.dates import shanghai_moment
from jdneg.domain.messages import Message
from jdneg.domain.money import grouped
from jdneg.domain.records.base import When
from jdneg.i18n import area, t
from jdneg.values import dataclass

# Facts whose value is one of our fixed words, not a text from outside.
_CHOICES = frozenset({"channel", "to", "state", "direction", "refusal", "part"})


@dataclass(frozen=True, slots=True)
class Words:
    """All texts of one bundle in one language."""

    lang: str

    def say(self, key: str, **facts: object) -> str:
        """A sentence of this area, its facts put into words."""
        return t(f"bundle.{key}", self.lang, **{name: self._fact(name, value) for name, value in facts.items()})

    def message(self, message: Message) -> str:
        return t(message.code, self.lang, **{name: self._fact(name, value) for name, value in message.facts.items()})

    def text(self, value: Any) -> str:
        """Anything a reader may be shown: a message, a bilingual text, a plain one, a date, nothing."""
        if isinstance(value, Message):
            return self.message(value)
        if isinstance(value, Mapping):
            return str(value.get(self.lang) or next(iter(value.values()), ""))
        return self._fact("", value)

    def or_blank(self, value: Any) -> str:
        """The text, or 【待填】 where nobody said anything."""
        return self.text(value) if value else self.say("blank")

    def word(self, value: str | None) -> str:
        """The reader's word for one of our choices; any other text as it is."""
        if value is None:
            return self.say("none")
        return area(self.lang, "bundle").get(f"word_{value}") or area(self.lang, "word").get(value, value)

    def time(self, when: When | None) -> str:
        """Minutes on Shanghai's clock, or the bare day."""
        if when is None:
            return self.say("none")
        moment = shanghai_moment(when)
        return moment.strftime("%Y-%m-%d %H:%M") if moment else when.isoformat()

    def letter_kind(self, kind: str) -> str:
        return area(self.lang, "letter").get(f"kind_{kind}", kind)

    def length(self, seconds: int | None) -> str:
        """Minutes and seconds; blank when unknown."""
        return self.say("blank") if seconds is None else f"{seconds // 60}:{seconds % 60:02d}"

    def _fact(self, name: str, value: Any) -> str:
        if name in _CHOICES and isinstance(value, str):
            return self.word(value)
        if name == "kind" and isinstance(value, str):
            return self.letter_kind(value)
        if name == "paper" and isinstance(value, str):
            return area(self.lang, "papers").get(value, value)
        if isinstance(value, Message):
            return self.message(value)
        if isinstance(value, Decimal):
            return grouped(value)
        if isinstance(value, dt.date):
            return self.time(value)
        return self.say("none") if value is None else str(value)
