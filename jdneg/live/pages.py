"""The two pages behind the call: the script in full, and the review before anything is logged."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Static

from jdneg.domain.livecall.draft import FIELDS, LONG, flags_of
from jdneg.i18n import t
from jdneg.live.notebook import Notebook, Sheet
from jdneg.live.widgets import NARROW, Head, plain
from jdneg.live.words import lines_of, names_of


class ScriptScreen(Screen[None]):
    """Every question and limit in full, with what it rests on, and what is known of the loan."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,h", "dismiss", show=False),
        Binding("ctrl+c", "dismiss", show=False, priority=True),
    ]

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.sheet = sheet

    def compose(self) -> ComposeResult:
        yield Head(id="head", markup=False)
        with VerticalScroll(id="pages"):
            for block in self.sheet.page:
                yield from (Static(plain(text), classes=kind, markup=False) for text, kind in lines_of(block))
        yield Static(t("assist.keys_script"), id="keys", markup=False)

    def on_resize(self) -> None:
        self.query_one(Head).show(self.sheet.title, "jdneg")

    def on_mount(self) -> None:
        self.query_one("#pages", VerticalScroll).focus()


class Fields(Input):
    """One field of the review; ``flag`` is its flag of ``log-call``."""

    def __init__(self, flag: str, value: str) -> None:
        super().__init__(value, compact=True, select_on_focus=False)
        self.flag = flag
        self.first = value


class ReviewScreen(Screen[None]):
    """What would be logged. Nothing is, until the user says so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "done('log')", show=False, priority=True),
        Binding("ctrl+k,f3", "done('keep')", show=False, priority=True),
        Binding("ctrl+c,ctrl+q", "done('keep')", show=False, priority=True),
        Binding("ctrl+x,f4", "discard", show=False, priority=True),
        Binding("escape", "back", show=False, priority=True),
        Binding("down,enter", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, sheet: Sheet, book: Notebook) -> None:
        super().__init__()
        self.sheet = sheet
        self.book = book
        self._sure = False  # whether throwing away was asked once

    def compose(self) -> ComposeResult:
        flags = flags_of(self.book.notes, self.sheet.script, names_of(self.sheet.script))
        yield Head(id="head", markup=False)
        yield Static(t("assist.review_note"), id="facts", markup=False)
        with VerticalScroll(id="pages", can_focus=False):
            for flag in FIELDS:
                value = flags.get(flag, "")
                with Horizontal(classes="field"):
                    yield Static(t(f"assist.field_{flag}"), classes="label", markup=False)
                    yield Fields(flag, value if isinstance(value, str) else "")
            for flag in (*LONG, "tag"):
                held = flags.get(flag)
                if held:
                    text = held if isinstance(held, str) else ", ".join(held)
                    with Vertical(classes="long"):
                        yield Static(t(f"assist.field_{flag}"), classes="label", markup=False)
                        yield from (Static(plain(line), classes="said", markup=False) for line in text.split("\n"))
        yield Static(t("assist.keys_review"), id="keys", markup=False)

    def on_resize(self) -> None:
        self.set_class(self.size.width < NARROW, "narrow")
        self.query_one(Head).show(t("assist.review"), self.sheet.title)

    def on_mount(self) -> None:
        self.query(Fields).first().focus()

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        if isinstance(event.input, Fields):
            self._keep(event.input)

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.app.action_focus_next()

    def _keep(self, field: Fields) -> None:
        """A field that was changed is kept at once."""
        if field.value != field.first:
            field.first = field.value
            self.book.add("field", field.value, field.flag)

    def _keep_all(self) -> None:
        for field in self.query(Fields):
            self._keep(field)

    def action_done(self, what: str) -> None:
        self._keep_all()
        self.app.exit(what)

    def action_back(self) -> None:
        """The call goes on."""
        self._keep_all()
        self.dismiss()

    def action_discard(self) -> None:
        """Only when asked twice."""
        if self._sure:
            self.app.exit("discard")
            return
        self._sure = True
        self.query_one("#facts", Static).update(t("assist.discard_sure"))
