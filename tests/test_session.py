"""The composition root: where the home is, which clock counts, when a home is made."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from pathlib import Path

import pytest

from jdneg.domain import changes
from jdneg.domain.messages import Message
from jdneg.domain.records.journal import Profile
from jdneg.errors import BadChoice, BadId, BadTime, FutureTime, HeadMoved, NoHome, NotAsOf, NotFound
from jdneg.session import Session, Settings, default_home, expanded, read_config

NOW = "2026-11-21T10:00:00+08:00"
CHINA = dt.timezone(dt.timedelta(hours=8))


class Silent:
    """Ports of nobody: asks nothing, keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[Message] = []

    def can_ask(self) -> bool:
        return False

    def ask(self, question: str, note: str | None = None) -> str:
        raise AssertionError(question)

    def tell(self, message: Message) -> None:
        self.told.append(message)

    def echo(self, text: str) -> None:
        raise AssertionError(text)

    def patient(self) -> bool:
        return False

    def on_screen(self) -> bool:
        return False

    def wait(self, message: Message) -> None:
        raise AssertionError(message)


def session(home: Path, *, now: str | None = NOW, as_of: str | None = None) -> Session:
    env = {"JDNEG_HOME": str(home)} | ({"JDNEG_NOW": now} if now else {})
    return Session(Settings(as_of=as_of), Silent(), env)


# Where


@pytest.mark.skipif(sys.platform != "linux", reason="the folders of Linux")
def test_the_home_of_linux() -> None:
    assert default_home({"JDNEG_HOME": "/x/y", "XDG_DATA_HOME": "/z"}) == Path("/x/y")
    assert default_home({"XDG_DATA_HOME": "/z"}) == Path("/z/jdneg")
    assert default_home({"JDNEG_HOME": ""}) == Path.home() / ".local" / "share" / "jdneg"


def test_the_option_beats_the_environment(tmp_path: Path) -> None:
    made = Session(Settings(home=str(tmp_path / "a")), Silent(), {"JDNEG_HOME": str(tmp_path / "b")})
    assert made.home == tmp_path / "a"


def test_a_tilde_is_the_users_folder_or_stays() -> None:
    assert expanded("~/x") == Path.home() / "x"
    assert expanded("~nobody-of-this-name/x") == Path("~nobody-of-this-name/x")


@pytest.mark.parametrize("broken", ["", "{", "[]", "3", '{"lang": 3, "timezone": "UTC"}', "\ufeff{}"])
def test_a_broken_config_is_an_empty_one(tmp_path: Path, broken: str) -> None:
    (tmp_path / "config.json").write_text(broken, encoding="utf-8")
    assert set(read_config(tmp_path)) <= {"timezone"}
    assert read_config(tmp_path / "none") == {}


# When


def test_the_clock_is_aware_to_the_second_and_says_that_it_was_set(tmp_path: Path) -> None:
    made = session(tmp_path, now="2026-11-21T02:00:00.123456+00:00")
    assert made.now == dt.datetime(2026, 11, 21, 10, tzinfo=CHINA) and made.now.utcoffset() == dt.timedelta(hours=8)
    assert made.clock_set and made.today == dt.date(2026, 11, 21)
    real = session(tmp_path, now=None)
    assert not real.clock_set and real.now.tzinfo is not None and real.now.microsecond == 0
    assert abs(real.now.timestamp() - time.time()) < 60


def test_a_clock_without_a_zone_is_the_users(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"timezone": "Asia/Urumqi"}))
    assert session(tmp_path, now="2026-11-21T10:00:00").now.isoformat() == "2026-11-21T10:00:00+06:00"
    with pytest.raises(BadTime):
        _ = session(tmp_path, now="soon").now


def test_a_zone_nobody_knows_is_an_error_of_the_value(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"timezone": "Mars/Base"}))
    with pytest.raises(BadChoice):
        _ = session(tmp_path).zone


def test_as_of_moves_only_the_day_asked_about(tmp_path: Path) -> None:
    assert session(tmp_path).as_of == dt.date(2026, 11, 21)
    asked = session(tmp_path, as_of="前天")
    assert asked.as_of == dt.date(2026, 11, 19) and asked.now.date() == dt.date(2026, 11, 21)
    with pytest.raises(NotAsOf):
        asked.start_writing()


def test_typed_times_lie_in_the_past_unless_asked_otherwise(tmp_path: Path) -> None:
    made = session(tmp_path)
    assert made.moment("昨晚9点半") == (dt.datetime(2026, 11, 20, 21, 30, tzinfo=CHINA), False)
    assert made.moment("周二14:00", prefer="future")[0] == dt.datetime(2026, 11, 24, 14, 0, tzinfo=CHINA)
    assert made.moment("周二14:00")[0] == dt.datetime(2026, 11, 17, 14, 0, tzinfo=CHINA)
    assert made.moment("大概昨晚9点")[1] and made.day("3 days ago") == dt.date(2026, 11, 18)
    with pytest.raises(FutureTime):
        made.moment("2026-11-21 10:03")
    assert made.moment("2026-11-21 10:02")[0] == dt.datetime(
        2026, 11, 21, 10, 2, tzinfo=CHINA
    )  # clocks differ a little


# Reading and writing


def test_reading_makes_no_home(tmp_path: Path) -> None:
    home = tmp_path / "none"
    made = session(home)
    with pytest.raises(NoHome):
        made.store.all("loan")
    with pytest.raises(NoHome):
        made.get("L1", "loan")
    assert made.cache_dir is None and made.rules.rules and not home.exists()


def test_the_first_write_makes_a_private_home_and_says_so(tmp_path: Path) -> None:
    made = session(tmp_path / "deep" / "home")
    receipt = made.commit([changes.add("profile", Profile(name="李某"))])
    assert receipt.ids == ("U1",) and [one.code for one in made.notes] == ["app.home_made", "app.privacy"]
    made.commit([changes.add("profile", Profile(name="王某"))])
    assert len(made.notes) == 2  # said once
    assert made.cache_dir == made.home / "cache"
    if os.name == "posix":
        modes = {path.relative_to(made.home).as_posix(): path.stat().st_mode & 0o777 for path in made.home.rglob("*")}
        assert made.home.stat().st_mode & 0o777 == 0o700
        assert {mode for name, mode in modes.items() if (made.home / name).is_file()} == {0o600}


def test_an_id_is_of_its_kind_and_live(tmp_path: Path) -> None:
    made = session(tmp_path / "home")
    made.commit([changes.add("profile", Profile(name="李某"))])
    assert made.get("u1", "profile").record.name == "李某"
    with pytest.raises(BadId):
        made.get("U1", "loan")
    with pytest.raises(NotFound):
        made.get("L1", "loan")


def test_a_decision_is_made_anew_when_somebody_wrote_in_between(tmp_path: Path) -> None:
    first, second = session(tmp_path / "home"), session(tmp_path / "home")
    first.commit([changes.add("profile", Profile(name="one"))])
    seen: list[int] = []

    def decide() -> list[changes.Change]:
        seen.append(len(first.store.all("profile")))
        if len(seen) == 1:
            second.commit([changes.add("profile", Profile(name="two"))])
        return [changes.add("profile", Profile(name=f"three after {seen[-1]}"))]

    first.transact(decide)
    assert seen == [1, 2]
    assert [one.record.name for one in first.store.all("profile")] == ["one", "two", "three after 2"]


def test_a_decision_is_not_made_for_ever(tmp_path: Path) -> None:
    first, second = session(tmp_path / "home"), session(tmp_path / "home")
    first.commit([changes.add("profile", Profile(name="one"))])

    def decide() -> list[changes.Change]:
        second.commit([changes.add("profile", Profile(name="again"))])
        return [changes.add("profile", Profile(name="never"))]

    with pytest.raises(HeadMoved):
        first.transact(decide)
    assert "never" not in {one.record.name for one in first.store.all("profile")}
