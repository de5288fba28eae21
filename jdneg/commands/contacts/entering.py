"""A guided entry that loses nothing: an answer is on the disk before the next question, until the record is written.

What was typed before Ctrl-C, a closed terminal or a refused value is offered the next time the same command asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from jdneg.domain.messages import hint
from jdneg.i18n import area, language, t
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.storage.calldraft import CallDraft


class Entry:
    """The answers so far, by flag, and the flags typed with the command. Its draft is made with the first answer."""

    def __init__(self, session: Session, command: str, flags: Mapping[str, Any]) -> None:
        self.answers: dict[str, str] = {}
        self.flags = dict(flags)
        self._session = session
        self._command = command
        self._draft: CallDraft | None = None

    @property
    def kind(self) -> str:
        return f"entry-{self._command}"

    def note(self, flag: str, answer: str | None) -> None:
        """Keep an answer (None: the question was passed over)."""
        from jdneg.storage.calldraft import CallDraft

        if self._draft is None:
            self._draft = CallDraft.create(self._session.home, f"{self._session.now:%Y%m%dT%H%M%S}", self.kind)
            self._draft.keep({"flags": self.flags})
        self._draft.keep({"flag": flag, "answer": answer})
        self.answers[flag] = answer or ""

    def stop(self) -> None:
        """Nothing was written: say where what was typed is, if anything was."""
        if self._draft is None:
            return
        self._draft.close()
        if any(self.answers.values()):
            self._session.ports.tell(hint("app.entry_kept", command=self._command))
        else:
            self._draft.remove()

    def done(self) -> None:
        """The record is in the journal."""
        if self._draft is not None:
            self._draft.remove()

    def resume(self) -> None:
        """Offer what was left last time; it goes on where it stopped."""
        from jdneg.storage.calldraft import left_drafts

        for draft in reversed(left_drafts(self._session.home, self.kind)):
            answers, flags = _read(draft)
            choice = self._session.ports.ask(t("ask.resume_entry", filled=_shown(answers))).strip().lower()
            if choice in ("n", "d"):
                draft.remove() if choice == "d" else draft.close()
                continue
            self._draft, self.answers = draft, answers
            self.flags = flags | {name: value for name, value in self.flags.items() if value}
            break

    def into(self, given: Any) -> Any:
        """A set of flags with what was typed last time, where nothing was typed now."""
        left = {one.name: self.flags[one.name] for one in fields(given) if self.flags.get(one.name)}
        return replace(given, **{name: value for name, value in left.items() if not getattr(given, name)})


def _read(draft: CallDraft) -> tuple[dict[str, str], dict[str, Any]]:
    answers: dict[str, str] = {}
    flags: dict[str, Any] = {}
    for line in draft.lines():
        if isinstance(line, dict) and "flags" in line:
            flags = dict(line["flags"])
        elif isinstance(line, dict) and isinstance(line.get("flag"), str):
            answers[line["flag"]] = str(line.get("answer") or "")
    return answers, flags


def _shown(answers: Mapping[str, str]) -> str:
    words = area(language(), "ask")
    told = [f"{words[_key(flag)]}: {answer}" for flag, answer in answers.items() if answer and _key(flag) in words]
    return "; ".join(told)


def _key(flag: str) -> str:
    return flag.strip("-").replace("-", "_").lower()


def entry_for(session: Session, command: str, *given: Any) -> tuple[Any, ...]:
    """The sets of flags, filled from a draft the user goes on with; the entry itself is the session's.

    Only where something will be asked: the time of a contact is what every log command needs.
    """
    if given[0].at is not None or not session.ports.can_ask() or session.settings.no_input:
        return given
    typed = {one.name: getattr(part, one.name) for part in given for one in fields(part) if getattr(part, one.name)}
    entry = session.entry = Entry(session, command, typed)
    if session.home.is_dir():
        entry.resume()
    return tuple(entry.into(part) for part in given)
