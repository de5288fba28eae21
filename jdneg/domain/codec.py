"""One field-driven encode and decode for every record, on every path.

Encoded: a dict of JSON values in field order; None, False defaults and empty tuples are left out; Decimal is a
string, a rate is ``"0.05%/day"``, a date or an aware timestamp is ISO 8601. `encode` puts real ids in place of
`LocalRef`s by ``resolve``. `decode` raises ValueError, TypeError or InvalidValue for a payload that does not fit: the
caller knows whether that is a broken journal or a bad foreign file.
"""

from __future__ import annotations

import datetime as dt
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any, Literal, Union, get_args, get_origin

from jdneg.domain.ids import LocalRef
from jdneg.domain.money import money
from jdneg.domain.rate import Per, Rate
from jdneg.errors import BadRate

Json = dict[str, Any]

# Decimal fields that are not yuan: everything else is money to the fen.
PLAIN_NUMBERS = frozenset({"factor", "percent"})
_PLAIN_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+\d\d:\d\d", re.ASCII)
_PLAIN = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def encode(record: object, resolve: Callable[[LocalRef], str] | None = None) -> Json:
    """The payload of a record. A `LocalRef` without ``resolve`` is a bug and raises TypeError."""
    out: Json = {}
    cls: Any = type(record)
    for name, default in _defaults(cls):
        value = getattr(record, name)
        if value is not None and value != default:
            out[name] = _plain(value, resolve)
    return out


@cache
def _defaults(cls: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((f.name, None if f.default is MISSING else f.default) for f in fields(cls))


def _plain(value: Any, resolve: Callable[[LocalRef], str] | None) -> Any:
    if isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item, resolve) for item in value]
    if isinstance(value, Rate):
        return str(value)
    if isinstance(value, LocalRef) and resolve is not None:
        return resolve(value)
    if is_dataclass(value) and not isinstance(value, LocalRef | type):
        return encode(value, resolve)
    raise TypeError(f"no JSON form for {type(value).__name__}")


def decode(cls: type, payload: Mapping[str, Any]) -> Any:
    """The record of class ``cls``; an unknown or missing field, or a wrong type, raises."""
    plan, values = _plan(cls), {}
    known, least = plan.known, plan.least
    for name, value in payload.items():
        try:
            own, kind, choices, reader = known[name]
        except KeyError:  # met for the first time
            own, kind, choices, reader = plan.field(name)
        values[own] = value if type(value) is kind or (choices and value in choices) else reader(value)
    return cls(**values) if least is None or not values.keys() >= least else _of(cls, values)


def changed(record: Any, changes: Mapping[str, Any]) -> Any:
    """As `dataclasses.replace`, for records by the hundred thousand: nothing changed is the same record."""
    if not changes:
        return record
    cls: Any = type(record)
    return replace(record, **changes) if _least(cls) is None else _of(cls, {**vars(record), **changes})


def _of(cls: type, values: dict[str, Any]) -> Any:
    record: Any = object.__new__(cls)
    object.__setattr__(record, "__dict__", values)
    return record


@cache
def _least(cls: Any) -> frozenset[str] | None:
    """The fields that must be given, of a class without slots: all others stand on the class, as their defaults.

    So a contact of a dozen fields is made without setting the thirty it does not have.
    """
    plain = not (hasattr(cls, "__slots__") or hasattr(cls, "__post_init__"))
    made = any(one.default_factory is not MISSING for one in fields(cls))
    return frozenset(one.name for one in fields(cls) if one.default is MISSING) if plain and not made else None


def read_field(cls: type, name: str, value: Any) -> Any:
    """One field's value from its JSON form, by the same rules as `decode`."""
    return _plan(cls).field(name)[3](value)


@cache
def field_types(cls: type) -> dict[str, Any]:
    """The types of a record's fields by name: what `typing.get_type_hints` says, in a third of the time."""
    said: dict[str, Any] = {one.name: one.type for one in fields(cls)}
    known = vars(import_module(cls.__module__))
    found = {text: eval(text, known) for text in set(said.values())}  # noqa: S307 -- texts of our own records
    return {name: found[text] for name, text in said.items()}


def inner_record(hint: Any) -> type | None:
    """The record class that a field holds, if it holds one or several."""
    leaves = [hint, *get_args(hint), *(leaf for arg in get_args(hint) for leaf in get_args(arg))]
    records = (one for one in leaves if isinstance(one, type) and is_dataclass(one) and one not in (Rate, LocalRef))
    return next(records, None)


_Field = tuple[str, type | None, frozenset[str], Callable[[Any], Any]]


class _Plan:
    """How each field is read: its own name, the JSON type and the words that are the value itself, the reader.

    Most of a record is such values, read a hundred thousand times. The class finds its own names by identity, so
    that a record is made in half the time. A field is worked out when first it is met: most have few.
    """

    def __init__(self, cls: type) -> None:
        self._hints = field_types(cls)
        self.least = _least(cls)
        self.known: dict[str, _Field] = {}

    def field(self, name: str) -> _Field:
        """Raises ValueError for what is no field."""
        if name not in self.known:
            own = next((one for one in self._hints if one == name), None)
            if own is None:
                raise ValueError(f"unknown field {name}")
            hint = _bare(self._hints[own])
            kind = hint if hint in (str, int, bool) else None
            choices = frozenset(get_args(hint)) if get_origin(hint) is Literal else frozenset[str]()
            self.known[own] = (own, kind, choices, _reader(hint, own))
        return self.known[name]


@cache
def _plan(cls: type) -> _Plan:
    return _Plan(cls)


def _reader(hint: Any, name: str) -> Callable[[Any], Any]:
    """The reader for one field's type; ``X | None`` reads X, because None is never written."""
    hint = _bare(hint)
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _when
    if origin is tuple:
        item = _reader(args[0], name)
        return lambda value: tuple(item(one) for one in _expect(list, value, name))
    if origin is Literal:
        return lambda value: _one_of(args, value, name)
    if is_dataclass(hint) and isinstance(hint, type) and hint is not Rate:
        return lambda value: decode(hint, _expect(dict, value, name))
    return _SCALARS[hint](name)


def _bare(hint: Any) -> Any:
    """``X`` of ``X | None`` and of an id; the two of a `When` stay together."""
    if get_origin(hint) not in (Union, types.UnionType):
        return hint
    kinds = [arg for arg in get_args(hint) if arg not in (type(None), LocalRef)]
    return Union[tuple(kinds)]  # noqa: UP007 -- of one or two


def _expect(kind: type, value: Any, name: str) -> Any:
    if type(value) is not kind:
        raise TypeError(f"{name}: expected {kind.__name__}, found {type(value).__name__}")
    return value


def _one_of(choices: tuple[Any, ...], value: Any, name: str) -> Any:
    if value not in choices:
        raise ValueError(f"{name}: {value!r} is not one of {', '.join(map(str, choices))}")
    return value


def _when(value: Any) -> dt.date | dt.datetime:
    if type(value) is str and _PLAIN_TIME.fullmatch(value):  # as nearly all are
        return dt.datetime.fromisoformat(value)
    return _date(value) if isinstance(value, str) and len(value) == len("2026-11-22") else _moment(value)


def _date(value: Any) -> dt.date:
    day = dt.date.fromisoformat(_expect(str, value, "date"))
    if day.isoformat() != value:  # week dates and dates without dashes are ISO too, but never ours
        raise ValueError(f"{value} is not written as YYYY-MM-DD")
    return day


def _moment(value: Any) -> dt.datetime:
    moment = dt.datetime.fromisoformat(_expect(str, value, "time"))
    if moment.tzinfo is None:
        raise ValueError(f"{value} has no offset")
    if moment.isoformat() != value:
        raise ValueError(f"{value} is not written as YYYY-MM-DDTHH:MM:SS+HH:MM")
    return moment


def _decimal(value: Any) -> Decimal:
    if not _PLAIN.fullmatch(_expect(str, value, "number")):
        raise ValueError(f"{value} is not a plain decimal number")
    return Decimal(value)


def _rate(value: Any) -> Rate:
    """As it is written, which is narrower than what people may type (`parse_rate`)."""
    percent, _, per = _expect(str, value, "rate").partition("%/")
    if per not in get_args(Per) or not _PLAIN.fullmatch(percent) or percent.startswith("-"):
        raise BadRate(value=value)
    rate = Rate(Decimal(percent), per)
    if str(rate) != value:
        raise BadRate(value=value)
    return rate


def _money(value: Any) -> Decimal:
    return money(_expect(str, value, "amount"))


_SCALARS: dict[Any, Callable[[str], Callable[[Any], Any]]] = {
    str: lambda name: lambda value: _expect(str, value, name),
    int: lambda name: lambda value: _expect(int, value, name),
    bool: lambda name: lambda value: _expect(bool, value, name),
    Decimal: lambda name: _decimal if name in PLAIN_NUMBERS else _money,
    dt.date: lambda _: _date,
    dt.datetime: lambda _: _moment,
    Rate: lambda _: _rate,
}
