"""How far a long piece of work is, for whoever waits at a terminal. Piped or as JSON nothing is said, nor counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from jdneg.domain.messages import hint
from jdneg.session import Session

T = TypeVar("T")
Step = Callable[[int, int], None]

_PATIENCE = 2.0  # seconds before the first word
_EVERY = 0.5
_MANY = 256  # items between two looks at the clock


def progress(session: Session, code: str, unit: int = 1) -> Step | None:
    """Told how much is done, of how much (0 where nobody knows), it says so now and then; in whole ``unit``.

    None where nobody waits.
    """
    if not session.ports.patient():
        return None
    import time

    due = time.monotonic() + _PATIENCE

    def step(done: int, most: int) -> None:
        nonlocal due
        now = time.monotonic()
        if now >= due:
            due = now + _EVERY
            session.ports.wait(hint(code, done=done // unit, most=most // unit))

    return step


def counted(session: Session, code: str, items: Iterable[T]) -> Iterable[T]:
    """The same items, counted as they go by."""
    step = progress(session, code)
    return items if step is None else _stepping(items, step)


def _stepping(items: Iterable[T], step: Step) -> Iterable[T]:
    for number, one in enumerate(items, 1):
        if number % _MANY == 0:
            step(number, 0)
        yield one
