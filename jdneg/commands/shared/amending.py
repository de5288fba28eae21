"""Correcting and withdrawing, the same for every kind: the earlier text stays readable in the history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from jdneg.domain.ids import kind_of
from jdneg.domain.messages import Message
from jdneg.errors import JdnegError, ManyErrors, MissingFlags, ReasonNeeded, raise_all
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session


def amend_record(
    session: Session,
    text: str,
    kind: str,
    settings: Sequence[str] | None,
    reason: str | None,
    *,
    step: bool = False,
    change: Callable[[Any], Any] | None = None,
    doubts: Callable[[], Sequence[Message]] = tuple,
) -> Result:
    """``--set field=value …`` with a reason; one amend entry, of a ``step`` where nothing was wrong before.

    ``change`` is what other flags say, made before the settings; ``doubts`` is asked once it is written.
    """
    from jdneg.domain import changes
    from jdneg.domain.amending import set_fields
    from jdneg.domain.messages import hint
    from jdneg.views.words import facts
    from jdneg.views.written import unchanged, written

    if not settings and change is None:
        raise MissingFlags(flags="--set --edit")
    found = session.get(text, kind)

    def fresh() -> Any:
        now = session.store.get(found.id).record
        changed = now if change is None else change(now)
        return _in_step(kind, set_fields(changed, settings or (), ahead_or_past))

    def ahead_or_past(text: str, ahead: bool) -> Any:
        return session.moment(text, prefer="future" if ahead else "past")[0]

    raise_all([*([] if reason else [ReasonNeeded(id=found.id)]), *_faults(session, kind, found.record, fresh)])
    if fresh() == found.record:
        return unchanged(found.id, found.record, hint("app.unchanged", id=found.id))
    write, said = changes.step if step else changes.amend, t("app.amended", id=found.id)
    receipt = session.transact(lambda: [write(kind, found.id, fresh(), str(reason))])
    record = session.store.get(found.id).record
    return written(receipt, record, said, view=[facts(record)], messages=tuple(doubts()), record_id=found.id)


def _faults(session: Session, kind: str, before: Any, after: Callable[[], Any]) -> list[JdnegError]:
    """What the settings say wrong, or make impossible."""
    try:
        _refuse_impossible(session, kind, before, after())
    except ManyErrors as several:
        return several.errors
    except JdnegError as error:
        return [error]
    return []


def amend(
    session: Session, text: str, kind: str, settings: Sequence[str] | None, reason: str | None, *, edit: bool
) -> Result:
    """By ``--set``, or in the user's editor: asked for, or where somebody sits at a terminal and set nothing."""
    from jdneg.commands.shared.editing import edit_record, may_edit
    from jdneg.errors import ContradictoryFlags

    write = amend_letter if kind == "letter" else amend_record
    if edit and settings:
        raise ContradictoryFlags(first="--edit", second="--set")
    if not edit and (settings or not may_edit(session)):
        return write(session, text, kind, settings, reason)
    found = session.get(text, kind)
    return edit_record(session, found, reason, lambda made, why: write(session, found.id, kind, made, why))


def amend_letter(
    session: Session, text: str, kind: str, settings: Sequence[str] | None, reason: str | None
) -> Result:
    """A letter; of one that came, what it has as a contact is set by the contact's own field names."""
    came = session.get(text, kind).record.received is not None
    named = [_of_letter(one) if came else one for one in settings or ()]
    return amend_record(session, text, kind, named, reason)


def _of_letter(setting: str) -> str:
    from dataclasses import fields

    from jdneg.domain.records.contact import Contact
    from jdneg.domain.records.paper import Letter

    name, equals, value = setting.partition("=")
    first = name.strip().replace("-", "_").partition(".")[0]
    if first == "said":
        return f"text{equals}{value}"
    own, theirs = ({one.name for one in fields(cls)} for cls in (Letter, Contact))
    return f"received.{setting}" if first in theirs - own else setting


def _in_step(kind: str, record: Any) -> Any:
    """A letter that came was there on the day it came: its two dates are never two."""
    if kind != "letter" or record.received is None:
        return record
    from dataclasses import replace

    from jdneg.domain.dates import shanghai_day

    return replace(record, drafted_on=shanghai_day(record.received.happened_at))


def _refuse_impossible(session: Session, kind: str, before: Any, after: Any) -> None:
    """A correction is held to what an entry is held to, and may only cite what is there."""
    from jdneg.domain.claims import check_claim
    from jdneg.domain.codec import encode
    from jdneg.domain.contacts import check_contact
    from jdneg.domain.loans import check_loan
    from jdneg.errors import NegativeAmount
    from jdneg.storage.cites import cited_ids

    if kind == "loan":
        check_loan(after, session.today)
    if kind == "contact" or (kind == "letter" and after.received is not None):
        check_contact(after if kind == "contact" else after.received)
    if kind == "claim":
        check_claim(after, session.today)
    if kind == "payment" and after.amount <= 0:
        raise NegativeAmount(value=after.amount)
    for one in sorted(cited_ids(kind, encode(after)) - cited_ids(kind, encode(before))):
        session.store.get(one)


def withdraw_record(session: Session, text: str, kind: str, reason: str | None) -> Result:
    """A tombstone with its reason; the record stays in the history and can be reinstated by undo."""
    from jdneg.domain import changes
    from jdneg.views.written import written

    found = session.get(text, kind)
    if not reason:
        raise ReasonNeeded(id=found.id)
    told = _rests_on(session, found.id)
    receipt = session.transact(lambda: [changes.withdraw(kind, session.get(found.id, kind).id, reason)])
    return written(receipt, found.record, t("app.withdrawn", id=found.id), messages=told, record_id=found.id)


def _rests_on(session: Session, record_id: str) -> list[Message]:
    """Papers that left citing the record: they stay as they are, and so does what they say."""
    from jdneg.domain.evidence.links import is_out
    from jdneg.domain.messages import warning

    papers = [one for one in session.store.dependants(record_id) if kind_of(one.id) in ("letter", "complaint")]
    out = [one.id for one in papers if is_out(one.record)]
    return [warning("app.withdrawn_cited", id=record_id, papers=out)] if out else []
