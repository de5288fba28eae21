"""From the flags of a log command to the contact, its attachments and its findings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jdneg.commands.shared.options import Question, complete
from jdneg.commands.shared.reading import NO, YES, Reader, in_words, whole, words_of, words_or_file, yes_no
from jdneg.domain.dates import in_small_hours
from jdneg.errors import BadUsage, JdnegError, ManyErrors, RuleBookBroken
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.commands.contacts.contactflags import Common, LetterFlags, Talk, VisitFlags
    from jdneg.domain.messages import Message
    from jdneg.domain.records.contact import Contact, Demand, Visit
    from jdneg.domain.records.paper import Letter
    from jdneg.domain.rulebook import RuleBook


def sorted_out(common: Common) -> Common:
    """The words that stand bare: a loan, and tags with a plus before them. Raises BadUsage for any more."""
    words: list[str] = [common.loan] if isinstance(common.loan, str) else list(common.loan or ())
    tags = [word[1:].strip() for word in words if word.startswith(("+", "＋"))]
    bare = [word for word in words if not word.startswith(("+", "＋"))]
    if len(bare) > 1 or "" in tags:
        raise BadUsage(detail=t("app.too_many", detail=" ".join(bare[1:] or ["+"])))
    return replace(common, loan=bare[0] if bare else None, tag=[*(common.tag or ()), *tags])


def complete_spoken(
    session: Session, command: str, common: Common, talk: Talk, visit: Any = None
) -> tuple[Common, Talk, Any]:
    """The flags (of a visit too), with what was missing asked for on a terminal."""
    if common.at is None:
        from jdneg.commands.contacts.entering import entry_for

        given = (common, talk) if visit is None else (common, talk, visit)
        common, talk, *more = entry_for(session, command, *given)
        visit = more[0] if more else None
    said = words_or_file(talk.said, talk.said_file, "--said") or None
    seen = () if visit is None else _VISIT
    loan, at, number, agency, agent, *answers, said, i_said, result, next_ = complete(
        session,
        [
            Question("LOAN", common.loan, optional=True, check=lambda text: session.get(text, "loan")),
            Question("--at", common.at, check=session.moment),
            Question("--number", common.number, optional=True),
            Question("--agency", common.agency, optional=True),
            Question("--agent", common.agent, optional=True),
            *(Question(_flag(name), getattr(visit, name), optional=True, check=check) for name, check in seen),
            Question("--said", said, optional=True),
            Question("--i-said", talk.i_said, optional=True),
            Question("--result", common.result, optional=True),
            Question("--next", common.next_, optional=True),
        ],
    )
    common = replace(common, loan=loan, at=at, number=number, agency=agency, agent=agent, result=result, next_=next_)
    if visit is not None:
        visit = replace(visit, **dict(zip((name for name, _ in seen), answers, strict=True)))
    return common, replace(talk, said=said, i_said=i_said), visit


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _people(text: str) -> int:
    return whole(text, 1, 99)


def _lasting(text: str) -> int:
    from jdneg.domain.phrases import parse_duration

    return parse_duration(text)


# What is asked of a visit, in the order in which it went: Enter is unknown.
_VISIT: tuple[tuple[str, Callable[[str], object] | None], ...] = (
    ("people", _people), ("notice", yes_no), ("consent", yes_no), ("purpose", None), ("id_shown", yes_no),
    ("authorisation", yes_no), ("entered", yes_no), ("touched", yes_no), ("said_before_others", yes_no),
    ("photographed", yes_no), ("asked_to_leave", yes_no), ("left_after", _lasting), ("police", yes_no),
)  # fmt: skip


def log_contact(
    session: Session,
    read: Reader,
    channel: str,
    common: Common,
    talk: Talk,
    more: dict[str, Any],
    files: Sequence[str],
    *,
    letter: LetterFlags | None = None,
) -> Result:
    """Write one contact (or the ``letter`` it is) and answer with its findings."""
    from jdneg.commands.contacts.noticing import notices
    from jdneg.commands.shared.attaching import attachments
    from jdneg.commands.shared.judging import findings_of
    from jdneg.domain import changes
    from jdneg.views.logged import logged

    common = _sure_of_time(session, common)
    debt = session.get(common.loan, "loan") if common.loan else None
    contact = _contact(session, read, channel, common, talk, more)
    paper = None if letter is None else letter_of(read, letter)
    read.done()
    contact = replace(contact, loan=debt.id if debt else None)
    contact, known = _sure(session, contact)
    exhibits, ids = attachments(session, files)
    contact = replace(contact, exhibits=ids)
    added = changes.add("contact", contact) if paper is None else changes.add("letter", paper(contact))
    receipt = session.commit([added, *exhibits])
    if session.entry:
        session.entry.done()
    kept = session.store.get(receipt.ids[0])
    stored = kept if paper is None else received(kept)
    told = (*notices(session, debt, stored), *_names_like(session, stored, known))
    if paper is not None:
        told += _fraud_in(session, stored.id)
    try:
        found, book = findings_of(session, stored), session.rules
    except (RuleBookBroken, ManyErrors) as fault:  # the call is logged all the same
        found, book = [], _no_rules()
        told += (_not_judged(stored.id, fault),)
    return logged(receipt, kept, stored, found, book, told)


def _no_rules() -> RuleBook:
    from jdneg.domain.rulebook import RuleBook

    return RuleBook({}, "")


def _not_judged(contact: str, fault: JdnegError) -> Message:
    from jdneg.domain.messages import warning

    broken = fault.errors if isinstance(fault, ManyErrors) else [fault]
    return warning("contact.not_judged", id=contact, files=", ".join(str(one.facts.get("path")) for one in broken))


def _sure(session: Session, contact: Contact) -> tuple[Contact, Any]:
    """The contact, if its times can be and its names are meant so; with the names known before, where it has any.

    Imports what it needs where there is something to look at: most calls name nobody new, and a log must be quick.
    """
    if contact.ended_at is not None:
        from jdneg.domain.contacts import check_contact

        check_contact(contact)
    if not (contact.tags or contact.agency):
        return contact, None
    from jdneg.commands.shared.naming import known_names, sure_of_names

    known = known_names(session, contact)
    return sure_of_names(session, contact, known), known


def _fraud_in(session: Session, record_id: str) -> tuple[Any, ...]:
    """Of a letter: whether it looks like fraud. Judging conduct alone would say that nothing is the matter."""
    from jdneg.commands.contacts.scam import verdict_of

    return tuple(one for one in (verdict_of(session, record_id),) if one)


def _names_like(session: Session, stored: Any, known: Any) -> tuple[Any, ...]:
    if known is None:
        return ()
    from jdneg.commands.shared.naming import names_like

    return names_like(session, stored, known)


def _sure_of_time(session: Session, common: Common) -> Common:
    """A time after midnight is easily a day off (昨晚1点): on a terminal, ask before it is written."""
    from jdneg.views.words import time, weekday

    note = None
    while session.ports.can_ask() and not session.settings.no_input and common.at:
        when, _ = session.moment(common.at)
        if not in_small_hours(when):
            break
        asked = t("ask.small_hours", typed=common.at, when=time(when), weekday=weekday(when))
        other = session.ports.ask(asked, note).strip()
        note = None
        if other.lower() in {"", "对", "对的", "ok", *YES}:
            break
        if other.lower() in {"不对", "不", *NO}:
            continue
        try:
            session.moment(other)
            common = replace(common, at=other)
        except JdnegError as error:
            note = in_words(error)
    return common


def _contact(
    session: Session, read: Reader, channel: str, common: Common, talk: Talk, more: dict[str, Any]
) -> Contact:
    """The facts of the flags; a text without a sign in it is none."""
    from jdneg.domain.records.contact import Contact

    when, about = read.read(common.at, session.moment, "--at") or (None, False)
    facts = {
        "happened_at": when,
        "approximate": common.approx or about,
        "direction": "out" if common.out else "in",
        "disclosed": words_of(common.disclosed),
        "tags": words_of(common.tag),
        "promises": _promises(read, common, when),
        "next_at": read_next(session, common.next_, when),
        "demand": _demand(read, common, when),
        "case": read.read(common.case, lambda text: session.get(text, "case").id, "--case"),
        **_as_typed(common, talk),
        **_lengths(read, talk),
        **_answers(read, common, talk),
    }
    known = {name: None if isinstance(value, str) and not value.strip() else value for name, value in facts.items()}
    return Contact(channel=channel, **known, **more)  # type: ignore[arg-type]


# A contact's field by its flag, where they are not of one name.
_TYPED = {
    "at_text": "at", "role_claimed": "role", "role_verified": "verified", "next_text": "next_",
    **{name: name for name in (
        "number", "agency", "agent", "third_party", "told_by", "result", "impact", "witness", "note", "attitude",
        "reconstructed",
    )},
}  # fmt: skip
_YES_OR_NO = {
    "identity_stated": "identity", "agreed_time": "agreed", "fee_pressed": "fee_pressed",
    "borrowing_pressed": "borrowing_pressed", "private_payee": "private_payee",
}  # fmt: skip


def _as_typed(common: Common, talk: Talk) -> dict[str, Any]:
    spoken = {name: getattr(talk, name) for name in ("said", "i_said", "summary")}
    return {name: getattr(common, flag) for name, flag in _TYPED.items()} | spoken


def _answers(read: Reader, common: Common, talk: Talk) -> dict[str, Any]:
    """Yes, no or unknown, and one of a few words."""
    from jdneg.commands.shared.choices import REFUSALS
    from jdneg.domain.naming import TO_WHOM

    answers = {name: read.yes(getattr(common, flag), _flag(flag)) for name, flag in _YES_OR_NO.items()}
    return answers | {
        "inconvenient": read.yes(talk.inconvenient, "--inconvenient"),
        "to_whom": read.choice(common.to_whom, TO_WHOM, "--to-whom"),
        "refusal": read.choice(common.refusal, REFUSALS, "--refusal"),
    }


def _lengths(read: Reader, talk: Talk) -> dict[str, Any]:
    from jdneg.domain.phrases import parse_duration

    return {
        "ended_at": read.moment(talk.until, "--until"),
        "duration_seconds": read.read(talk.duration, parse_duration, "--duration"),
        "wait_seconds": read.read(talk.wait, parse_duration, "--wait"),
    }


def _demand(read: Reader, common: Common, when: Any) -> Demand | None:
    """What was asked to be paid; None where nothing of it is known."""
    from jdneg.domain.records.contact import Demand

    demand = Demand(
        amount=read.amount(common.demand, "--demand"),
        due=read.day(common.demand_due, "--demand-due", prefer="future", start=when),
        whole_balance=read.yes(common.whole_balance, "--whole-balance"),
    )
    return None if demand == Demand() else demand


def _promises(read: Reader, common: Common, when: Any) -> tuple[Any, ...]:
    """Theirs, then mine, each with its own day: it lies ahead, unless a past one is meant."""
    if not (common.they_promise or common.i_promise):
        return ()
    from jdneg.domain.promises import By, read_promise

    sides: tuple[tuple[By, str, Any], ...] = (
        ("lender", "--they-promise", common.they_promise), ("me", "--i-promise", common.i_promise),
    )  # fmt: skip

    def promised(text: str, by: By, flag: str) -> Any:
        return read.read(
            text,
            lambda one: read_promise(one, by, flag, lambda day: read.session.day(day, prefer="future", start=when)),
        )

    return tuple(promised(text, by, flag) for by, flag, texts in sides for text in texts or ())


def sender_of(text: str | None) -> tuple[str | None, str | None]:
    """Whom a letter is from as a number, or as a name or an address."""
    if text is None or not text.strip():
        return None, None
    bare = text.strip().lstrip("+").replace("-", "").replace(" ", "")
    return (text.strip(), None) if bare.isdecimal() else (None, text.strip())


def letter_of(read: Reader, flags: LetterFlags) -> Callable[[Contact], Letter]:
    """What makes the letter of the contact by which it came. Each fact stands once: the words are the letter's."""
    from jdneg.commands.shared.choices import WAYS
    from jdneg.domain.records.paper import Letter

    via, reply_by = read.choice(flags.via, WAYS, "--via"), read.day(flags.reply_by, "--reply-by", prefer="future")

    def made(contact: Contact) -> Letter:
        from jdneg.domain.correspondence.received import WAYS as CHANNELS
        from jdneg.domain.dates import shanghai_day

        came = replace(contact, channel=CHANNELS[via], loan=None, case=None, said=None)
        return Letter(
            kind="received",
            direction="in",
            drafted_on=shanghai_day(contact.happened_at),
            loan=contact.loan,
            case=contact.case,
            text=contact.said,
            via=via,
            subject=flags.subject or None,
            account=flags.account or None,
            transaction=flags.transaction or None,
            reply_by=reply_by,
            received=came,
        )

    return made


def received(letter: Any) -> Any:
    """A letter just kept, as the contact that it is."""
    from jdneg.domain.correspondence.received import as_contact

    return as_contact(letter)


# What people say after the time of an appointment, and what adds nothing to it.
_AFTER_TIME = (
    r"[，,。 ]*(?:再|会|要|给)*(?:谈|说|打|联系|回电|来电|打来|打电话|回复|答复|见面|上门|call ?back|call|again)+$"
)


def read_next(session: Session, text: str | None, start: Any = None) -> Any:
    """The next appointment lies ahead of the contact, which may be long past (``周二14:00再谈``).

    Words that are no time are kept as words alone.
    """
    from jdneg.errors import BadTime

    for words in (text, re.sub(_AFTER_TIME, "", text)) if text else ():
        with suppress(BadTime):
            return session.moment(words, prefer="future", start=start)[0]
    return None


def visit_of(read: Reader, flags: VisitFlags) -> Visit:
    from jdneg.domain.phrases import parse_duration
    from jdneg.domain.records.contact import Visit

    seconds = read.read(flags.left_after, parse_duration, "--left-after")
    return Visit(
        people=read.number(flags.people, "--people", least=1, most=99),
        consent=read.yes(flags.consent, "--consent"),
        notice=read.yes(flags.notice, "--notice"),
        purpose=flags.purpose,
        id_shown=read.yes(flags.id_shown, "--id-shown"),
        authorisation=read.yes(flags.authorisation, "--authorisation"),
        entered=read.yes(flags.entered, "--entered"),
        touched=read.yes(flags.touched, "--touched"),
        said_before_others=read.yes(flags.said_before_others, "--said-before-others"),
        photographed=read.yes(flags.photographed, "--photographed"),
        asked_to_leave=read.yes(flags.asked_to_leave, "--asked-to-leave"),
        left_after_minutes=None if seconds is None else seconds // 60,
        police_called=read.yes(flags.police, "--police"),
    )
