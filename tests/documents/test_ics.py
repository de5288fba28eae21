"""The calendar file, read back with the library: identity, revision, days and moments, what is taken back, texts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from cli_world import Run
from hypothesis import given, strategies as st
from icalendar import Calendar

from jdneg.documents.ics import Origin, clean, to_ics
from jdneg.domain.agenda.calendar import Event
from jdneg.domain.dates import SHANGHAI
from jdneg.domain.messages import Message
from jdneg.i18n import say

ORIGIN = Origin("abc", 7, dt.datetime(2026, 11, 21, 10, tzinfo=SHANGHAI))
DAY = dt.date(2026, 12, 10)


def event(**more: Any) -> Event:
    plain = Message("ics.plain", {"id": "G1"})
    title = Message("ics.promise_me", {"case": "G1", "what": "停催"})
    return Event(**{"key": "G1-1-1", "what": "due", "at": DAY, "title": title, "plain": plain, "about": title} | more)


def read(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_a_day_is_all_day_and_a_moment_is_on_shanghais_clock() -> None:
    moment = dt.datetime(2026, 12, 10, 6, 0, tzinfo=dt.UTC)
    content = to_ics([event(), event(key="C1-next", at=moment, remind=(0,))], ORIGIN)
    assert b"DTSTART;VALUE=DATE:20261210\r\n" in content
    assert b"DTSTART;TZID=Asia/Shanghai:20261210T140000\r\n" in content and b"BEGIN:VTIMEZONE" in content
    whole, timed = read(content)
    assert whole.decoded("dtstart") == DAY and timed.decoded("dtstart") == moment
    (alarm,) = timed.walk("VALARM")
    assert alarm.decoded("trigger") == dt.timedelta(hours=-1)


def test_alarms_of_a_day_are_at_nine() -> None:
    (found,) = read(to_ics([event(remind=(3, 0))], ORIGIN))
    at = [dt.datetime(2026, 12, 10) + one.decoded("trigger") for one in found.walk("VALARM")]
    assert at == [dt.datetime(2026, 12, 7, 9), dt.datetime(2026, 12, 10, 9)]


def test_identity_and_revision_come_from_the_journal() -> None:
    (found,) = read(to_ics([event()], ORIGIN))
    assert found["uid"] == "g1-1-1@abc.jdneg.invalid" and found["sequence"] == 7
    assert found.decoded("dtstamp") == dt.datetime(2026, 11, 21, 2, tzinfo=dt.UTC)
    assert to_ics([event()], ORIGIN) == to_ics([event()], ORIGIN)


def test_what_is_done_is_taken_back_without_alarms() -> None:
    (found,) = read(to_ics([event(cancelled=True, remind=(3, 0))], ORIGIN))
    assert found["status"] == "CANCELLED" and found.walk("VALARM") == []


WORDS = st.text(alphabet=st.characters(codec="utf-8"), max_size=120)


@given(words=WORDS)
def test_any_words_come_back_and_every_line_is_folded(words: str) -> None:
    title = Message("ics.promise_lender", {"case": "G1", "what": words})
    content = to_ics([event(title=title, about=title)], ORIGIN)
    assert content.count(b"\r\n") == content.count(b"\n") and content.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert not any(byte < 32 and byte not in (9, 10, 13) for byte in content)
    (found,) = read(content)
    assert str(found["summary"]) == str(found["description"]) == clean(say(title))


# --- from a journal


@pytest.fixture
def agreed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    Path("proof.png").write_bytes(b"png")
    run(
        "loan",
        "add",
        "--lender",
        "机密小贷",
        "--kind",
        "microlender",
        "--principal",
        "9000",
        "--start",
        "2026-03-10",
        code=0,
    )
    run("negotiate", "open", "L1", "--goal", "延长", code=0)
    terms = ("--months", "3", "--monthly", "820", "--first-due", "2026-12-10", "--valid-until", "2026-11-30")
    run("negotiate", "offer", "G1", "--by", "lender", *terms, code=0)
    promise = ("--promise", "lender:停止催收@2026-11-25")
    run("negotiate", "accept", "G1", "--offer", "1", *promise, "--evidence", "proof.png", code=0)
    run("log-call", "L1", "--at", "今天9点", "--next", "周二14:00", code=0)
    return run


def exported(run: Run, *flags: str) -> dict[str, Any]:
    run("export", "ics", "-o", "due.ics", "--force", *flags, code=0)
    return {str(one["uid"]).partition("@")[0]: one for one in read(Path("due.ics").read_bytes())}


def test_all_of_a_case(agreed: Run) -> None:
    found = exported(agreed)
    assert list(found) == ["c1-next", "g1-promise-1", "g1-offer-1", "g1-1-1", "g1-1-2", "g1-1-3"]
    assert found["g1-offer-1"]["status"] == "CANCELLED"  # it was accepted
    assert "820.00" in found["g1-1-1"]["summary"] and "机密小贷" in found["g1-1-1"]["summary"]
    assert found["c1-next"].decoded("dtstart") == dt.datetime(2026, 11, 24, 14, tzinfo=SHANGHAI)


def test_a_second_export_updates_and_takes_back(agreed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    first = exported(agreed)
    assert {name: one["uid"] for name, one in exported(agreed).items()} == {n: one["uid"] for n, one in first.items()}
    monkeypatch.setenv("JDNEG_NOW", "2026-12-10T12:00:00+08:00")
    agreed("pay", "L1", "820", "--at", "2026-12-10", code=0)
    second = exported(agreed)
    assert (first["g1-1-1"]["status"], second["g1-1-1"]["status"]) == ("CONFIRMED", "CANCELLED")
    assert second["g1-1-1"]["uid"] == first["g1-1-1"]["uid"]
    assert second["g1-1-1"]["sequence"] > first["g1-1-1"]["sequence"]
    agreed("undo", code=0)
    assert exported(agreed)["g1-1-1"]["status"] == "CONFIRMED"


def test_only_what_was_asked_for(agreed: Run) -> None:
    assert list(exported(agreed, "--what", "promises")) == ["g1-promise-1"]
    assert len(exported(agreed, "--what", "due,promises")) == 4


def test_a_withdrawn_case_is_taken_back(agreed: Run) -> None:
    for _ in range(4):
        agreed("undo", code=0)
    found = exported(agreed)
    assert found and {one["status"] for one in found.values()} == {"CANCELLED"}


def test_an_appointment_that_was_taken_back_or_moved(agreed: Run) -> None:
    first = exported(agreed)["c1-next"]
    agreed("contact", "amend", "C1", "--set", "next_at=2026-11-25T15:00:00+08:00", "--reason", "改了时间", code=0)
    moved = exported(agreed)["c1-next"]
    assert (moved["uid"], moved["status"]) == (first["uid"], "CONFIRMED")
    assert moved.decoded("dtstart") == dt.datetime(2026, 11, 25, 15, tzinfo=SHANGHAI)
    agreed("contact", "withdraw", "C1", "--reason", "记错", code=0)
    gone = exported(agreed)["c1-next"]
    assert (gone["uid"], gone["status"]) == (first["uid"], "CANCELLED") and gone["sequence"] > moved["sequence"]
    agreed("undo", code=0)
    assert exported(agreed)["c1-next"]["status"] == "CONFIRMED"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_discreet_names_nobody(agreed: Run, language: str) -> None:
    found = exported(agreed, "--discreet", "--lang", language)
    text = Path("due.ics").read_bytes().replace(b"\r\n ", b"").decode()
    assert len(found) == 6 and not any(word in text for word in ("机密", "820", "停止催收", "DESCRIPTION:协议"))


def test_refused(agreed: Run) -> None:
    exported(agreed)
    for words, code in (
        (("-o", "due.ics"), "output_exists"),
        (("-o", "due.txt"), "unknown_format"),
        ((), "missing_flags"),
    ):
        ran = agreed("export", "ics", *words, "--json", code=2)
        assert [one["code"] for one in ran.json["errors"]] == [code]
    bad = agreed("export", "ics", "-o", "x.ics", "--what", "x,y", "--json", code=2)
    assert len(bad.json["errors"]) == 2


def test_an_empty_journal_gives_an_empty_calendar(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("init", "--no-input", code=0)
    assert exported(run) == {}
