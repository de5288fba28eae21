"""Our ``@dataclass`` beside the standard one: the same answers from the same class bodies."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import pytest

from jdneg.domain.messages import Message
from jdneg.values import dataclass as ours

ROOT = Path(__file__).resolve().parents[1] / "jdneg"
BOTH = pytest.mark.parametrize(
    "make", [dataclasses.dataclass, ours, lambda **options: compiled(**options)], ids=["standard", "ours", "compiled"]
)
MANY = 20


def compiled(**options: bool) -> Any:
    """Ours, with so many instances made before that it is no longer the shared ``__init__`` that makes them."""

    def make(cls: type) -> Any:
        made: Any = ours(**options)(cls)
        for number in range(MANY):
            made(a=number)
        return made

    return make


def sample(make: Any, **options: bool) -> Any:
    @make(**options)
    class Sample:
        """A class with every kind of field we use."""

        a: int
        b: str = "x"
        c: Mapping[str, int] = dataclasses.field(default_factory=dict)
        d: str | None = dataclasses.field(default=None, metadata={"sensitive": "name"})

        @property
        def twice(self) -> int:
            return self.a * 2

    return Sample


@BOTH
def test_made_compared_and_shown(make: Any) -> None:
    cls = sample(make, frozen=True, slots=True)
    one = cls(1, d="甲")
    assert (one.a, one.b, one.c, one.d, one.twice) == (1, "x", {}, "甲", 2)
    assert one == cls(1, "x", d="甲") != cls(2, d="甲")
    assert one != (1, "x", {}, "甲")
    assert one != sample(make, frozen=True, slots=True)(1, d="甲")  # another class of the same name
    assert repr(one).endswith("Sample(a=1, b='x', c={}, d='甲')")
    assert cls(1).c is not cls(1).c
    assert not hasattr(one, "__dict__")


@BOTH
def test_frozen_hashed_and_by_keyword(make: Any) -> None:
    cls = sample(make, frozen=True, slots=True, kw_only=True)
    one = cls(a=1, c=())
    assert hash(one) == hash(cls(a=1, c=()))
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.a = 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.a
    with pytest.raises(TypeError):
        cls(1)
    with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'a'"):
        cls()
    with pytest.raises(TypeError, match="unexpected keyword argument 'e'"):
        cls(a=1, e=2)


@BOTH
def test_what_does_not_fit_is_refused_as_ever(make: Any) -> None:
    cls = sample(make, frozen=True, slots=True)
    for given, named, said in (
        ((), {}, "missing 1 required positional argument: 'a'"), ((1,), {"a": 2}, "multiple values for argument 'a'"),
        ((1, 2, 3, 4, 5), {}, "takes from 2 to 5 positional arguments but 6 were given"),
    ):  # fmt: skip
        with pytest.raises(TypeError, match=said):
            cls(*given, **named)
    assert list(vars(sample(make)(c={}, a=1))) == ["a", "b", "c", "d"]


@BOTH
def test_what_is_not_frozen_can_be_set_but_not_hashed(make: Any) -> None:
    one = sample(make, slots=True)(1)
    one.a = 5
    assert one.twice == 10
    with pytest.raises(TypeError):
        hash(one)


@BOTH
def test_the_standard_library_knows_it(make: Any) -> None:
    cls = sample(make, frozen=True, slots=True)
    assert dataclasses.is_dataclass(cls)
    assert [field.name for field in dataclasses.fields(cls)] == ["a", "b", "c", "d"]
    assert dataclasses.fields(cls)[3].metadata == {"sensitive": "name"}
    assert dataclasses.fields(cls)[3].type == cls.__annotations__["d"] == "str | None"
    assert cls.__init__.__annotations__["d"] == "str | None"
    assert dataclasses.replace(cls(1), a=3) == cls(3)
    assert copy.deepcopy(cls(1)) == cls(1)
    assert cls.__match_args__ == ("a", "b", "c", "d")
    with pytest.raises(dataclasses.FrozenInstanceError):
        cls(1).a = 2


def test_a_class_with_many_instances_has_its_own_way_to_make_them() -> None:
    cls = sample(ours)
    shared = cls.__init__
    assert [cls(number).a for number in range(MANY)] == list(range(MANY))
    assert cls.__init__ is not shared
    assert list(inspect.signature(cls).parameters) == ["a", "b", "c", "d"]


def test_it_can_be_pickled() -> None:
    message = Message("app.hint", {"id": "L1"})
    assert pickle.loads(pickle.dumps(message)) == message


def test_a_class_with_a_method_of_its_own_keeps_it() -> None:
    @ours(frozen=True, slots=True)
    class Own:
        a: int

        def __repr__(self) -> str:
            return "own"

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 7

    assert repr(Own(1)) == "own"
    assert Own(1) == 5
    assert hash(Own(1)) == 7


def test_what_is_not_plain_goes_to_the_standard_library() -> None:
    @ours
    class Base:
        a: int

        def __post_init__(self) -> None:
            self.a += 1

    @ours(order=True)
    class Ordered(Base):
        b: int = dataclasses.field(default=0, compare=False)

    @ours(frozen=True)
    class Shared:
        a: int
        b: ClassVar[int] = 5

    assert [field.name for field in dataclasses.fields(Shared)] == ["a"]
    assert Base(1).a == 2
    assert Ordered(1, 5) == Ordered(1, 6)
    assert Ordered(1) < Ordered(2)


def test_every_module_uses_ours() -> None:
    """One that does not costs every command more than half a millisecond a class."""
    users = [
        path.name for path in ROOT.rglob("*.py") if "from dataclasses import dataclass" in path.read_text("utf-8")
    ]
    assert users == ["values.py"]
