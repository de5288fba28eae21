"""The screen of a call: questions and limits on the left, the course of the call on the right, one line to type in.

Drawn with blanks and ASCII alone: frames and marks of other kinds are two cells wide on many Chinese terminals.
Nothing depends on colour.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, Static

from jdneg.domain.livecall.notes import Who, tags_now
from jdneg.i18n import pick, t
from jdneg.live.notebook import Notebook, Sheet, elapsed
from jdneg.live.pages import ReviewScreen, ScriptScreen
from jdneg.live.widgets import NARROW, Head, Row, Spoken, plain

_TYPING_PAUSE = 0.6  # seconds after which what is typed, but not entered, is kept too


class Entry(Input):
    """The line to type in. Its keys for questions, tags and sides go to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+d", "screen.end_call", show=False, priority=True),
        Binding("tab,shift+tab", "screen.turn", show=False, priority=True),
    ]

    async def _on_key(self, event: events.Key) -> None:
        screen = self.screen
        assert isinstance(screen, CallScreen)
        if screen.takes(event):
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        """All of a pasted text, its lines as one."""
        self.insert_text_at_cursor(" ".join(event.text.split()))
        event.stop()
        event.prevent_default()


class CallScreen(Screen[None]):
    """``turn`` changes who speaks, Esc opens the palette of keys, a question's key ticks it and takes its answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "leave", show=False, priority=True),
        Binding("ctrl+q", "leave", show=False, priority=True),
    ]

    def __init__(self, sheet: Sheet, book: Notebook) -> None:
        super().__init__()
        self.sheet = sheet
        self.book = book
        self.who: Who = "they"
        self.asking: str | None = None  # the question whose answer is being typed
        self.choosing = False  # whether the palette of keys is open
        self._pause: Timer | None = None

    # What stands on it

    def compose(self) -> ComposeResult:
        script = self.sheet.script
        yield Head(id="head", markup=False)
        yield Static(id="facts", markup=False)
        with Horizontal(id="body"):
            with VerticalScroll(id="left", can_focus=False):
                yield Static(t("assist.ask"), classes="heading first", markup=False)
                yield from (Row(str(number), "question") for number in range(1, len(script.questions) + 1))
                yield Static(t("assist.limits"), classes="heading later", markup=False)
                yield from (Static(f"- {pick(one.short)}", classes="limit", markup=False) for one in script.limits)
            yield VerticalScroll(id="right", can_focus=False)
        with Vertical(id="foot"):
            yield Static(id="say", markup=False)
            with Horizontal(id="palette"):
                yield from (Row(tag.key, "tag") for tag in script.tags)
            with Horizontal(id="line"):
                yield Static(id="prompt", markup=False)
                yield Entry(id="entry", compact=True, select_on_focus=False)
            yield Static(id="keys", markup=False)

    def on_mount(self) -> None:
        entry = self.query_one(Entry)
        entry.value = self.book.notes.typing
        entry.cursor_position = len(entry.value)
        entry.focus()
        self.set_interval(1, self._tick)
        self._lines()
        self._all()
        if self.book.notes.ended is not None:
            self._review()

    def on_screen_resume(self) -> None:
        self.query_one(Entry).focus()
        self._lines()
        self._all()

    def on_resize(self) -> None:
        self.set_class(self.size.width < NARROW, "narrow")
        self.set_class(self.size.height < 22, "short")
        self._lines()
        self._all()

    def _tick(self) -> None:
        notes = self.book.notes
        since = t("assist.since", time=f"{notes.started:%H:%M}")
        clock = t("assist.left") if notes.left else elapsed(notes.started, self.book.now())
        self.query_one(Head).show(self.sheet.title, f"{since}  {clock}")

    def _all(self) -> None:
        """Everything but the lines of the call, which only grow."""
        self._tick()
        self.set_class(self.choosing, "choosing")
        self._left()
        facts = "   ".join(f"{label} {value}" for label, value in self.sheet.facts) or t("assist.no_facts")
        self.query_one("#facts", Static).update(plain(facts))
        self.query_one("#say", Static).update(plain(self._saying()))
        self.query_one("#prompt", Static).update(plain(f"{self._prompt()}> "))
        keys = "assist.keys_choosing" if self.choosing else "assist.keys_answer" if self.asking else "assist.keys"
        self.query_one("#keys", Static).update(plain(t(keys)))

    def _left(self) -> None:
        notes, script = self.book.notes, self.sheet.script
        for row in self.query(Row):
            if row.has_class("tag"):
                tag = script.tag(row.key)
                on = tag is not None and tag.id in tags_now(notes, tag.about)
                row.update(plain(f"{row.key} {pick(tag.short)}" if tag else ""))
                row.set_class(on, "on")
                continue
            question = script.questions[int(row.key) - 1]
            mark = "[x]" if question.id in notes.ticked else "[ ]"
            answer = notes.answers.get(question.id)
            row.update(plain(f"{mark} {row.key} {pick(question.short)}{f': {answer}' if answer else ''}"))
            row.set_class(question.id == self.asking, "asking")

    def _saying(self) -> str:
        """What went wrong, or what one can say next: the open question's words, else the first not asked yet."""
        if self.book.trouble is not None:
            return t("assist.not_kept")
        script = self.sheet.script
        open_ = script.question(self.asking) if self.asking else None
        following = open_ or next((one for one in script.questions if one.id not in self.book.notes.ticked), None)
        return t("assist.say", words=pick(following.ask)) if following else t("assist.all_asked")

    def _prompt(self) -> str:
        question = self.sheet.script.question(self.asking) if self.asking else None
        return pick(question.short) if question else t(f"assist.who_{self.who}")

    def _lines(self) -> None:
        """The course of the call, its last line in view."""
        right = self.query_one("#right", VerticalScroll)
        right.remove_children()
        lines = self.book.notes.lines
        right.mount_all(Spoken(line, self._marks(line.tags), self.size.width) for line in lines)
        if not lines:
            right.mount(Static(t("assist.nothing_yet"), classes="hint", markup=False))
        self.call_after_refresh(right.scroll_end, animate=False)

    def _marks(self, tags: tuple[str, ...]) -> str:
        known = {one.id: pick(one.short) for one in self.sheet.script.tags}
        return "".join(f" [{known.get(tag, tag)}]" for tag in tags)

    # What is pressed

    def takes(self, event: events.Key) -> bool:
        """Whether a key is one of ours and no letter for the line."""
        key = event.key
        if key == "escape":
            if self.asking and not self.choosing:
                self._ask(None)
            else:
                self.choosing = not self.choosing
                self._all()
        elif key.startswith("alt+") and len(key) == 5:
            self.press(key[-1])
        elif self.choosing:
            self.press((event.character or "").lower())
        elif key.startswith("f") and key[1:].isdecimal():
            self.press("e" if key == "f10" else key[1:])
        elif key == "up" and not self.asking and not self.query_one(Entry).value:
            self._take_back()
        elif key in ("pageup", "pagedown"):
            right = self.query_one("#right", VerticalScroll)
            right.scroll_page_up(animate=False) if key == "pageup" else right.scroll_page_down(animate=False)
        else:
            return False
        return True

    def press(self, key: str) -> None:
        """A key of the palette: a question's number, a tag's letter, or one of ours."""
        self.choosing = False
        script = self.sheet.script
        tag = script.tag(key)
        if key.isdecimal() and 1 <= int(key) <= len(script.questions):
            self._ask(script.questions[int(key) - 1].id)
        elif tag is not None:
            self.book.add("tag", tag.about, tag.id)
            self._lines()
        elif key == "e":
            self.action_end_call()
        elif key == "h":
            self.app.push_screen(ScriptScreen(self.sheet))
        elif key == "s":
            self.book.add("begin")
        self._all()

    def _ask(self, question: str | None) -> None:
        """Tick a question and type its answer; its key once more takes the tick back."""
        entry = self.query_one(Entry)
        if question is not None and question == self.asking:
            self.book.add("tick", name=question)
            question = None
        elif question is not None and question not in self.book.notes.ticked:
            self.book.add("tick", name=question)
        if not (self.asking is None and entry.value):  # words already typed stay: they may be the answer
            entry.value = self.book.notes.answers.get(question or "", "")
            entry.cursor_position = len(entry.value)
        self.asking = question
        self._all()

    def _take_back(self) -> None:
        """The last line into the entry again, to be corrected."""
        if not self.book.notes.lines:
            return
        last = self.book.notes.lines[-1]
        self.book.add("typing", last.text)
        self.book.add("drop")
        entry = self.query_one(Entry)
        self.who, entry.value, entry.cursor_position = last.who, last.text, len(last.text)
        self._lines()
        self._all()

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        event.input.value = ""
        if self.asking:
            if text:
                self.book.add("answer", text, self.asking)
            self.asking = None
        elif text:
            self.book.add(self.who, text)
            self._lines()
        self._all()

    @on(Row.Tapped)
    def _tapped(self, event: Row.Tapped) -> None:
        self.press(event.key)

    @on(Input.Changed)
    def _typed(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(_TYPING_PAUSE, self.keep_typing)

    def keep_typing(self) -> None:
        """What stands in the line is kept, entered or not."""
        if self.is_mounted:
            self.book.type(self.query_one(Entry).value)

    def action_turn(self) -> None:
        """Who speaks."""
        self.who = "me" if self.who == "they" else "they"
        self._all()

    def action_end_call(self) -> None:
        """The call is over: its line is entered, its clock stops, the review opens."""
        entry = self.query_one(Entry)
        if entry.value.strip():
            self._enter(Input.Submitted(entry, entry.value))
        self.asking, self.choosing = None, False
        self.book.add("end")
        self._review()

    def _review(self) -> None:
        self.app.push_screen(ReviewScreen(self.sheet, self.book))

    def action_leave(self) -> None:
        """Away at once, everything kept."""
        self.keep_typing()
        self.app.exit("keep")
