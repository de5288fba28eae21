"""``amend --edit``: a record in the user's editor. Nothing typed is lost, nothing is written that does not hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jdneg.commands.shared.reading import decoded, in_words
from jdneg.domain.form import changed, form_rows, read_form, write_form
from jdneg.domain.messages import Message, hint
from jdneg.errors import EditorFailed, EditStopped, JdnegError, ManyErrors, MissingFlags
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session
from jdneg.storage.editor import EditedFile, editor_command
from jdneg.values import dataclass

Write = Callable[[Sequence[str], str | None], Result]

REASON = "reason"
_TOLD = "#! "
_ALONE = 3  # rounds of an editor that is a program of its own: nobody is there to give up
_MAY_BE_MENDED = (2, 3)  # a value that cannot be, or an id that is not there


def may_edit(session: Session) -> bool:
    """Whether an editor can be opened at all without being asked for."""
    return session.ports.can_ask() and not session.settings.no_input


@dataclass(frozen=True, slots=True)
class Form:
    """What was shown: the text, its values, and the word for each field."""

    text: str
    values: Mapping[str, str]
    names: Mapping[str, str]


def edit_record(session: Session, found: Any, reason: str | None, write: Write) -> Result:
    """Open the form, again with the faults at its top until it holds; ``write`` amends by settings and reason.

    Raises EditStopped (with the file that keeps the text) when the user gives up or the editor fails.
    """
    from jdneg.views.written import unchanged

    if session.settings.no_input:
        raise MissingFlags(flags="--set")
    command = editor_command(session.env)
    session.start_writing()
    form, file = _form(found, reason), EditedFile(session.home, found.id)
    text = form.text
    nothing = unchanged(found.id, found.record, hint("app.unchanged", id=found.id))
    rounds = 0
    while True:
        rounds += 1
        after = _edited(file, command, text, form)
        if after is None:
            return nothing
        try:
            result = _written(form, after, write)
        except JdnegError as error:
            if error.exit_code not in _MAY_BE_MENDED or (rounds > _ALONE and not session.ports.can_ask()):
                raise EditStopped(path=str(file.path)) from error
            text = _with_faults(after, error, form)
            session.ports.tell(Message("editing.again", {"id": found.id}))
            continue
        file.remove()
        return result or nothing


def _form(found: Any, reason: str | None) -> Form:
    from jdneg.views.words import label

    rows = [(REASON, reason or ""), *form_rows(found.record, t("word.yes"), t("word.no"))]
    names = _names([key for key, _ in rows], label)
    comments = t("editing.how", id=found.id).split("\n")
    return Form(write_form(rows, names, comments), dict(rows), names)


def _names(keys: Sequence[str], label: Callable[[str], str]) -> dict[str, str]:
    """Each field's word for the reader; where two would share one, or a word would be read as two, its own name."""
    named = {key: ".".join(label(part) for part in key.removeprefix("received.").split(".")) for key in keys}
    shared = {word for word in named.values() if list(named.values()).count(word) > 1}
    return {key: key if word in shared or ":" in word or "：" in word else word for key, word in named.items()}


def _edited(file: EditedFile, command: list[str], text: str, form: Form) -> str | None:
    """The text after one round; None where nothing was changed. Raises EditStopped, EditorFailed."""
    file.write(text)
    well = file.edit(command)
    raw = file.read()
    if raw is None or not raw.strip():  # taken away or emptied: the user gives up, what was typed before stays
        file.write(text)
        after, gave_up = text, True
    else:
        after, gave_up = decoded(raw, str(file.path)), not well
    if not _is_new(after, form):
        file.remove()
        if not well:
            raise EditorFailed(name=command[0])
        return None
    if gave_up or (text != form.text and _bare(after) == _bare(text)):
        raise EditStopped(path=str(file.path))
    return _without_faults(after)


def _is_new(text: str, form: Form) -> bool:
    """Whether anything but its comments differs from the form as it was first shown."""
    return _bare(text) != _bare(form.text)


def _bare(text: str) -> list[str]:
    return [
        line.rstrip() for line in text.replace("\ufeff", "").split("\n") if line.strip() and not line.startswith("#")
    ]


def _written(form: Form, text: str, write: Write) -> Result | None:
    """What writing answers; None where no field was changed, whatever the reason says."""
    values = read_form(text, form.names)
    reason = values.pop(REASON, "").strip()
    settings = changed(form.values, values)
    return write(settings, reason) if settings else None


def _with_faults(text: str, error: JdnegError, form: Form) -> str:
    """The text with what is wrong at its top, each fault with the field's name as it stands below."""
    told = []
    for one in error.errors if isinstance(error, ManyErrors) else [error]:
        where = {"where": form.names.get(str(one.facts["where"]), one.facts["where"])} if "where" in one.facts else {}
        told += in_words(type(one)(**one.facts | where)).split("\n")
    return "".join(f"{_TOLD}{line}\n" for line in (*told, t("editing.mend"))) + text


def _without_faults(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith(_TOLD))
