"""``@dataclass`` as the standard library's, made four times as fast.

The standard decorator compiles every method of every class: 0.4 to 0.7 ms for a frozen slotted one, and with the
sixty of a ``log-call`` that was a third of its time. Here the standard decorator still reads the fields and makes
the slots, so that `dataclasses.fields`, `replace` and pydantic know the class; only ``__init__`` is compiled, and
that only for a class with many instances; the other methods are shared code. Type checkers see the standard
decorator, and what is not plain (a dataclass as base, ``InitVar``, other options) goes to it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls: type | None = None, /, **options: bool) -> Any:
        """``@dataclass``, ``@dataclass(frozen=True, slots=True, kw_only=True)``; equality is by class and fields."""
        return _wrap(options) if cls is None else _wrap(options)(cls)


__all__ = ["dataclass"]

_PLAIN = frozenset({"frozen", "slots", "kw_only"})
_SPECIAL = ("ClassVar", "InitVar", "KW_ONLY")
_FRESH: Any = object()  # stands for "not given" where a default is made anew each time
_FEW = 10  # to compile an ``__init__`` takes as long as ten to forty calls of the shared one


def _wrap(options: dict[str, bool]) -> Callable[[type], type]:
    return lambda cls: _made(cls, options) if _is_plain(cls, options) else dataclasses.dataclass(**options)(cls)


def _is_plain(cls: type, options: dict[str, bool]) -> bool:
    own = vars(cls)
    said = str(cls.__annotations__.values())
    special = "__post_init__" in own or any(word in said for word in _SPECIAL)
    based = any(dataclasses.is_dataclass(base) for base in cls.__mro__[1:])
    fields = (one for one in own.values() if isinstance(one, dataclasses.Field))
    odd = any(not (one.init and one.compare) or one.hash is not None for one in fields)
    return options.keys() <= _PLAIN and not (special or based or odd)


def _made(cls: type, options: dict[str, bool]) -> type:
    cls.__doc__ = cls.__doc__ or cls.__name__  # else the standard decorator works a signature out for it
    frozen = options.get("frozen", False)
    bare = {name: value for name, value in options.items() if name != "frozen"}
    said = cls.__annotations__
    cls.__annotations__ = dict.fromkeys(said, object)  # the standard decorator searches each text for ClassVar
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, **bare)(cls)
    made.__annotations__ = said
    made.__dataclass_params__.frozen, made.__dataclass_params__.eq = frozen, True
    fields = dataclasses.fields(made)
    for one in fields:
        one.type = said[one.name]
    names = tuple(one.name for one in fields)
    made.__init__ = _init_when_needed(made, fields, frozen=frozen)
    methods = _compared(names, hashed=frozen) | (
        {"__setattr__": _no_set, "__delattr__": _no_delete} if frozen else {}
    )
    if frozen and options.get("slots"):
        methods |= {"__getstate__": _getstate, "__setstate__": _setstate}
    for name, method in methods.items():
        if name not in vars(cls):
            setattr(made, name, method)
    return made  # type: ignore[no-any-return]


def _init_when_needed(cls: Any, fields: tuple[dataclasses.Field[Any], ...], *, frozen: bool) -> Any:
    """Most classes of a start-up have few instances or none: those are made by shared code, later ones compiled."""
    made = 0

    def __init__(self: Any, *given: Any, **named: Any) -> None:  # noqa: N807
        nonlocal made
        made += 1
        values = _filled(fields, given, named) if made <= _FEW else None
        if values is None:  # made often; or called wrongly, and the compiled one says how
            if cls.__init__ is __init__:
                cls.__init__ = _init(cls, fields, frozen=frozen)
            cls.__init__(self, *given, **named)
        else:
            for name, value in values.items():
                object.__setattr__(self, name, value)

    return _named(__init__, cls, fields)


def _filled(
    fields: tuple[dataclasses.Field[Any], ...], given: tuple[Any, ...], named: dict[str, Any]
) -> dict[str, Any] | None:
    """The value of each field; None where what was given does not fit."""
    by_place = [one.name for one in fields if not one.kw_only]
    known = named | dict(zip(by_place, given, strict=False))
    fits = len(given) <= len(by_place) and len(known) == len(given) + len(named)
    values: dict[str, Any] = {}
    for one in fields:
        if one.name in known:
            values[one.name] = known[one.name]
        elif one.default is not dataclasses.MISSING:
            values[one.name] = one.default
        elif one.default_factory is not dataclasses.MISSING:
            values[one.name] = one.default_factory()
    return values if fits and len(values) == len(fields) and known.keys() <= values.keys() else None


def _init(cls: type, fields: tuple[dataclasses.Field[Any], ...], *, frozen: bool) -> Any:
    """The only method worth compiling: records are made by the hundred thousand."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_FRESH": _FRESH}
    given: list[str] = [_parameter(one, known) for one in fields if not one.kw_only]
    by_name = [_parameter(one, known) for one in fields if one.kw_only]
    given += ["*", *by_name] if by_name else []
    body = [f"  {_assigned(cls, one.name, _value(one), known, frozen=frozen)}" for one in fields] or ["  pass"]
    source = f"def __init__(self, {', '.join(given)}):\n" + "\n".join(body)
    exec(source, known)  # noqa: S102 -- names of our own fields, as the standard library does it
    return _named(known["__init__"], cls, fields)


def _named(init: Any, cls: type, fields: tuple[dataclasses.Field[Any], ...]) -> Any:
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__module__ = cls.__module__
    init.__annotations__ = {one.name: one.type for one in fields} | {"return": None}
    return init


def _parameter(one: dataclasses.Field[Any], known: dict[str, Any]) -> str:
    if one.default is not dataclasses.MISSING:
        known[f"_default_{one.name}"] = one.default
        return f"{one.name}=_default_{one.name}"
    if one.default_factory is not dataclasses.MISSING:
        known[f"_make_{one.name}"] = one.default_factory
        return f"{one.name}=_FRESH"
    return one.name


def _value(one: dataclasses.Field[Any]) -> str:
    fresh = one.default_factory is not dataclasses.MISSING
    return f"_make_{one.name}() if {one.name} is _FRESH else {one.name}" if fresh else one.name


def _assigned(cls: type, name: str, value: str, known: dict[str, Any], *, frozen: bool) -> str:
    if not frozen:
        return f"self.{name} = {value}"
    if name not in getattr(cls, "__slots__", ()):
        return f"_set(self, {name!r}, {value})"
    known[f"_put_{name}"] = vars(cls)[name].__set__  # a quarter faster than by name
    return f"_put_{name}(self, {value})"


def _compared(names: tuple[str, ...], *, hashed: bool) -> dict[str, Any]:
    key: Callable[[Any], Any] = attrgetter(*names) if names else lambda _: ()

    def equal(self: Any, other: object) -> Any:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    return {"__eq__": equal, "__hash__": (lambda self: hash(key(self))) if hashed else None, "__repr__": _repr}


def _repr(self: Any) -> str:
    inside = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in dataclasses.fields(self) if one.repr)
    return f"{type(self).__qualname__}({inside})"


def _no_set(_self: Any, name: str, _value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _no_delete(_self: Any, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, one.name) for one in dataclasses.fields(self)]


def _setstate(self: Any, state: list[Any]) -> None:
    for one, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)
