"""``jdneg negotiate``: contacts of a case, promises of both sides, stops and goes, the end of an agreement."""

from __future__ import annotations

from typing import Any

from jdneg.commands.shared.options import Arg, Many, Need, Question, Text, complete
from jdneg.commands.shared.reading import Reader, words_of
from jdneg.commands.talks.stepping import take_step
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session

STATES = {
    "kept": "kept", "late": "late", "broken": "broken", "unknown": "unknown", "replaced": "replaced",
    "已履行": "kept", "迟延": "late", "未履行": "broken", "不清楚": "unknown", "已取代": "replaced",
}  # fmt: skip
_OTHER = {"other": "other", "其他": "other"}
SIDES = {"me": "me", "lender": "lender", "我": "me", "对方": "lender"}


def contact(session: Session, case: Need, call: Many = None, reply_by: Text = None, ticket: Text = None) -> Result:
    from jdneg.domain.negotiation.talks import link_contacts, link_messages
    from jdneg.errors import MissingFlags

    read = Reader(session)
    by = read.day(reply_by, prefer="future")
    found = [read.read(one, lambda name: session.get(name, "contact")) for one in words_of(call)]
    read.done()
    if not found and by is None and ticket is None:
        raise MissingFlags(flags="--call")
    return take_step(
        session, case, lambda one: link_contacts(one, found, by, ticket), t("talks.reason_contact"),
        lambda one: link_messages(one, found),
    )  # fmt: skip


def promise(
    session: Session,
    case: Need,
    state: Arg = None,
    set_: Text = None,
    by: Text = None,
    what: Text = None,
    due: Text = None,
    contact: Text = None,
    at: Text = None,
) -> Result:
    from jdneg.errors import ContradictoryFlags

    if set_ is not None and what is not None:
        raise ContradictoryFlags(first="--set", second="--what")
    if set_ is not None or state is not None:
        return _set_state(session, case, set_, state, at)
    return _new_promise(session, case, by, what, due, contact)


def _set_state(session: Session, case: str, number: str | None, state: str | None, at: str | None) -> Result:
    """``--set 2 kept``, or ``--set 2=kept``."""
    from jdneg.domain.negotiation.talks import set_messages, set_promise

    if number is not None and state is None and "=" in number:
        number, _, state = number.partition("=")
    number, state = complete(session, [Question("--set", number), Question("STATE", state)])
    read = Reader(session)
    which, how = read.number(number, least=1), read.choice(state, STATES)
    on = read.day(at) or session.today
    read.done()
    return take_step(
        session, case, lambda one: set_promise(one, which, how, on), t("talks.reason_promise_set"),
        lambda one: set_messages(one, which, on),
    )  # fmt: skip


def _new_promise(
    session: Session, case: str, by: str | None, what: str | None, due: str | None, contact: str | None
) -> Result:
    from jdneg.domain.negotiation.talks import add_promise
    from jdneg.domain.records.promise import Promise

    by, what, due = complete(
        session, [Question("--by", by), Question("--what", what), Question("--due", due, optional=True)]
    )
    read = Reader(session)
    side, day = read.choice(by, SIDES), read.day(due, prefer="future")
    read.done()
    said_in = session.get(contact, "contact").id if contact else None
    made = Promise(by=side, what=str(what).strip(), due=day, contact=said_in)
    return take_step(session, case, lambda one: add_promise(one, made), t("talks.reason_promise"))


def stuck(
    session: Session, case: Need, reason: Text = None, contact: Text = None, at: Text = None, note: Text = None
) -> Result:
    from jdneg.commands.shared.choices import REFUSALS
    from jdneg.domain.negotiation.talks import get_stuck
    from jdneg.errors import MissingFlags
    from jdneg.storage.texts import stuck_reasons
    from jdneg.views.playbooks import ask_next

    (reason,) = complete(session, [Question("--reason", reason)])
    read = Reader(session)
    known = stuck_reasons()
    titles = {one.title["zh"]: one.id for one in known.values()}
    code = read.choice(reason, REFUSALS | titles | _OTHER, "--reason")
    day = read.day(at) or session.today
    if code == "other" and not (note or "").strip():  # in words of one's own
        read.errors.append(MissingFlags(flags="--note"))
    read.done()
    code = None if code == "other" else code
    said_in = session.get(contact, "contact").id if contact else None
    step = take_step(session, case, lambda one: get_stuck(one, day, code, said_in, note), t("talks.reason_stuck"))
    return _with(step, ask_next(known[code])) if code else step


def _with(step: Result, blocks: Any) -> Result:
    from dataclasses import replace

    return replace(step, view=(*step.view, *blocks))


def milestone(session: Session, case: Need, what: Text = None, at: Text = None, contact: Text = None) -> Result:
    from jdneg.domain.negotiation.talks import pass_milestone

    (what,) = complete(session, [Question("--what", what)])
    read = Reader(session)
    day = read.day(at) or session.today
    read.done()
    said_in = session.get(contact, "contact").id if contact else None
    return take_step(
        session, case, lambda one: pass_milestone(one, day, str(what), said_in), t("talks.reason_milestone")
    )


def tick(session: Session, case: Need, done: Need, at: Text = None) -> Result:
    from jdneg.domain.negotiation.playbook import playbook_of
    from jdneg.domain.negotiation.talks import tick as ticked
    from jdneg.storage.texts import playbooks

    read = Reader(session)
    day = read.day(at) or session.today
    read.done()
    record = session.get(case, "case").record
    book = playbook_of(playbooks(), record.playbook, record.problem)
    return take_step(session, case, lambda one: ticked(one, words_of([done]), book, day), t("talks.reason_tick"))


def end(session: Session, case: Need, at: Text = None, reason: Text = None) -> Result:
    from jdneg.domain.negotiation.talks import end_agreement, end_messages

    at, reason = complete(session, [Question("--at", at, check=session.day), Question("--reason", reason)])
    day = session.day(str(at))
    return take_step(session, case, lambda one: end_agreement(one, day, reason), t("talks.reason_end"), end_messages)
