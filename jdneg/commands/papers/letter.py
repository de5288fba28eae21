"""``jdneg letter``: drafts from the journal's facts, and what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jdneg.commands.shared.options import Arg, Many, Need, Question, Switch, Text, complete
from jdneg.commands.shared.reading import Reader, words_of
from jdneg.domain.messages import Message, warning
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.domain.records.paper import Letter


def kinds(session: Session) -> Result:  # noqa: ARG001 -- every command takes the session
    from jdneg.views.letters import kinds_page

    return kinds_page()


def draft(
    session: Session,
    letter_kind: Need,
    loan: Text = None,
    case: Text = None,
    recipient: Text = None,
    hours: Text = None,
    channel: Many = None,
    no_third_party: Switch = False,
    item: Many = None,
    letter: Text = None,
    output: Text = None,
) -> Result:
    from jdneg.commands.papers.drafting import Wanted, draft_letter

    wanted = Wanted(
        kind=letter_kind, loan=loan, case=case, recipient=recipient, hours=hours, channels=words_of(channel),
        no_third_party=no_third_party, items=words_of(item), letter=letter, output=output,
    )  # fmt: skip
    return draft_letter(session, wanted)


def sent(
    session: Session,
    letter: Need,
    at: Text = None,
    via: Text = None,
    file: Text = None,
    tracking: Text = None,
    reply_by: Text = None,
    delivered: Text = None,
    note: Text = None,
) -> Result:
    from dataclasses import replace

    from jdneg.commands.papers.drafting import frozen_cites
    from jdneg.commands.shared.attaching import attachments
    from jdneg.domain import changes
    from jdneg.domain.dates import shanghai_day
    from jdneg.errors import DatesOutOfOrder
    from jdneg.views.written import written

    at, via = complete(session, [Question("--at", at, check=session.moment), Question("--via", via)])
    read = Reader(session)
    when, due = read.moment(at), read.day(reply_by, "--reply-by", prefer="future")
    came = read.day(delivered, "--delivered")
    read.done()
    if came is not None and came < shanghai_day(when):
        raise DatesOutOfOrder(first="--at", second="--delivered", start=str(shanghai_day(when)), end=str(came))
    found = session.get(letter, "letter")
    extra, ids = attachments(session, [file] if file else None)
    made: list[Letter] = []

    def decide() -> list[changes.Change]:
        live = _unsent(session, found.id)
        frozen = frozen_cites(session, live.cites)
        sent_now = {"sent_at": when, "via": via, "tracking": tracking, "frozen": frozen, "note": note or live.note}
        sent_now |= {"reply_by": due or live.reply_by, "delivered_on": came}
        made.append(replace(live, **sent_now, final=ids[0] if ids else None))
        return [changes.step("letter", found.id, made[-1], t("paper.reason_sent")), *extra]

    receipt = session.transact(decide)
    said = t("paper.sent", id=found.id, count=len(made[-1].frozen))
    live = session.store.get(found.id).record
    return written(receipt, live, said, messages=_kept_as_drafted(live), record_id=found.id)


def _unsent(session: Session, letter_id: str) -> Letter:
    """Raises BadState for one that came, or was sent."""
    from jdneg.errors import BadState

    live: Letter = session.store.get(letter_id).record
    if live.direction == "in":
        raise BadState(id=letter_id, state=t("paper.state_received"))
    if live.sent_at is not None:
        raise BadState(id=letter_id, state=t("paper.state_sent"))
    return live


def _kept_as_drafted(letter: Letter) -> tuple[Message, ...]:
    """What was filled in by hand is not on record: the draft must not pass for the letter."""
    unfilled = letter.missing and letter.final is None
    return (warning("paper.kept_as_drafted", items=list(letter.missing)),) if unfilled else ()


def list_(session: Session, last: Text = None, page: Text = None, reveal: Switch = False) -> Result:
    from jdneg.views.letters import letter_list

    read = Reader(session)
    shown = read.page(last, page)
    read.done()
    return letter_list(session.store.all("letter"), shown, reveal=reveal)


def show(session: Session, letter: Need) -> Result:
    from jdneg.commands.papers.drafting import with_moved
    from jdneg.views.letters import letter_page

    found = session.get(letter, "letter")
    return with_moved(session, letter_page(found), found.record)


def amend(session: Session, letter: Need, set_: Many = None, reason: Text = None, edit: Switch = False) -> Result:
    from jdneg.commands.shared.amending import amend

    return amend(session, letter, "letter", set_, reason, edit=edit)


def withdraw(session: Session, letter: Need, reason: Text = None) -> Result:
    from jdneg.commands.shared.amending import withdraw_record

    return withdraw_record(session, letter, "letter", reason)


def classify(
    session: Session, letter: Arg = None, letter_class: Arg = None, text: Text = None, text_file: Text = None
) -> Result:
    if letter is not None and letter_class is not None:
        from jdneg.commands.papers.answering import set_class

        return set_class(session, letter, letter_class)
    from jdneg.commands.papers.sources import classify_letter

    return classify_letter(session, letter, text, text_file)


def plan(session: Session, letter: Need) -> Result:
    from jdneg.commands.papers.answering import plan_letter

    return plan_letter(session, letter)


def close(session: Session, letter: Need, outcome: Text = None, at: Text = None, note: Text = None) -> Result:
    from jdneg.commands.papers.answering import close_letter

    return close_letter(session, letter, outcome, at, note)


def verify_source(
    session: Session,
    letter: Need,
    result: Text = None,
    by: Text = None,
    via: Text = None,
    at: Text = None,
    answer: Text = None,
    agent: Text = None,
) -> Result:
    from jdneg.commands.papers.sources import SourceFlags, verify_letter

    flags = SourceFlags(result=result, by=by, via=via, at=at, answer=answer, agent=agent)
    return verify_letter(session, letter, flags)
