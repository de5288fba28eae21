"""From a call's draft to the screen and from the screen to the journal.

The draft is on the disk from the first moment. It is removed only after the journal has the call; a draft that says
it was being logged is looked for in the journal first, so that nothing stands there twice.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, Literal

from jdneg.domain.livecall.draft import flags_of
from jdneg.domain.livecall.notes import notes_of, to_json
from jdneg.domain.messages import hint
from jdneg.errors import JdnegError, NotFound
from jdneg.result import Result
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.domain.records.base import Stored
    from jdneg.live.notebook import Notebook, Sheet
    from jdneg.storage.calldraft import CallDraft
    from jdneg.views.assist import Known

Choice = Literal["log", "keep", "discard"]


def script_alone(session: Session, loan: str | None) -> Result:
    """The script with what is known of the loan; nothing is started."""
    from jdneg.views.assist import script_page

    sheet = _sheet(session, session.get(loan, "loan") if loan else None)
    return script_page(sheet.title, sheet.script, sheet.facts)


def assist(session: Session, loan: str | None, *, out: bool, resume: bool, new: bool, plain: bool) -> Result:
    """Start a call or go on with a left one, until it is logged, kept or thrown away."""
    from jdneg.commands.contacts.calldrafts import chosen, entries_of, logged_before, started
    from jdneg.live.notebook import Notebook

    debt = session.get(loan, "loan") if loan else None
    session.start_writing()
    draft = chosen(session, resume=resume, new=new) or started(session, debt, out=out)
    entries = entries_of(draft)
    notes = notes_of(entries)
    assert notes is not None
    if notes.saving and (stored := logged_before(session, notes)):
        draft.remove()
        return Result({"id": stored.id, "draft": None}, messages=(hint("assist.logged_before", id=stored.id),))
    sheet = _sheet(session, _live_loan(session, notes.loan))
    book = Notebook(entries, lambda entry: draft.keep(to_json(entry)), session.clock)
    if len(entries) > 1:
        book.add("resume")
    try:
        choice = _shown(session, sheet, book, plain=plain)
        return _done(session, sheet, book, draft, choice)
    finally:
        draft.close()


# The screen


def _shown(session: Session, sheet: Sheet, book: Notebook, *, plain: bool) -> Choice:
    """Full screen where there is one, else line by line."""
    if not plain and _full_screen(session):
        from jdneg.live.app import run

        return run(sheet, book)
    from jdneg.live.lines import run as line_by_line

    return line_by_line(sheet, book, session.ports.ask, session.ports.echo)


def _full_screen(session: Session) -> bool:
    """Whether this terminal can show it, and Textual is here to draw it."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or session.env.get("TERM", "dumb") == "dumb":
        return False
    try:
        import jdneg.live.app  # noqa: F401 -- only whether it is there
    except ImportError:
        session.ports.tell(hint("assist.no_textual"))
        return False
    return True


def _sheet(session: Session, debt: Stored[Any] | None) -> Sheet:
    from jdneg.live.notebook import Sheet
    from jdneg.storage.texts import call_script
    from jdneg.views.assist import known_facts, script_blocks, title_of

    facts = known_facts(_known(session, debt)) if debt else ()
    script = call_script()
    return Sheet(title_of(debt), facts, script, script_blocks(script, facts))


def _live_loan(session: Session, loan: str | None) -> Stored[Any] | None:
    """The loan a draft was begun for; one withdrawn since is none, and the review shows its id."""
    with suppress(NotFound):
        return session.store.get(loan) if loan else None
    return None


def _known(session: Session, debt: Stored[Any]) -> Known:
    from jdneg.commands.shared.glance import Glance
    from jdneg.domain.agreements import agreed_open, in_force
    from jdneg.domain.instalments import paid_by_day
    from jdneg.views.assist import Known

    file, day = Glance(session, debt), session.today
    agreed = in_force(file.cases, debt.id, day)
    rows = agreed_open(agreed.agreement, _paid(session, agreed.loans, paid_by_day), day) if agreed else ()
    computed = None
    with suppress(JdnegError):  # what cannot be computed is not shown; verify says why
        computed = file.verification(day)
    coming = (rows[0][0].due, rows[0][1]) if rows else None
    return Known(debt, file.latest_claim(day), computed, agreed, coming)


def _paid(session: Session, loans: tuple[str, ...], by_day: Any) -> Any:
    return by_day(one.record for one in session.store.select("payment") if str(one.record.loan) in loans)


# The end


def _done(session: Session, sheet: Sheet, book: Notebook, draft: CallDraft, choice: Choice) -> Result:
    from jdneg.live.words import names_of

    if choice == "discard" or (choice == "keep" and book.notes.empty):
        draft.remove()
        return Result({"id": None, "draft": None}, messages=(hint(f"assist.{choice}_none"),))
    if choice == "keep":
        return Result({"id": None, "draft": str(draft.path)}, messages=(hint("assist.kept"),))
    flags = flags_of(book.notes, sheet.script, names_of(sheet.script))
    book.add("saving")
    try:
        result = _logged(session, flags, asked="at" in book.notes.fields)
    except JdnegError:
        session.ports.tell(hint("assist.kept"))
        raise
    draft.remove()
    return result


def _logged(session: Session, flags: dict[str, Any], *, asked: bool) -> Result:
    """Through ``log-call``, as if its flags had been typed; a moment from the clock needs no asking."""
    from jdneg.commands.contacts.contactflags import Common, Talk
    from jdneg.commands.contacts.log import log_call

    if not asked:
        session.settings = replace(session.settings, no_input=True)
    found = {name: value for name, value in flags.items() if name not in ("answered", "robot")}
    return log_call(
        session, _flags(Common, found), _flags(Talk, found),
        answered=flags.get("answered"), robot=flags.get("robot"),
    )  # fmt: skip


def _flags(kind: type[Any], found: dict[str, Any]) -> Any:
    """The flags of one set that were filled."""
    given = {}
    for one in fields(kind):
        value = found.get(one.name.rstrip("_"))
        if value is not None:
            given[one.name] = True if one.name == "out" else list(value) if isinstance(value, tuple) else value
    return kind(**given)
