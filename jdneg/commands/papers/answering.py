"""A letter that came, from its class to its answer and its end."""

from __future__ import annotations

from typing import Any

from jdneg.commands.shared.options import Question, complete
from jdneg.commands.shared.reading import Reader, choose
from jdneg.domain.messages import Message
from jdneg.errors import BadState, EmptyText, NotAsOf
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session


def plan_letter(session: Session, letter: str) -> Result:
    """``letter plan``: the six steps, how far they are, and what the answer deals with."""
    from jdneg.commands.contacts.scam import verdict_of
    from jdneg.domain.correspondence.answering import answer_plan
    from jdneg.domain.correspondence.classify import classify
    from jdneg.storage.cards import answer_texts, letter_book
    from jdneg.views.letterplan import plan_page

    came = letter_that_came(session, letter)
    words = "\n".join(one for one in (came.record.subject, came.record.text) if one)
    kind = classify(words, letter_book()).kind
    replies = [one for one in session.store.all("letter") if one.record.answers == came.id]
    how = came.record.received
    kept = bool(how and how.exhibits) or any(came.id in one.record.supports for one in session.store.all("exhibit"))
    plan = answer_plan(came, replies, kind.id if kind else None, kept=kept)
    return plan_page(plan, answer_texts(), verdict_of(session, came.id))


def letter_that_came(session: Session, letter: str) -> Any:
    """Raises BadState for one the user wrote."""
    found = session.get(letter, "letter")
    if found.record.direction != "in":
        raise BadState(id=found.id, state=Message("paper.state_own"))
    return found


def set_class(session: Session, letter: str, kind: str) -> Result:
    """``letter classify T1 loan``: what the user takes it for, whatever its words say."""
    from dataclasses import replace

    from jdneg.commands.shared.choices import LETTER_CLASSES
    from jdneg.domain import changes
    from jdneg.views.written import written

    if session.settings.as_of is not None:
        raise NotAsOf()
    chosen: Any = choose(kind, LETTER_CLASSES)
    came = letter_that_came(session, letter)

    def decide() -> list[changes.Change]:
        live = session.store.get(came.id).record
        return [changes.step("letter", came.id, replace(live, letter_class=chosen), t("paper.reason_class"))]

    receipt = session.transact(decide)
    said = t("paper.class_set", id=came.id, name=t(f"word.letter_{chosen}"))
    return written(receipt, session.store.get(came.id).record, said, record_id=came.id)


def close_letter(session: Session, letter: str, outcome: str | None, at: str | None, note: str | None) -> Result:
    """``letter close``: how it ended. Nothing is judged: the user's own words are kept."""
    from jdneg.domain import changes
    from jdneg.domain.correspondence.answering import closed
    from jdneg.views.written import written

    (outcome,) = complete(session, [Question("--outcome", outcome)])
    read = Reader(session)
    when = read.moment(at, "--at") or session.now
    read.errors += [] if outcome.strip() else [EmptyText(flag="--outcome")]
    found = read.read(letter, lambda one: session.get(one, "letter"))
    read.done()

    def decide() -> list[changes.Change]:
        live = closed(session.store.get(found.id), when, outcome.strip(), note)
        return [changes.step("letter", found.id, live, t("paper.reason_closed"))]

    receipt = session.transact(decide)
    return written(receipt, session.store.get(found.id).record, t("paper.closed", id=found.id), record_id=found.id)
