"""``jdneg budget``: income, necessary spending, what is left, and a page of it for each creditor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from jdneg.commands.shared.options import Arg, Many, Question, Text, complete
from jdneg.commands.shared.pages import noted, target
from jdneg.commands.shared.reading import Reader, words_of
from jdneg.domain.money import parse_amount
from jdneg.domain.negotiation.whatif import line_name
from jdneg.errors import BadChoice, LineTwice, MissingFlags
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session
from jdneg.values import dataclass

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

    from jdneg.domain.records.budget import Income, OneOff, Spending


@dataclass(frozen=True)
class BudgetFlags:
    """What a budget may say."""

    income: Text = None
    payday: Text = None
    weekly: Text = None
    weekday: Text = None
    irregular: Many = None
    expected: Many = None
    income_from: Many = None
    cause: Text = None
    rent: Text = None
    food: Text = None
    transport: Text = None
    medical: Text = None
    family: Text = None
    other: Text = None
    spend: Many = None
    because: Many = None
    dependants: Text = None
    one_off: Many = None
    reserve: Text = None
    hand: Text = None
    note: Text = None


def show(session: Session, budget_id: Arg = None) -> Result:
    from jdneg.domain.negotiation.budget import latest
    from jdneg.views.budgets import budget_page, no_budget

    found = session.store.all("budget")
    if budget_id is not None:
        return budget_page(session.get(budget_id, "budget"), ())
    now = latest(found, session.as_of)
    return budget_page(now, [one for one in found if one is not now]) if now else no_budget()


def set_(session: Session, flags: BudgetFlags) -> Result:
    from jdneg.domain import changes
    from jdneg.domain.negotiation.budget import monthly_income
    from jdneg.domain.records.budget import Budget
    from jdneg.views.budgets import budget_messages, budget_view
    from jdneg.views.written import written

    income, rent, food = _asked(session, flags)
    read = Reader(session)
    incomes = _incomes(session, read, flags, income)
    lines = _spending(read, flags, rent, food)
    budget = Budget(
        at=session.today, income=monthly_income(incomes), spending=tuple(lines), note=flags.note,
        incomes=() if _plain(incomes) else tuple(incomes),
        dependants=read.number(flags.dependants, most=99),
        one_off=tuple(read.read(one, lambda text: _one_off(session, text)) for one in flags.one_off or ()),
        reserve=read.amount(flags.reserve), hand=read.amount(flags.hand), cause=flags.cause,
    )  # fmt: skip
    read.done()
    view, messages = budget_view(budget), budget_messages(budget)  # they refuse what cannot be, before it is written
    receipt = session.commit([changes.add("budget", budget)])
    return written(receipt, budget, t("budget.kept", id=receipt.ids[0]), view=view, messages=messages)


def statement(
    session: Session, for_: Text = None, materials: Many = None, budget_id: Text = None, output: Text = None
) -> Result:
    from jdneg.commands.talks.funds import gather_debts
    from jdneg.documents.writers import write
    from jdneg.domain.negotiation.statement import statement_of
    from jdneg.i18n import speaking
    from jdneg.views.statements import statement_blocks, statement_page

    if for_ is None:
        raise MissingFlags(flags="--for")
    path = target(output, ".md", ".docx", ".html") if output else None
    loan = session.get(for_, "loan")
    found = session.get(budget_id, "budget") if budget_id else _latest(session)
    papers = _in_the_vault(session, materials, found.id)
    owner = session.owner
    made = statement_of(found, loan, gather_debts(session, include_disputed=False), papers, session.as_of)
    known = {one.id for one in papers}
    left_out = [
        one.id for one in session.store.all("exhibit") if loan.id in one.record.supports and one.id not in known
    ]
    page = statement_page(made, owner, left_out)
    if path is None:
        return page
    with speaking("zh"):  # whatever the terminal does: a lender reads it
        write(statement_blocks(made, owner), path, compact=True)
    return noted(page, path, alone=True)


def _latest(session: Session) -> Any:
    from jdneg.commands.talks.funds import latest_budget
    from jdneg.errors import NoBudget

    known = latest_budget(session)
    if known is None:
        raise NoBudget()
    return known


def _in_the_vault(session: Session, named: Sequence[str] | None, budget_id: str) -> list[Any]:
    """The documents named, and those taken in for this budget. Raises NotInVault for everything else, all at once."""
    from jdneg.domain.ids import parse_id
    from jdneg.errors import BadId, NotFound, NotInVault, raise_all

    found, wrong = {}, []
    for text in words_of(named):
        try:
            one = session.store.get(parse_id(text, "exhibit"))
            found[one.id] = one
        except (BadId, NotFound):
            wrong.append(NotInVault(value=text))
    raise_all(wrong)
    for one in session.store.all("exhibit"):
        if budget_id in one.record.supports:
            found.setdefault(one.id, one)
    return list(found.values())


def _asked(session: Session, flags: BudgetFlags) -> list[str | None]:
    """Income, rent and food; asked for on a terminal where no kind of income was said."""
    if flags.income is None and (flags.weekly or flags.irregular or flags.expected):
        return [None, flags.rent, flags.food]
    return complete(
        session,
        [
            Question("--income", flags.income, check=parse_amount),
            Question("--rent", flags.rent, optional=True, check=parse_amount),
            Question("--food", flags.food, optional=True, check=parse_amount),
        ],
    )


def _incomes(session: Session, read: Reader, flags: BudgetFlags, income: str | None) -> list[Income]:
    from jdneg.commands.talks.funds import dated
    from jdneg.domain.records.budget import Income

    found = []
    payday = read.due_day(flags.payday)
    if income is not None:
        found.append(Income(every="month", amount=read.amount(income), day=payday))
    if flags.weekly is not None:
        weekday = read.number(flags.weekday, least=1, most=7)
        found.append(Income(every="week", amount=read.amount(flags.weekly), day=weekday))
    seen = tuple(read.amount(one) for one in flags.irregular or ())
    if seen and not read.errors:
        found.append(Income(every="irregular", amount=min(seen), day=payday, seen=seen))

    def to_come(texts: Many) -> list[tuple[dt.date, Decimal]]:
        days = [read.read(text, lambda one: dated(session, one)) for text in texts or ()]
        return [on for on in days if on is not None]

    found += [Income(every="once", amount=amount, on=day) for day, amount in to_come(flags.expected)]
    found += [Income(every="from", amount=amount, on=day) for day, amount in to_come(flags.income_from)]
    return [] if read.errors else found


def _plain(incomes: Sequence[Income]) -> bool:
    """One monthly income on no known day: the budget's own figure says it all."""
    return len(incomes) == 1 and incomes[0].every == "month" and incomes[0].day is None


def _spending(read: Reader, flags: BudgetFlags, rent: str | None, food: str | None) -> list[Spending]:
    from jdneg.domain.records.budget import Spending

    named = {
        "rent": rent, "food": food, "transport": flags.transport, "medical": flags.medical, "family": flags.family,
        "other": flags.other,
    }  # fmt: skip
    pairs = [(name, read.amount(text)) for name, text in named.items() if text is not None]
    pairs += [pair for pair in (read.read(text, _named) for text in flags.spend or ()) if pair is not None]
    notes = dict(pair for pair in (read.read(one, _noted) for one in flags.because or ()) if pair is not None)
    known = [name for name, _ in pairs]
    read.errors += [LineTwice(name=name) for name in dict.fromkeys(known) if known.count(name) > 1]
    for name in notes:
        if name not in known:
            read.errors.append(BadChoice(value=name, choices=", ".join(known) or "-"))
    return [Spending(name=name, amount=amount, note=notes.get(name)) for name, amount in pairs]


def _named(text: str) -> tuple[str, Any]:
    """``NAME=AMOUNT``."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise BadChoice(value=text, choices="NAME=AMOUNT")
    return line_name(name.strip()), parse_amount(value)


def _noted(text: str) -> tuple[str, str]:
    """``NAME=WHY``."""
    name, equals, why = text.partition("=")
    if not equals or not name.strip() or not why.strip():
        raise BadChoice(value=text, choices="NAME=WHY")
    return line_name(name.strip()), why.strip()


def _one_off(session: Session, text: str) -> OneOff:
    """``NAME=AMOUNT`` or ``NAME=AMOUNT@DAY``."""
    from jdneg.commands.talks.funds import to_come
    from jdneg.domain.records.budget import OneOff

    what, at, day = text.rpartition("@")
    name, amount = _named(what if at else text)
    return OneOff(name=name, amount=amount, on=to_come(session, day) if at else None)
