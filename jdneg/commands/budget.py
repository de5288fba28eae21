"""``jdneg budget``: income, necessary spending, what is left."""

from __future__ import annotations

from jdneg.commands.options import Many, Question, Text, complete
from jdneg.commands.reading import Reader
from jdneg.domain.money import parse_amount
from jdneg.errors import BadChoice
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session


def show(session: Session) -> Result:
    from jdneg.views.budgets import budget_page, no_budget

    found = session.store.all("budget")
    return budget_page(found[-1]) if found else no_budget()


def set_(
    session: Session,
    income: Text = None,
    rent: Text = None,
    food: Text = None,
    transport: Text = None,
    medical: Text = None,
    family: Text = None,
    other: Text = None,
    spend: Many = None,
    note: Text = None,
) -> Result:
    from jdneg.domain import changes
    from jdneg.domain.records.budget import Budget, Spending
    from jdneg.views.budgets import budget_messages, budget_view
    from jdneg.views.written import written

    income, rent, food = complete(
        session,
        [
            Question("--income", income, check=parse_amount),
            Question("--rent", rent, optional=True, check=parse_amount),
            Question("--food", food, optional=True, check=parse_amount),
        ],
    )
    named = {"rent": rent, "food": food, "transport": transport, "medical": medical, "family": family, "other": other}
    read = Reader(session)
    lines = [Spending(name=name, amount=read.amount(text)) for name, text in named.items() if text is not None]
    lines += [line for line in (read.read(text, _spending) for text in spend or ()) if line is not None]
    budget = Budget(at=session.today, income=read.amount(income), spending=tuple(lines), note=note)
    read.done()
    view, messages = budget_view(budget), budget_messages(budget)  # they refuse what cannot be, before it is written
    receipt = session.commit([changes.add("budget", budget)])
    return written(receipt, budget, t("budget.kept", id=receipt.ids[0]), view=view, messages=messages)


def _spending(text: str):  # type: ignore[no-untyped-def]
    """``NAME=AMOUNT``."""
    from jdneg.domain.records.budget import Spending

    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise BadChoice(value=text, choices="NAME=AMOUNT")
    return Spending(name=name.strip(), amount=parse_amount(value))
