"""Names typed a little differently from those known: asked about on a terminal, else warned of, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from jdneg.domain.messages import Message, hint, warning
from jdneg.i18n import say, t
from jdneg.session import Session
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """The tags and agencies of the journal before this contact; empty where the contact names none."""

    tags: Sequence[str] = ()
    agencies: Sequence[str] = ()


def known_names(session: Session, contact: Any) -> Known:
    """Looked up only for what the contact names: most name nothing, and a log must be quick."""
    if not (contact.tags or contact.agency) or not session.store.exists():
        return Known()
    names = session.store.names
    return Known(names("tag") if contact.tags else (), names("agency") if contact.agency else ())


def sure_of_names(session: Session, contact: Any, known: Known) -> Any:
    """On a terminal a new agency is asked about once, where others are known: it is easily another, misspelt."""
    while _can_ask(session) and contact.agency and known.agencies and contact.agency not in known.agencies:
        close = ", ".join(_closest(session, contact.agency, known.agencies))
        other = session.ports.ask(t("ask.new_agency", name=contact.agency, known=close)).strip()
        if not other:
            break
        contact = replace(contact, agency=other)
    return contact


def _closest(session: Session, name: str, known: Sequence[str]) -> Sequence[str]:
    from jdneg.domain.likeness import same_house

    close = same_house(name, known, session.lexicon.simplified)
    return [close] if close else known[:3]


def names_like(session: Session, stored: Any, known: Known) -> tuple[Message, ...]:
    """What to say of a contact that was just written."""
    contact = stored.record
    found = []
    for tag in contact.tags if known.tags else ():
        like = _alike(session, tag, known.tags)
        if like:
            mended = ",".join(like if one == tag else one for one in contact.tags)
            found.append(warning("contact.tag_like", id=stored.id, tag=tag, like=like, tags=mended))
    new = contact.agency is not None and known.agencies and contact.agency not in known.agencies
    if new and not _can_ask(session):  # else it was asked about
        found.append(
            hint("contact.new_agency", name=contact.agency, known=_closest(session, contact.agency, known.agencies))
        )
    return tuple(found)


def _alike(session: Session, name: str, known: Sequence[str]) -> str | None:
    from jdneg.domain.likeness import alike

    return alike(name, known, session.lexicon.simplified)


def sure_of_lender(session: Session, lender: str) -> tuple[str, tuple[Message, ...]]:
    """The lender's name, asked about on a terminal where it is like one known; elsewhere as it is, with a warning."""
    while like := _like_lender(session, lender):
        told = warning("loan.lender_like", lender=lender, like=like)
        if not _can_ask(session):
            return lender, (told,)
        other = session.ports.ask(say(told), t("ask.same_or_new", like=like)).strip()
        if not other:
            break
        lender = like if other == "=" else other
    return lender, ()


def _like_lender(session: Session, lender: str) -> str | None:
    from jdneg.domain.likeness import same_house

    if not session.store.exists():
        return None
    return same_house(lender, [one.record.lender for one in session.store.select("loan")], session.lexicon.simplified)


def _can_ask(session: Session) -> bool:
    return session.ports.can_ask() and not session.settings.no_input
