"""An offer or a counter-offer, from its flags to the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jdneg.commands.shared.limits import limitation_notice, settled_notice
from jdneg.commands.shared.options import Many, Switch, Text
from jdneg.commands.shared.reading import Reader
from jdneg.commands.talks.owing import owed_in
from jdneg.commands.talks.stepping import take_step
from jdneg.domain.dates import shanghai_day
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session
from jdneg.values import dataclass

if TYPE_CHECKING:
    from jdneg.domain.messages import Message
    from jdneg.domain.negotiation.held import Held
    from jdneg.domain.records.case import Case, Offer


@dataclass(frozen=True)
class Terms:
    """What an offer may say."""

    at: Text = None
    by: Text = None
    months: Text = None
    monthly: Text = None
    lump_sum: Text = None
    first_due: Text = None
    due_day: Text = None
    waive: Many = None
    pause: Text = None
    then_talk: Switch = False
    valid_until: Text = None
    contact: Text = None
    note: Text = None


def make_offer(session: Session, case_id: str, terms: Terms, by: str, *, answer: bool) -> Result:
    from jdneg.commands.shared.glance import glance
    from jdneg.domain.negotiation.cases import add_offer, counter as counter_offer, offer_of
    from jdneg.domain.negotiation.offers import LONGEST_PAUSE, offer_messages

    read = Reader(session)
    side = read.choice(terms.by, {"me": "me", "lender": "lender"}) or by
    given = {
        "months": read.number(terms.months, least=1, most=600), "monthly": read.amount(terms.monthly, zero=False),
        "lump_sum": read.amount(terms.lump_sum, zero=False), "first_due": read.day(terms.first_due, prefer="future"),
        "due_day": read.due_day(terms.due_day),
        "pause": read.number(terms.pause, least=1, most=LONGEST_PAUSE), **_waivers(read, terms),
        "valid_until": read.day(terms.valid_until, prefer="future"), "note": terms.note,
        "then_talk": terms.then_talk,
    }  # fmt: skip
    said = read.day(terms.at, "--at")
    read.done()
    contact = session.get(terms.contact, "contact") if terms.contact else None
    at = said or (shanghai_day(contact.record.happened_at) if contact else session.today)
    record = session.get(case_id, "case").record
    notice = settled_notice(session, record.loans)
    if side == "me":
        notice += limitation_notice(session, glance(session, record.loans[0]))
    held = owed_in(session, record, session.today)
    step = counter_offer if answer else add_offer
    reason = t("talks.reason_counter" if answer else "talks.reason_offer")

    def change(case: Case) -> Case:
        return step(case, side, at, owed=held.owed, contact=contact and contact.id, **given)  # type: ignore[arg-type]

    def messages(case: Case) -> tuple[Message, ...]:
        offer = offer_of(case, len(case.offers))
        return (*notice, *offer_messages(offer, held.owed), *_too_much(session, case_id, case, offer, held))

    return take_step(session, case_id, change, reason, messages)


def _too_much(session: Session, case_id: str, case: Case, offer: Offer, held: Held) -> tuple[Message, ...]:
    """An offer of my own that the budget cannot keep; its days and sums as it would come into force today."""
    from jdneg.commands.talks.affording import above_budget
    from jdneg.errors import JdnegError

    if offer.by != "me":
        return ()
    try:
        rows = held.rows(offer, session.as_of)
    except JdnegError:
        return ()  # what is missing is asked for when it is accepted
    return above_budget(session, case_id, tuple(str(one) for one in case.loans), offer.number, rows)


def _waivers(read: Reader, terms: Terms) -> dict[str, Any]:
    """The parts let go wholly, and those let go in part."""
    from jdneg.commands.shared.choices import PARTS
    from jdneg.domain.records.case import PartWaiver
    from jdneg.domain.waivers import parse_waiver, split_waivers

    found = [read.read(one, lambda text: parse_waiver(text, PARTS)) for one in split_waivers(terms.waive or ())]
    return {
        "waive": tuple(one for one in found if isinstance(one, str)),
        "waive_part": tuple(one for one in found if isinstance(one, PartWaiver)),
    }
