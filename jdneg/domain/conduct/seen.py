"""A contact made ready for judging: its day and moment in Asia/Shanghai, its loan, how sure its facts are."""

from __future__ import annotations

import datetime as dt

from jdneg.domain.conduct.findings import Confidence
from jdneg.domain.conduct.lexicon import Reading
from jdneg.domain.conduct.world import World
from jdneg.domain.dates import shanghai_day, shanghai_moment
from jdneg.domain.disclosure import outsider
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.loan import Loan
from jdneg.values import dataclass

WRITTEN = frozenset({"sms", "chat", "email", "social", "letter"})
_NOTHING = Reading()


@dataclass(frozen=True, slots=True)
class Seen:
    """``incoming`` None: nobody said who called whom. ``moment`` None: the time of day is unknown."""

    id: str | None
    contact: Contact
    day: dt.date
    moment: dt.datetime | None
    incoming: bool | None
    loan: Loan | None
    loan_id: str | None
    world: World
    third_party: bool
    reading: Reading = _NOTHING

    @property
    def kind(self) -> str:
        return self.loan.kind if self.loan else "unknown"

    @property
    def fact(self) -> Confidence:
        """How well what happened is known: hearsay little, from memory or about a time somewhat, else well."""
        if self.contact.told_by is not None:
            return "low"
        return "medium" if self.contact.approximate or self.contact.reconstructed else "high"

    @property
    def side(self) -> str:
        """Who was at it: the lender with its agencies; without a loan the number or name they came by."""
        contact = self.contact
        return self.loan.lender if self.loan else f"?{contact.agency or contact.number or contact.sender or ''}"

    @property
    def named(self) -> bool:
        """Whether it is known who was at it: two callers nobody knows are not one."""
        return self.side != "?"

    @property
    def collects(self) -> bool:
        """A call or visit does; a message whose words are known only where they speak of what is owed."""
        if self.contact.channel not in WRITTEN or self.contact.said is None:
            return True
        return self.reading.collection or bool(self.reading.hits)

    @property
    def said_fact(self) -> Confidence:
        """How well the words are known: a message or a recording well, words noted by hand somewhat."""
        if self.contact.told_by is not None:
            return "low"
        kept = self.contact.channel in WRITTEN or self.contact.source is not None or bool(self.contact.exhibits)
        return "high" if kept else "medium"


def look(stored: Stored[Contact], world: World, reading: Reading) -> Seen:
    """The contact with all that judging it needs."""
    contact = stored.record
    moment = shanghai_moment(contact.happened_at)
    day = moment.date() if moment else shanghai_day(contact.happened_at)
    loan_id = None if contact.loan is None else str(contact.loan)
    loan = world.loans.get(loan_id) if loan_id else None
    third = outsider(contact) is not None
    return Seen(stored.id, contact, day, moment, incoming(contact, third), loan, loan_id, world, third, reading)


def incoming(contact: Contact, third_party: bool) -> bool | None:
    """Whether the other side came to us. A visit, a word to a third person and their own message say so."""
    if contact.direction is not None:
        return contact.direction == "in"
    theirs = contact.channel in WRITTEN and contact.said is not None and contact.i_said is None
    if contact.channel == "visit" or third_party or theirs:
        return True
    return None
