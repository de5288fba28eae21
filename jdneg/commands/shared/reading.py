"""Typed flags into values. All faults of one command line are gathered and reported together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin

from jdneg.domain.messages import Message
from jdneg.domain.money import parse_amount
from jdneg.domain.rate import parse_rate
from jdneg.errors import (
    BadChoice,
    BadDueDay,
    BadFactor,
    BelowLeast,
    BothGiven,
    EmptyText,
    FileMissing,
    JdnegError,
    ManyErrors,
    NotAboveZero,
    TextTooLong,
    UnreadableText,
    raise_all,
)  # fmt: skip
from jdneg.i18n import say, t
from jdneg.session import Session, expanded

if TYPE_CHECKING:
    from jdneg.domain.paging import Page

YES = {"yes", "y", "是", "有", "true"}
NO = {"no", "n", "否", "没有", "没", "无", "false"}
_UNKNOWN = {"unknown", "?", "不知道", "不清楚", "未知"}

T = TypeVar("T")


class Reader:
    """Reads one command line's values; `done` raises what was found wrong."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.errors: list[JdnegError] = []

    def read(self, text: str | None, parse: Callable[[str], Any], flag: str = "") -> Any:
        """The parsed value; None when not given, or when it is a fault (kept for `done`, with the ``flag`` it is of).

        Typed Any: a needed value may be None until `done` has spoken.
        """
        if text is None:
            return None
        try:
            return parse(text)
        except JdnegError as error:
            self.errors += named(error, flag)
            return None

    def also(self, work: Callable[[], T]) -> T | None:
        """What another reader makes; its faults are told with ours."""
        try:
            return work()
        except JdnegError as error:
            self.errors += named(error, "")
            return None

    def done(self) -> None:
        raise_all(self.errors)

    def amount(self, text: str | None, flag: str = "", *, zero: bool = True) -> Any:
        return self.read(text, lambda one: parse_amount(one, zero=zero), flag)

    def rate(self, text: str | None, flag: str = "") -> Any:
        return self.read(text, parse_rate, flag)

    def number(self, text: str | None, flag: str = "", *, least: int = 0, most: int = 100_000) -> Any:
        return self.read(text, lambda one: whole(one, least, most), flag)

    def choice(self, text: str | None, accepted: Any, flag: str = "") -> Any:
        return self.read(text, lambda one: choose(one, accepted), flag)

    def yes(self, text: str | None, flag: str = "") -> Any:
        return self.read(text, yes_no, flag)

    def day(self, text: str | None, flag: str = "", *, prefer: str = "past", start: Any = None) -> Any:
        """``start``: the moment that words such as 下周二 are counted from, where it is not now."""
        return self.read(text, lambda one: self.session.day(one, prefer=prefer, start=start), flag)

    def moment(self, text: str | None, flag: str = "", *, prefer: str = "past") -> Any:
        return self.read(text, lambda one: self.session.moment(one, prefer=prefer)[0], flag)

    def page(self, last: str | None, number: str | None) -> Page:
        """Which part of a long list: on a screen the newest, unless said otherwise; elsewhere all of it."""
        from jdneg.domain.paging import SCREEN, Page

        size, asked = self.number(last, "--last", least=1), self.number(number, "--page", least=1)
        shown = SCREEN if asked or self.session.ports.on_screen() else None
        return Page(size or shown, asked or 1)

    def due_day(self, text: str | None, flag: str = "") -> Any:
        return self.read(text, due_day, flag)


def named(error: JdnegError, flag: str) -> list[JdnegError]:
    """The fault, or each of several, with the flag it is of; one that names a place already keeps it."""
    faults = error.errors if isinstance(error, ManyErrors) else [error]
    return [type(one)(**{"where": flag, **one.facts}) if flag else one for one in faults]


def whole(text: str, least: int, most: int) -> int:
    if text.strip().startswith(("-", "−")) and least >= 0:
        raise BelowLeast(value=text, least=least)
    if not text.strip().isdecimal() or not least <= int(text) <= most:
        raise BadChoice(value=text, choices=f"{least}–{most}")
    return int(text)


def due_day(text: str) -> int:
    day = text.strip().removesuffix("日").removesuffix("号")
    if not day.isdecimal() or not 1 <= int(day) <= 31:
        raise BadDueDay(value=text)
    return int(day)


def choose(text: str, accepted: Any) -> str:
    """One of a Literal's words, or a key of a mapping of Chinese names to them."""
    words = accepted if get_origin(accepted) is None else {word: word for word in get_args(accepted)}
    key = text.strip().lower()
    found = {str(name).lower(): value for name, value in words.items()}.get(key)
    if found is None:
        raise BadChoice(value=text, choices=", ".join(dict.fromkeys(words.values())))
    return str(found)


def yes_no(text: str) -> bool | None:
    """yes, no or unknown, in either language."""
    word = text.strip().lower()
    if word in YES | NO | _UNKNOWN:
        return None if word in _UNKNOWN else word in YES
    raise BadChoice(value=text, choices="yes, no, unknown / 是, 否, 不知道")


WORDS_LIMIT = 1_000_000  # bytes; a year of messages is a tenth of it


def words_or_file(text: str | None, path: str | None, flag: str) -> str | None:
    """What was said: typed with ``flag``, or the text of the file named with ``flag`` and ``-file``.

    Raises BothGiven, TextTooLong.
    """
    if text is not None and path is not None:
        raise BothGiven(first=flag, second=f"{flag}-file")
    if path is not None:
        return file_text(path, f"{flag}-file", limit=WORDS_LIMIT)
    size = len(text.encode("utf-8", "replace")) if text else 0
    if size > WORDS_LIMIT:
        raise TextTooLong(flag=flag, size=size, limit=WORDS_LIMIT)
    return text


def file_text(path: str, flag: str, *, limit: int | None = None) -> str:
    """The text of a file, or of standard input for ``-``; UTF-8, UTF-16 with its mark, or GB18030.

    Raises TextTooLong for more than ``limit`` bytes, EmptyText.
    """
    import sys

    size = existing(path).stat().st_size if limit and path != "-" else 0
    if limit and size > limit:
        raise TextTooLong(flag=flag, size=size, limit=limit)
    raw = sys.stdin.buffer.read() if path == "-" else existing(path).read_bytes()
    if limit and len(raw) > limit:
        raise TextTooLong(flag=flag, size=len(raw), limit=limit)
    text = decoded(raw, path).strip()
    if not text:
        raise EmptyText(flag=flag)
    return text


def decoded(raw: bytes, path: str) -> str:
    marked = ["utf-16"] if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else []
    for encoding in [*marked, "utf-8-sig", "gb18030"]:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableText(path=path)


def in_words(error: JdnegError) -> str:
    """One fault as it is told where it is asked about again."""
    said = say(Message(f"errors.{error.code}", error.facts))
    return t("app.where", where=error.facts["where"], said=said) if "where" in error.facts else said


def existing(path: str) -> Path:
    """The path of a readable file the user named.

    Raises FileMissing, BadForeignFile for what is no file (a folder, a pipe), DiskFailed.
    """
    from jdneg.domain.messages import Message
    from jdneg.errors import BadForeignFile, DiskFailed
    from jdneg.storage.files import NotAFile, open_regular

    found = expanded(path)
    try:
        with open_regular(found):
            return found
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileMissing(path=path) from error
    except NotAFile as error:
        raise BadForeignFile(path=path, reason=Message("integrity.not_a_file")) from error
    except OSError as error:
        raise DiskFailed(path=path, reason=error.strerror or str(error)) from error


def words_of(values: Sequence[str] | None) -> tuple[str, ...]:
    """A repeatable flag's values, each also split at commas."""
    found = [
        part.strip() for value in values or () for part in value.replace("，", ",").replace("、", ",").split(",")
    ]
    return tuple(part for part in found if part)


def positive(text: str) -> Decimal:
    """A factor such as 1.5."""
    try:
        number = Decimal(text.strip().removesuffix("倍"))
    except ArithmeticError as error:
        raise BadFactor(value=text) from error
    if not number.is_finite():
        raise BadFactor(value=text)
    if number <= 0:
        raise NotAboveZero(value=text)
    return number
