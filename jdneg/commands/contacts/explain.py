"""``jdneg explain``: a situation, a rule, or a record with its findings, in plain words for both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jdneg.commands.shared.options import Words
from jdneg.domain.ids import kind_of, parse_id
from jdneg.errors import BadId, UnknownTopic
from jdneg.result import Result
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.domain.messages import Message


def explain(session: Session, topic: Words = None) -> Result:
    from jdneg.domain.explaining import card_named, cards_on
    from jdneg.views.explaining import card_page, rule_card, topic_list

    asked = " ".join(topic or ()).strip()
    if not asked:
        return topic_list(session.cards)
    card = card_named(session.cards, asked)
    if card is not None:
        return card_page(card, session.rules, session.as_of)
    rule = session.rules.rules.get(asked) or session.rules.rules.get(f"conduct.{asked}")
    if rule is not None:
        return rule_card(rule, session.as_of, cards_on(session.cards, rule.id))
    return _record(session, asked)


def _record(session: Session, asked: str) -> Result:
    from jdneg.views.explaining import record_card

    try:
        record_id = parse_id(asked)
        found = session.get(record_id, kind_of(record_id))
    except (BadId, KeyError) as error:
        raise UnknownTopic(topic=asked, close=_close(session, asked)) from error
    return record_card(found, _findings(session, found.id), session.rules, session.as_of, _fraud_in(session, found))


def _fraud_in(session: Session, found: Any) -> Message | None:
    """Whether a contact or a letter that came looks like fraud: no rule of conduct says so."""
    from jdneg.commands.contacts.scam import verdict_of

    came = kind_of(found.id) == "contact" or (kind_of(found.id) == "letter" and found.record.direction == "in")
    return verdict_of(session, found.id) if came else None


def _findings(session: Session, record_id: str) -> list[object]:
    """Of a contact, or a letter that came."""
    from jdneg.commands.shared.judging import check_journal

    if kind_of(record_id) not in ("contact", "letter"):
        return []
    return [one for one in check_journal(session).findings if one.contact == record_id]


def _close(session: Session, asked: str) -> str:
    from difflib import get_close_matches

    from jdneg.domain.explaining import names_of

    known = [*names_of(session.cards), *session.rules.rules]
    return ", ".join(get_close_matches(asked, known, n=3, cutoff=0.5) or list(session.cards)[:6])
