"""``jdneg negotiate``: a case from its goal to a kept agreement."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from jdneg.commands.accepting import AcceptFlags
from jdneg.commands.options import Many, Need, Question, Text, complete
from jdneg.commands.reading import Reader, words_of
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session
from jdneg.values import dataclass

if TYPE_CHECKING:
    from jdneg.domain.messages import Message
    from jdneg.domain.negotiation.offers import Owed
    from jdneg.domain.records.case import Case


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
    valid_until: Text = None
    contact: Text = None
    note: Text = None


def open_(session: Session, loan: Need, goal: Text = None, problem: Text = None, note: Text = None) -> Result:
    from jdneg.commands.choices import PROBLEMS
    from jdneg.domain import changes
    from jdneg.domain.negotiation.cases import open_case
    from jdneg.views.written import written

    (goal,) = complete(session, [Question("--goal", goal)])
    read = Reader(session)
    kind = read.choice(problem, PROBLEMS)
    read.done()
    loans = [session.get(one, "loan").id for one in words_of([loan])]
    case = open_case(loans, goal, session.today, kind, note)
    receipt = session.commit([changes.add("case", case)])
    return written(receipt, case, t("talks.opened", id=receipt.ids[0], loans=", ".join(loans)))


def offer(session: Session, case: Need, terms: Terms) -> Result:
    return _offer(session, case, terms, "me", answer=False)


def counter(session: Session, case: Need, terms: Terms) -> Result:
    return _offer(session, case, terms, "lender", answer=True)


def _offer(session: Session, case_id: str, terms: Terms, by: str, *, answer: bool) -> Result:
    from jdneg.commands.choices import WAIVED
    from jdneg.domain.negotiation.cases import add_offer, counter as counter_offer, offer_of
    from jdneg.domain.negotiation.offers import offer_messages

    read = Reader(session)
    side = read.choice(terms.by, {"me": "me", "lender": "lender"}) or by
    given = {
        "months": read.number(terms.months, least=1, most=600), "monthly": read.amount(terms.monthly, zero=False),
        "lump_sum": read.amount(terms.lump_sum, zero=False), "first_due": read.day(terms.first_due, prefer="future"),
        "due_day": read.due_day(terms.due_day),
        "waive": tuple(read.choice(one, WAIVED) for one in words_of(terms.waive)),
        "valid_until": read.day(terms.valid_until, prefer="future"), "note": terms.note,
    }  # fmt: skip
    at = read.day(terms.at) or session.today
    read.done()
    contact = session.get(terms.contact, "contact").id if terms.contact else None
    owed = _owed(session, session.get(case_id, "case"))
    step = counter_offer if answer else add_offer
    reason = t("talks.reason_counter" if answer else "talks.reason_offer")

    def change(case: Case) -> Case:
        return step(case, side, at, owed=owed, contact=contact, **given)  # type: ignore[arg-type]

    def messages(case: Case) -> tuple[Message, ...]:
        return offer_messages(offer_of(case, len(case.offers)), owed)

    return _step(session, case_id, change, reason, messages, warn=side == "me")


def accept(session: Session, case: Need, flags: AcceptFlags) -> Result:
    from jdneg.commands.accepting import accept_offer

    return accept_offer(session, case, flags)


def confirm(session: Session, case: Need, evidence: Many = None) -> Result:
    from jdneg.commands.attaching import attachments
    from jdneg.domain.negotiation.cases import confirm as in_writing
    from jdneg.errors import MissingFlags

    if not evidence:
        raise MissingFlags(flags="--evidence")
    found = session.get(case, "case")
    extra, ids = attachments(session, evidence)
    return _step(session, found.id, lambda one: in_writing(one, ids), t("talks.reason_confirm"), extra=extra)


def close(session: Session, case: Need, outcome: Text = None, at: Text = None) -> Result:
    from jdneg.domain.negotiation.cases import close_case

    day = session.day(at) if at else session.today
    return _step(session, case, lambda one: close_case(one, day, outcome), t("talks.reason_close"))


def list_(session: Session) -> Result:
    from jdneg.views.cases import case_list

    return case_list(session.store.all("case"))


def show(session: Session, case: Need) -> Result:
    from jdneg.views.cases import case_page

    return case_page(session.get(case, "case"))


def _owed(session: Session, case: Any) -> Owed | None:
    """What the offer is held against; unknown for several loans, or where nothing can be computed."""
    from jdneg.commands.dossier import dossier
    from jdneg.domain.negotiation.offers import owed_of
    from jdneg.errors import NoRate

    if len(case.record.loans) != 1:
        return None
    file = dossier(session, case.record.loans[0])
    try:
        return owed_of(file.loan.record, file.verification(session.today).position)
    except NoRate:
        return None


def _step(
    session: Session,
    case_id: str,
    change: Callable[[Case], Case],
    reason: str,
    messages: Callable[[Case], tuple[Message, ...]] = lambda _: (),
    *,
    extra: Any = (),
    warn: bool = False,
) -> Result:
    """One step of a case: the new case is made from the one that is live when it is written."""
    from jdneg.commands.dossier import dossier
    from jdneg.commands.limits import limitation_notice
    from jdneg.domain import changes
    from jdneg.domain.ids import parse_id
    from jdneg.views.cases import case_blocks
    from jdneg.views.written import written

    found = session.store.get(parse_id(case_id, "case"))
    notice = limitation_notice(session, dossier(session, found.record.loans[0])) if warn else ()
    made: list[Case] = []

    def decide() -> list[changes.Change]:
        made.append(change(session.store.get(found.id).record))
        return [changes.step("case", found.id, made[-1], reason), *extra]

    receipt = session.transact(decide)
    told = (*notice, *messages(made[-1]))
    said = t("talks.step", id=found.id, reason=reason)
    live = session.store.get(found.id).record
    return written(receipt, live, said, view=case_blocks(live), messages=told, record_id=found.id)
