"""The composition root: home folder, clock, store, rule book. Everything a command may touch comes from here.

Two clocks: ``now`` is the system's (or ``JDNEG_NOW``, then every entry says so) and stamps what is written;
``as_of`` only moves the day a reading command asks about.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jdneg.domain.messages import Message, hint
from jdneg.errors import BadChoice, BadTime, HeadMoved, NotAsOf
from jdneg.values import dataclass

if TYPE_CHECKING:
    from jdneg.domain.changes import Change
    from jdneg.domain.conduct.lexicon import Lexicon
    from jdneg.domain.explaining import Cards
    from jdneg.domain.records.base import Stored
    from jdneg.domain.records.journal import Profile
    from jdneg.domain.rulebook import RuleBook
    from jdneg.domain.scam.signals import ScamBook
    from jdneg.storage.store import Receipt, Store

DEFAULT_ZONE = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Settings:
    """The global options, as given; None is "not given"."""

    home: str | None = None
    lang: str | None = None
    as_of: str | None = None
    no_input: bool = False
    json: bool = False
    color: str | None = None


class Entry(Protocol):
    """The answers of a guided entry, kept until its record is written."""

    answers: dict[str, str]

    def note(self, flag: str, answer: str | None) -> None: ...
    def stop(self) -> None: ...
    def done(self) -> None: ...


class Ports(Protocol):
    """What the console does for a session: ask a person, tell them to wait."""

    def can_ask(self) -> bool: ...
    def ask(self, question: str, note: str | None = None) -> str: ...
    def tell(self, message: Message) -> None: ...
    def echo(self, text: str) -> None: ...
    def patient(self) -> bool: ...
    def on_screen(self) -> bool: ...
    def wait(self, message: Message) -> None: ...


def expanded(path: str) -> Path:
    """``~`` as the user's own folder; a ``~name`` that nobody here has stays as typed."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def default_home(env: Mapping[str, str]) -> Path:
    """``JDNEG_HOME``, else the platform's data folder."""
    if env.get("JDNEG_HOME"):
        return expanded(env["JDNEG_HOME"])
    if sys.platform == "win32":
        return Path(env.get("APPDATA") or Path.home()) / "jdneg"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "jdneg"
    return Path(env.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "jdneg"


def read_config(home: Path) -> dict[str, str]:
    """The home's settings (``lang``, ``timezone``); a missing or broken file is an empty one."""
    try:
        found = json.loads((home / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {key: value for key, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


class Session:
    """One command's world. Tests build their own with a home, an environment and ports."""

    def __init__(self, settings: Settings, ports: Ports, env: Mapping[str, str] | None = None) -> None:
        self.settings = settings
        self.ports = ports
        self.env = os.environ if env is None else env
        self.home = expanded(settings.home) if settings.home else default_home(self.env)
        self.notes: list[Message] = []
        self.entry: Entry | None = None  # what is being typed, until it is written

    @cached_property
    def config(self) -> dict[str, str]:
        return read_config(self.home)

    @cached_property
    def zone(self) -> ZoneInfo:
        name = self.config.get("timezone", DEFAULT_ZONE)
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise BadChoice(value=name, choices="Asia/Shanghai, UTC, …") from error

    @cached_property
    def clock_set(self) -> bool:
        return bool(self.env.get("JDNEG_NOW"))

    def clock(self) -> dt.datetime:
        """Now, aware, to the second, in the user's zone."""
        fixed = self.env.get("JDNEG_NOW")
        if fixed:
            try:
                moment = dt.datetime.fromisoformat(fixed)
            except ValueError as error:
                raise BadTime(value=fixed) from error
            moment = moment if moment.tzinfo else moment.replace(tzinfo=self.zone)
        else:
            moment = dt.datetime.now(self.zone)  # noqa: TID251 -- the one place now is made
        return moment.astimezone(self.zone).replace(microsecond=0)

    @cached_property
    def now(self) -> dt.datetime:
        return self.clock()

    @cached_property
    def today(self) -> dt.date:
        return self.now.date()

    @cached_property
    def as_of(self) -> dt.date:
        """The day a reading command asks about: ``--as-of``, else today."""
        if self.settings.as_of is None:
            return self.today
        return self.day(self.settings.as_of, prefer="either")  # a reading may ask about a day to come

    def moment(
        self, text: str, *, prefer: str = "past", start: dt.date | dt.datetime | None = None
    ) -> tuple[dt.date | dt.datetime, bool]:
        """A typed time as a date or an aware timestamp, and whether its words say "about".

        Words such as 周二 are counted from ``start`` where they were said then, else from now.
        """
        from jdneg.domain.phrases import parse_moment

        found = parse_moment(text, self._from(start), self.zone, prefer=prefer)  # type: ignore[arg-type]
        return found.value, found.approximate

    def day(self, text: str, *, prefer: str = "past", start: dt.date | dt.datetime | None = None) -> dt.date:
        from jdneg.domain.phrases import parse_day

        return parse_day(text, self._from(start), self.zone, prefer=prefer)  # type: ignore[arg-type]

    def _from(self, start: dt.date | dt.datetime | None) -> dt.datetime:
        if start is None or isinstance(start, dt.datetime):
            return start or self.now
        return dt.datetime.combine(start, dt.time(), self.zone)

    @cached_property
    def store(self) -> Store:
        from jdneg.storage.store import Store

        return Store(self.home, self.clock, clock_set=self.clock_set, on_wait=self._say_waiting)

    @property
    def doubts(self) -> tuple[Message, ...]:
        """What was noticed about the journal while it was read."""
        return self.store.doubts if "store" in self.__dict__ else ()

    def _say_waiting(self) -> None:
        self.ports.tell(hint("app.waiting_for_lock"))

    def start_writing(self) -> None:
        """Make the home on first use, with the same privacy note as ``init``; refuse ``--as-of``."""
        if self.settings.as_of is not None:
            raise NotAsOf()
        if not self.store.exists():
            self.create_home(DEFAULT_ZONE, None)

    def create_home(self, timezone: str, lang: str | None) -> None:
        from jdneg import __version__
        from jdneg.storage.home import create_home

        config = {"timezone": timezone} | ({"lang": lang} if lang else {})
        create_home(self.store, config, f"jdneg {__version__}")
        self.__dict__.pop("config", None)
        self.__dict__.pop("zone", None)
        self.notes += [Message("app.home_made", {"home": str(self.home)}), Message("app.privacy", {}, "hint")]

    def commit(self, changes: Sequence[Change]) -> Receipt:
        """Write one batch that does not depend on what was read."""
        self.start_writing()
        return self.store.commit(changes)

    def transact(self, decide: Callable[[], Sequence[Change]]) -> Receipt:
        """Read, decide, write; when somebody else wrote in between, look again."""
        self.start_writing()
        for _ in range(20):
            head = self.store.head()
            try:
                return self.store.commit(decide(), head=head)
            except HeadMoved:
                continue
        raise HeadMoved()

    def get(self, text: str, kind: str) -> Stored[Any]:
        """The live record a user named."""
        from jdneg.domain.ids import parse_id

        return self.store.get(parse_id(text, kind))

    @property
    def owner(self) -> Profile | None:
        """Who keeps this journal, as far as they said."""
        said = self.store.select("profile")
        return said[-1].record if said else None

    @cached_property
    def rules(self) -> RuleBook:
        from jdneg.storage.datafiles import rule_book

        return rule_book(self.cache_dir)

    @cached_property
    def lexicon(self) -> Lexicon:
        from jdneg.storage.datafiles import wording

        return wording(self.cache_dir)

    @cached_property
    def scams(self) -> ScamBook:
        from jdneg.storage.datafiles import scams

        return scams()

    @cached_property
    def cards(self) -> Cards:
        from jdneg.storage.datafiles import explaining

        return explaining()

    @cached_property
    def cache_dir(self) -> Path | None:
        """Where parsed rules are kept: in the home, once there is one."""
        return self.home / "cache" if self.home.is_dir() else None

    @cached_property
    def lpr(self) -> tuple[tuple[dt.date, Any], ...]:
        from jdneg.storage.lpr import lpr_table

        return lpr_table()
