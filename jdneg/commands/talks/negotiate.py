"""``jdneg negotiate``: a case from its goal to a kept agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jdneg.commands.shared.options import Arg, Many, Need, Question, Text, complete
from jdneg.commands.shared.reading import Reader, words_of
from jdneg.commands.talks.accepting import AcceptFlags
from jdneg.commands.talks.offering import Terms
from jdneg.commands.talks.stepping import take_step
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.domain.changes import Change
    from jdneg.domain.messages import Message
    from jdneg.domain.negotiation.steps import CaseFacts
    from jdneg.domain.records.base import Stored
    from jdneg.domain.records.case import Case


def open_(
    session: Session,
    loan: Need,
    goal: Text = None,
    problem: Text = None,
    playbook: Text = None,
    loss: Text = None,
    order: Many = None,
    note: Text = None,
) -> Result:
    from dataclasses import replace

    from jdneg.commands.shared.choices import PROBLEMS
    from jdneg.commands.shared.limits import settled_notice
    from jdneg.domain import changes
    from jdneg.domain.negotiation.cases import open_case
    from jdneg.domain.negotiation.playbook import playbook_of
    from jdneg.storage.texts import playbooks
    from jdneg.views.playbooks import guide_blocks
    from jdneg.views.written import written

    (goal,) = complete(session, [Question("--goal", goal)])
    read = Reader(session)
    kind = read.choice(problem, PROBLEMS)
    cost = read.amount(loss)
    book = read.read(playbook, lambda name: playbook_of(playbooks(), name, None).id)
    read.done()
    loans = [session.get(one, "loan").id for one in words_of([loan])]
    more = {"playbook": book, "loss": cost, "orders": words_of(order), "note": note}
    case = open_case(loans, goal, session.today, kind, **more)
    if book is None and kind is None and _late(session, case):
        book = playbook_of(playbooks(), None, "credit").id
        case = replace(case, playbook=book)
    told = settled_notice(session, loans)
    receipt = session.commit([changes.add("case", case)])
    said = t("talks.opened", id=receipt.ids[0], loans=", ".join(loans))
    return written(receipt, case, said, view=guide_blocks(playbook_of(playbooks(), book, kind)), messages=told)


def _late(session: Session, case: Case) -> bool:
    """Whether something of its loans is overdue today: then it is about time to pay, unless said otherwise."""
    from jdneg.commands.talks.owing import owed_in

    owed = owed_in(session, case, session.today).owed
    return owed is not None and bool(owed.overdue)


def offer(session: Session, case: Need, terms: Terms) -> Result:
    from jdneg.commands.talks.offering import make_offer

    return make_offer(session, case, terms, "me", answer=False)


def counter(session: Session, case: Need, terms: Terms) -> Result:
    from jdneg.commands.talks.offering import make_offer

    return make_offer(session, case, terms, "lender", answer=True)


def accept(session: Session, case: Need, flags: AcceptFlags) -> Result:
    from jdneg.commands.talks.accepting import accept_offer

    return accept_offer(session, case, flags)


def confirm(session: Session, case: Need, evidence: Many = None) -> Result:
    from jdneg.commands.shared.attaching import attachments
    from jdneg.commands.talks.accepting import give_way_elsewhere
    from jdneg.domain.negotiation.cases import confirm as in_writing
    from jdneg.errors import MissingFlags

    if not evidence:
        raise MissingFlags(flags="--evidence")
    found = session.get(case, "case")
    extra, ids = attachments(session, evidence)
    oral = found.record.agreement is not None and found.record.agreement.oral

    def also(case: Case) -> list[Change]:
        """What is in writing now takes the place of what was, in other cases too."""
        ended = give_way_elsewhere(session, found, case, replaces=True)[0] if oral else []
        return [*ended, *extra]

    return take_step(session, found.id, lambda one: in_writing(one, ids), t("talks.reason_confirm"), also=also)


def close(session: Session, case: Need, outcome: Text = None, rating: Text = None, at: Text = None) -> Result:
    from jdneg.commands.talks.owing import owed_in
    from jdneg.domain.negotiation.cases import close_case, closing_messages

    read = Reader(session)
    day, marks = read.day(at) or session.today, read.number(rating, least=1, most=5)
    read.done()

    def told(one: Case) -> tuple[Message, ...]:
        return closing_messages(one, owed_in(session, one, session.today).owed if outcome else None)

    return take_step(session, case, lambda one: close_case(one, day, outcome, marks), t("talks.reason_close"), told)


def list_(session: Session) -> Result:
    from jdneg.views.cases import case_list

    return case_list(session.store.all("case"))


def show(session: Session, case: Need) -> Result:
    from jdneg.domain.negotiation.playbook import playbook_of
    from jdneg.storage.texts import playbooks, stuck_reasons
    from jdneg.views.casepage import case_page

    facts = case_facts(session, session.get(case, "case"))
    record = facts.case.record
    book = playbook_of(playbooks(), record.playbook, record.problem)
    return case_page(facts, book, stuck_reasons(), session.as_of)


def case_facts(session: Session, found: Stored[Any]) -> CaseFacts:
    """A case with its contacts and exhibits: what cites it or its loans is found by the index."""
    from jdneg.commands.talks.accepting import worked_out
    from jdneg.domain.negotiation.steps import CaseFacts, contacts_of

    store = session.store
    linked = store.by_id([str(one) for one in found.record.contacts]).values()
    contacts = contacts_of(found, [*store.select("contact", loan=found.id), *linked])
    owners = {found.id, *map(str, found.record.loans)}
    exhibits = [one.id for one in store.select("exhibit") if owners & set(map(str, one.record.supports))]
    payments = [one for loan in found.record.loans for one in store.select("payment", loan=str(loan))]
    return CaseFacts(
        case=found, contacts=contacts, exhibits=tuple(exhibits), payments=tuple(payments),
        worked_out=worked_out(found.record),
    )  # fmt: skip


def outcomes(session: Session) -> Result:
    from jdneg.domain.negotiation.outcomes import outcomes as tallied
    from jdneg.views.outcomes import outcomes_page

    cases = session.store.select("case")
    loans = {one.id: one.record for one in session.store.select("loan")}
    contacts = {one.id: case_facts(session, one).contacts for one in cases}
    return outcomes_page(*tallied(cases, loans, contacts))


def playbook(session: Session, guide: Arg = None) -> Result:  # noqa: ARG001 -- every command takes the session
    """All guides, those of one kind of problem, or one."""
    from jdneg.commands.shared.choices import PROBLEMS
    from jdneg.domain.negotiation.playbook import playbook_of
    from jdneg.storage.texts import playbooks, stuck_reasons
    from jdneg.views.playbooks import playbook_list, playbook_page

    books = playbooks()
    problem = PROBLEMS.get(guide.lower()) if guide and all(one.id != guide for one in books) else None
    if problem is not None:
        return playbook_list([one for one in books if one.problem == problem], {})
    return playbook_page(playbook_of(books, guide, None)) if guide else playbook_list(books, stuck_reasons())
