"""Records of every kind, made by their own annotations."""

from __future__ import annotations

import datetime as dt
import types
from dataclasses import fields
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from jdneg.domain.codec import PLAIN_NUMBERS
from jdneg.domain.ids import LocalRef
from jdneg.domain.rate import Rate

OFFSETS = st.integers(-23, 23).map(lambda half_hours: dt.timezone(dt.timedelta(minutes=30 * half_hours)))
FACTORS = st.decimals(0, 100, places=4)
SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=8),
    int: st.integers(0, 10_000),
    bool: st.booleans(),
    Decimal: st.decimals("-9999999", "9999999", places=2),
    dt.date: st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)),
    dt.datetime: st.datetimes(dt.datetime(1990, 1, 2), dt.datetime(2100, 1, 1), timezones=OFFSETS),
    Rate: st.builds(Rate, st.decimals(0, 100, places=4), st.sampled_from(["year", "month", "day"])),
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    origin, args = get_origin(hint), get_args(hint)
    if hint in SCALARS:
        return SCALARS[hint]
    if origin in (Union, types.UnionType):
        return st.one_of(*(values(arg) for arg in args if arg is not LocalRef))
    if origin is tuple:
        return st.lists(values(args[0]), max_size=2).map(tuple)
    if origin is Literal:
        return st.sampled_from(args)
    return st.none() if hint is type(None) else instances(hint)


@cache
def instances(cls: type) -> st.SearchStrategy[Any]:
    hints = get_type_hints(cls)
    made = {field.name: values(hints[field.name]) for field in fields(cls)}
    return st.builds(cls, **made | {name: st.none() | FACTORS for name in made.keys() & PLAIN_NUMBERS})
