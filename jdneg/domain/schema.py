"""Pydantic at the trust boundary: what comes from outside becomes a record here, and the JSON schema is published.

The types are read from the record classes, so there is one definition of each field; records themselves stay free
of pydantic, which would triple every start-up. Nothing is coerced: money is a string of yuan to the fen, a time a
date or an aware ISO 8601 timestamp, and an unknown field is a fault. `validate` and `jdneg.domain.codec.decode`
accept the same payloads; a test holds them equal. Imported only by commands that need it.
"""

from __future__ import annotations

import datetime as dt
import re
import types
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import MISSING, Field, fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin

from pydantic import AfterValidator, BeforeValidator, ConfigDict, StrictBool, StrictInt, TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema, WithJsonSchema
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from jdneg.domain.codec import PLAIN_NUMBERS, field_types
from jdneg.domain.ids import LocalRef
from jdneg.domain.messages import Message
from jdneg.domain.money import money
from jdneg.domain.rate import Rate, parse_rate
from jdneg.domain.records import RECORD_KINDS, class_of
from jdneg.errors import BadRecord, JdnegError
from jdneg.values import dataclass

# The fields of a record, no others; an instance handed in is no payload and is refused.
_CONFIG = ConfigDict(extra="forbid", revalidate_instances="always", strict=True)

_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_MOMENT = _DATE + r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?[+-][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{6})?)?"


@dataclass(frozen=True, slots=True)
class _Form:
    """A value that JSON holds as a string: its pattern, how it is made, how it is written (to be one way only)."""

    code: str
    pattern: str
    make: Callable[[str], Any]
    write: Callable[[Any], str] | None = None

    def read(self, value: Any) -> Any:
        if type(value) is str and re.fullmatch(self.pattern, value, re.DOTALL):
            with suppress(ValueError, JdnegError):
                made = self.make(value)
                if self.write is None or self.write(made) == value:
                    return made
        raise PydanticCustomError(self.code, self.code)  # the code is read by `_fault`, never shown

    def schema(self) -> dict[str, Any]:
        return {"type": "string"} | ({"pattern": f"^(?:{self.pattern})$"} if self is not _TEXT else {})


def _when(value: str) -> dt.date | dt.datetime:
    return dt.date.fromisoformat(value) if re.fullmatch(_DATE, value) else dt.datetime.fromisoformat(value)


_TEXT = _Form("text", ".*", str)
_FORMS: dict[Any, _Form] = {
    str: _TEXT,
    Decimal: _Form("money", r"-?[0-9]+(\.[0-9]{1,2})?", money),
    "number": _Form("number", r"[0-9]+(\.[0-9]+)?", Decimal),
    dt.date: _Form("date", _DATE, dt.date.fromisoformat),
    dt.datetime: _Form("moment", _MOMENT, dt.datetime.fromisoformat, dt.datetime.isoformat),
    "when": _Form("when", f"{_DATE}|{_MOMENT}", _when, lambda made: made.isoformat()),
    Rate: _Form("rate", r"[0-9]+(\.[0-9]+)?%/(year|month|day)", parse_rate, str),
}


def validate(kind: str, payload: Mapping[str, Any]) -> Any:
    """The record of a kind from foreign data. Raises BadRecord with all faults; it names fields, never values."""
    return validate_part(class_of(kind), payload)


def validate_part(cls: type, payload: Mapping[str, Any]) -> Any:
    """The same for a record that stands inside others, such as a row of a schedule."""
    try:
        return _adapter(cls).validate_python(dict(payload))
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False, include_context=False)
        faults = [_fault(one["type"], one["loc"]) for one in found]
    raise BadRecord(record=cls.__name__, faults=faults)


def json_schema(kind: str) -> dict[str, Any]:
    """JSON Schema (2020-12) of a kind's payload."""
    return {"$schema": GenerateJsonSchema.schema_dialect} | _adapter(class_of(kind)).json_schema()


def json_schemas() -> dict[str, Any]:
    """One document for all kinds: ``properties`` has each by its kind, ``$defs`` what they share."""
    every: list[Any] = [(kind, "validation", _adapter(class_of(kind))) for kind in RECORD_KINDS]
    found, shared = TypeAdapter.json_schemas(every, title="jdneg records")
    kinds = {kind: found[kind, "validation"] for kind in RECORD_KINDS}
    return {"$schema": GenerateJsonSchema.schema_dialect, "type": "object", "properties": kinds} | shared


@cache
def _adapter(cls: type) -> TypeAdapter[Any]:
    return TypeAdapter(_shape(cls))


@cache
def _shape(cls: type) -> Any:
    """A TypedDict with the fields of ``cls``, made into the record once it holds."""
    hints = field_types(cls)
    members = {one.name: _member(hints[one.name], one) for one in fields(cls)}
    make: Any = TypedDict  # type checkers know only TypedDicts that are written out
    shape = make(cls.__name__, members)
    shape.__pydantic_config__ = _CONFIG
    shape.__doc__ = cls.__doc__
    return Annotated[shape, AfterValidator(lambda values: cls(**values))]


def _member(hint: Any, one: Field[Any]) -> Any:
    kind = _type(hint, one.name)
    needed = one.default is MISSING and one.default_factory is MISSING
    return kind if needed else NotRequired[kind]


def _type(hint: Any, name: str) -> Any:
    """The strict type for one field's annotation; unknown (None) is left out of a payload, never written."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        kinds = [one for one in args if one not in (type(None), LocalRef)]
        return _scalar("when") if set(kinds) == {dt.date, dt.datetime} else _type(kinds[0], name)
    if origin is tuple:
        item: Any = _type(args[0], name)
        return Annotated[list[item], AfterValidator(tuple)]
    if origin is Literal:
        return hint
    if hint in (bool, int):
        return StrictBool if hint is bool else StrictInt
    if is_dataclass(hint) and isinstance(hint, type) and hint is not Rate:
        return _shape(hint)
    return _scalar("number" if hint is Decimal and name in PLAIN_NUMBERS else hint)


def _scalar(kind: Any) -> Any:
    form = _FORMS[kind]
    return Annotated[Any, BeforeValidator(form.read), WithJsonSchema(form.schema())]


_LONGEST_NAME = 60
_CODES = {
    "missing": "missing", "extra_forbidden": "unknown", "literal_error": "choice", "list_type": "list",
    "dict_type": "table", "bool_type": "yes_no", "int_type": "whole",
} | {form.code: form.code for form in _FORMS.values()}  # fmt: skip


def _fault(kind: str, place: tuple[int | str, ...]) -> Message:
    """What is wrong where: ``schedule.3.amount``."""
    where = ".".join(str(one) for one in place)[:_LONGEST_NAME]
    code = _CODES.get(kind, "form")
    return Message(f"schema.{code}", {"field": where})
