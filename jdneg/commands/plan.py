"""``jdneg plan``: what can be paid, when, and what each way costs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jdneg.commands.options import Switch, Text
from jdneg.commands.reading import Reader
from jdneg.result import Result
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.domain.negotiation.plan_debt import PlanDebt


def plan(
    session: Session,
    budget: Text = None,
    strategy: Text = None,
    rows: Text = None,
    include_disputed: Switch = False,
) -> Result:
    from jdneg.domain.negotiation.plan import make_plan
    from jdneg.domain.negotiation.strategies import STRATEGIES
    from jdneg.views.plans import plan_page

    read = Reader(session)
    chosen = read.choice(strategy, {name: name for name in STRATEGIES}) or "min-first"
    shown = read.number(rows, least=1)
    given = read.amount(budget)
    read.done()
    left = _available(session, given)
    debts = gather_debts(session, include_disputed=include_disputed)
    made = make_plan(debts, left["available"], chosen, session.as_of)
    return plan_page(made, debts, left, session.as_of, shown)


def compare(session: Session, budget: Text = None, include_disputed: Switch = False) -> Result:
    from jdneg.domain.negotiation.compare import compare as compare_plans
    from jdneg.views.plans import compare_page

    read = Reader(session)
    given = read.amount(budget)
    read.done()
    left = _available(session, given)
    debts = gather_debts(session, include_disputed=include_disputed)
    return compare_page(compare_plans(debts, left["available"], session.as_of), debts, left, session.as_of)


def _available(session: Session, given: Decimal | None) -> dict[str, Any]:
    """Income, spending and what is left; ``--budget`` says what is left without them."""
    from jdneg.domain.negotiation.budget import summary
    from jdneg.errors import MissingFlags

    known = session.store.all("budget")
    if given is not None:
        return {"income": None, "spending": None, "available": given, "messages": ()}
    if not known:
        raise MissingFlags(flags="--budget (jdneg budget set --income …)")
    left = summary(known[-1].record)
    return {
        "income": left.income, "spending": left.spending, "available": left.available, "messages": left.messages
    }  # fmt: skip


def gather_debts(session: Session, *, include_disputed: bool) -> list[PlanDebt]:
    """Every open loan as a plan sees it; a loan whose terms are unknown is listed as not plannable."""
    from jdneg.commands.dossier import Dossier
    from jdneg.domain.negotiation.debts import plan_debts, with_disputed
    from jdneg.errors import NoRate

    files = [Dossier(session, one) for one in session.store.all("loan") if one.record.closed_on is None]
    found = {}
    for file in files:
        try:
            found[file.loan.id] = file.verification(session.as_of)
        except NoRate:
            continue
    store = session.store
    loans = [file.loan for file in files]
    debts = plan_debts(loans, found, store.all("claim"), store.all("payment"), store.all("case"), session.as_of)
    return [with_disputed(one) for one in debts] if include_disputed else debts
