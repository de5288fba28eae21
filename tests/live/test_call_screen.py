"""The screen of a call, driven by its keys; every one that matters is kept before the next."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from jdneg import i18n
from jdneg.domain.livecall.notes import CallNotes, Entry, notes_of
from jdneg.errors import DiskFailed
from jdneg.live.notebook import Notebook, Sheet
from jdneg.storage.texts import call_script
from jdneg.views.assist import script_blocks

pytest.importorskip("textual")
from textual.pilot import Pilot
from textual.widgets import Input, Static

from jdneg.live.app import CallApp

START = dt.datetime(2026, 11, 20, 21, 17, 3, tzinfo=ZoneInfo("Asia/Shanghai"))
SIZES = [(80, 24), (60, 20), (120, 40)]


@dataclass
class Desk:
    """A call on a desk of its own: a clock that goes by a second a look, a list for a disk."""

    kept: list[Entry] = field(default_factory=list)
    seconds: int = 0
    broken: bool = False

    def clock(self) -> dt.datetime:
        self.seconds += 1
        return START + dt.timedelta(seconds=self.seconds)

    def keep(self, entry: Entry) -> None:
        if self.broken:
            raise DiskFailed(path="x", reason="full")
        self.kept.append(entry)

    def app(self) -> CallApp:
        script = call_script()
        facts = (("对方称", "16,480.55（2026-11-20）"),)
        if not self.kept:
            self.kept.append(Entry(START, "start", "", "L1"))
        self.book = Notebook(list(self.kept), self.keep, self.clock)
        return CallApp(Sheet("通话助手  L1 金条", facts, script, script_blocks(script, facts)), self.book)

    @property
    def on_disk(self) -> CallNotes:
        found = notes_of(self.kept)
        assert found is not None
        return found

    def play(self, keys: Callable[[Pilot[Any]], Awaitable[None]], size: tuple[int, int] = (80, 24)) -> str | None:
        app = self.app()

        async def run() -> None:
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                await keys(pilot)
                await pilot.pause()

        asyncio.run(run())
        return app.return_value


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def say(pilot: Pilot[Any], text: str) -> None:
    pilot.app.screen.query_one("#entry", Input).value = text
    await pilot.press("enter")


def seen(pilot: Pilot[Any]) -> str:
    return "\n".join(str(one.render()) for one in pilot.app.screen.query(Static))


@pytest.mark.parametrize("size", SIZES)
def test_a_call_from_the_first_word_to_the_log(desk: Desk, size: tuple[int, int]) -> None:
    async def keys(pilot: Pilot[Any]) -> None:
        await say(pilot, "再不还就找你单位")
        await pilot.press("tab")
        await say(pilot, "请书面发来")
        await pilot.press("escape", "t")
        await pilot.press("f1")
        await say(pilot, "工号8812")
        await pilot.press("ctrl+d")
        await pilot.pause()
        await pilot.press("ctrl+s")

    assert desk.play(keys, size) == "log"
    notes = desk.on_disk
    assert [(line.who, line.text, line.tags) for line in notes.lines] == [
        ("they", "再不还就找你单位", ("threat",)),
        ("me", "请书面发来", ()),
    ]
    assert notes.answers == {"who": "工号8812"} and notes.ended is not None


def test_each_line_is_kept_before_the_next_key(desk: Desk) -> None:
    async def keys(pilot: Pilot[Any]) -> None:
        for n in range(3):
            await say(pilot, f"第{n}句")
            assert [line.text for line in desk.on_disk.lines] == [f"第{k}句" for k in range(n + 1)]

    desk.play(keys)


def test_words_typed_and_not_entered_are_kept_when_one_leaves(desk: Desk) -> None:
    async def keys(pilot: Pilot[Any]) -> None:
        pilot.app.screen.query_one("#entry", Input).value = "说到一半"
        await pilot.press("ctrl+c")

    assert desk.play(keys) == "keep"
    assert desk.on_disk.typing == "说到一半"

    async def again(pilot: Pilot[Any]) -> None:
        assert pilot.app.screen.query_one("#entry", Input).value == "说到一半"
        await pilot.press("enter")

    desk.play(again)
    assert [line.text for line in desk.on_disk.lines] == ["说到一半"] and desk.on_disk.typing == ""


def test_going_on_doubles_nothing(desk: Desk) -> None:
    async def keys(pilot: Pilot[Any]) -> None:
        await say(pilot, "一")

    async def nothing(pilot: Pilot[Any]) -> None:
        assert seen(pilot).count("\n一\n") == 1

    desk.play(keys)
    before = desk.on_disk.lines
    desk.play(nothing)
    assert desk.on_disk.lines == before


def test_the_last_line_comes_back_to_be_corrected(desk: Desk) -> None:
    async def keys(pilot: Pilot[Any]) -> None:
        await pilot.press("tab")
        await say(pilot, "打错了")
        await pilot.press("up")
        assert pilot.app.screen.query_one("#entry", Input).value == "打错了"
        await say(pilot, "打对了")

    desk.play(keys)
    assert [(line.who, line.text) for line in desk.on_disk.lines] == [("me", "打对了")]


def test_a_question_is_ticked_and_unticked_by_its_key(desk: Desk) -> None:
    async def keys(pilot: Pilot[Any]) -> None:
        await pilot.press("f2")
        assert desk.on_disk.ticked == {"firm"}
        await pilot.press("f2")
        assert desk.on_disk.ticked == frozenset()
        await pilot.press("escape", "3", "enter")
        assert desk.on_disk.ticked == {"authority"}

    desk.play(keys)


def test_letters_and_digits_are_words_unless_the_palette_is_open(desk: Desk) -> None:
    async def keys(pilot: Pilot[Any]) -> None:
        await pilot.press(*"1900 t", "enter")

    desk.play(keys)
    assert [line.text for line in desk.on_disk.lines] == ["1900 t"] and not desk.on_disk.ticked


@pytest.mark.parametrize(
    "text", ["[bold red]x[/]", "\x1b[2J\x1b]0;x\x07", "💸" * 40, "１２３", "a" * 5000, "\u202e倒"]
)
def test_hostile_words_are_shown_not_obeyed(desk: Desk, text: str) -> None:
    async def keys(pilot: Pilot[Any]) -> None:
        desk.book.add("they", text)
        pilot.app.screen._lines()
        await pilot.pause()
        shown = seen(pilot)
        assert "\x1b" not in shown and "\u202e" not in shown and "\x07" not in shown
        assert "[bold red]x[/]" in shown or "[bold" not in text

    desk.play(keys)
    assert desk.on_disk.lines[0].text == text


def test_a_pasted_text_loses_no_line(desk: Desk) -> None:
    from textual import events

    async def keys(pilot: Pilot[Any]) -> None:
        pilot.app.post_message(events.Paste("第一行\n第二行\r\n第三行"))
        await pilot.pause()
        await pilot.press("enter")

    desk.play(keys)
    assert [line.text for line in desk.on_disk.lines] == ["第一行 第二行 第三行"]


def test_a_full_disk_is_told_and_tried_again(desk: Desk) -> None:
    async def keys(pilot: Pilot[Any]) -> None:
        desk.broken = True
        await say(pilot, "存不下")
        assert i18n.t("assist.not_kept") in seen(pilot)
        desk.broken = False
        await say(pilot, "又好了")
        assert i18n.t("assist.not_kept") not in seen(pilot)

    desk.play(keys)
    assert [line.text for line in desk.on_disk.lines] == ["存不下", "又好了"]


def test_a_review_keeps_what_is_corrected_and_goes_back(desk: Desk) -> None:
    async def keys(pilot: Pilot[Any]) -> None:
        await say(pilot, "您好")
        await pilot.press("ctrl+d")
        await pilot.pause()
        fields = {one.flag: one for one in pilot.app.screen.query("Fields").results()}  # type: ignore[attr-defined]
        fields["result"].value = "挂断"
        await pilot.press("escape")
        await pilot.pause()
        await say(pilot, "还有一句")
        await pilot.press("ctrl+d")
        await pilot.pause()
        await pilot.press("ctrl+k")

    assert desk.play(keys) == "keep"
    assert desk.on_disk.fields["result"] == "挂断" and len(desk.on_disk.lines) == 2


def test_a_draft_is_thrown_away_only_when_asked_twice(desk: Desk) -> None:
    async def once(pilot: Pilot[Any]) -> None:
        await say(pilot, "您好")
        await pilot.press("ctrl+d")
        await pilot.pause()
        await pilot.press("ctrl+x")
        await pilot.pause()
        assert pilot.app.is_running

    desk.play(once)

    async def twice(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        await pilot.press("ctrl+x", "ctrl+x")

    assert desk.play(twice) == "discard"


@pytest.mark.parametrize("size", SIZES)
def test_everything_stands_on_the_screen_in_both_languages(desk: Desk, lang: str, size: tuple[int, int]) -> None:
    i18n.use(lang)

    async def keys(pilot: Pilot[Any]) -> None:
        rows = list(pilot.app.screen.query("Row.question, .limit").results(Static))
        assert len(rows) == 13
        bottom = pilot.app.screen.query_one("#foot").region.y
        for row in rows:
            assert row.region.bottom <= bottom and row.region.height == 1, str(row.render())
        for name in ("#keys", "#prompt"):
            found = pilot.app.screen.query_one(name, Static)
            assert found.render().cell_length <= size[0] - 2  # type: ignore[union-attr]

    desk.play(keys, size)
    i18n.use("en")
