"""``jdneg negotiate``: a case from its goal to a kept agreement."""

from __future__ import annotations

from jdneg.commands.accepting import AcceptFlags
from jdneg.commands.offering import Terms
from jdneg.commands.options import Many, Need, Question, Text, complete
from jdneg.commands.reading import Reader, words_of
from jdneg.commands.stepping import take_step
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session


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
    from jdneg.commands.offering import make_offer

    return make_offer(session, case, terms, "me", answer=False)


def counter(session: Session, case: Need, terms: Terms) -> Result:
    from jdneg.commands.offering import make_offer

    return make_offer(session, case, terms, "lender", answer=True)


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
    return take_step(session, found.id, lambda one: in_writing(one, ids), t("talks.reason_confirm"), extra=extra)


def close(session: Session, case: Need, outcome: Text = None, at: Text = None) -> Result:
    from jdneg.domain.negotiation.cases import close_case

    day = session.day(at) if at else session.today
    return take_step(session, case, lambda one: close_case(one, day, outcome), t("talks.reason_close"))


def list_(session: Session) -> Result:
    from jdneg.views.cases import case_list

    return case_list(session.store.all("case"))


def show(session: Session, case: Need) -> Result:
    from jdneg.views.cases import case_page

    return case_page(session.get(case, "case"))
