"""How a fact reads in a Chinese paper, whatever the interface's language: ¥16,480.55; 2026年11月20日21:30."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from jdneg.domain.dates import SHANGHAI
from jdneg.domain.messages import Message
from jdneg.domain.money import grouped
from jdneg.i18n import t


def amount(value: Decimal) -> str:
    """Yuan to the fen with the sign before the currency."""
    return f"-¥{grouped(-value)}" if value < 0 else f"¥{grouped(value)}"


def day(value: dt.date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: dt.datetime) -> str:
    """On the clock of Shanghai."""
    local = value.astimezone(SHANGHAI)
    return f"{day(local)}{local:%H:%M}"


def sentence(message: Message) -> str:
    """A message for a record that a Chinese paper will quote."""
    return t(message.code, "zh", **{name: _fact(value) for name, value in message.facts.items()})


def _fact(value: object) -> object:
    if isinstance(value, Decimal):
        return amount(value)
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, Message):
        return sentence(value)
    return day(value) if isinstance(value, dt.date) else value
