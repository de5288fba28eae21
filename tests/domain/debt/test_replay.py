"""The ledger as steps: what each line adds, and that the sum comes out where the engine does, to the fen."""

import datetime as dt
from decimal import Decimal

from debt_loans import gold
from hypothesis import given, strategies as st
from xlsx_world import read

from jdneg import i18n
from jdneg.documents.workbook import Book
from jdneg.documents.xlsx import to_xlsx
from jdneg.domain.debt.accrual import position
from jdneg.domain.debt.replay import PARTS, replay
from jdneg.domain.debt.schedule import build_schedule
from jdneg.domain.money import half_up, money
from jdneg.domain.rate import parse_rate
from jdneg.domain.records.account import Payment
from jdneg.domain.records.loan import OverdueTerms
from jdneg.views.ledger_book import Sources, ledger_sheet, schedule_sheet

START = dt.date(2026, 3, 10)
terms = st.fixed_dictionaries(
    {
        "principal": st.integers(100_000, 50_000_000).map(lambda fen: money(fen) / 100),
        "rate": st.sampled_from(["0.05%/day", "18%/year", "1.5%/month", "23.99%/year", "0.0333%/day"]).map(
            parse_rate
        ),
        "term": st.sampled_from([3, 6, 12]),
        "method": st.sampled_from(["equal-payment", "equal-principal", "interest-only", "bullet"]),
        "overdue": st.none()
        | st.builds(
            OverdueTerms,
            factor=st.sampled_from([Decimal("1.3"), Decimal("1.5")]),
            base=st.sampled_from(["overdue_principal", "overdue_instalment", "balance"]),
            compound=st.booleans(),
        ),
    }
)
payments = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 800_000)), max_size=5)


def made(terms, paid, days):
    loan = gold(**terms)
    done = [Payment(loan="L1", at=START + dt.timedelta(day), amount=money(fen) / 100) for day, fen in sorted(paid)]
    return position(loan, build_schedule(loan), done, START + dt.timedelta(days))


@given(terms, payments, st.integers(0, 500))
def test_the_steps_come_out_where_the_engine_does(terms, paid, days):
    at = made(terms, paid, days)
    final = {name: getattr(at, name) for name in PARTS}
    found = replay(at.ledger, final)
    assert len(found.steps) == len(at.ledger)
    for name, value in final.items():
        if value is not None:
            rest = found.rounding.get(name, Decimal(0))
            assert half_up(found.steps[-1].balances[name]) + rest == value
            assert abs(rest) <= Decimal("0.02")


@given(terms, payments, st.integers(0, 500))
def test_a_spreadsheet_that_calculates_the_ledger_finds_the_same_fen(terms, paid, days):
    """Written, read back by its XML, calculated anew in floats as spreadsheets do."""
    i18n.use("zh")
    at = made(terms, paid, days)
    ledger = ledger_sheet("L1 ledger", at, Sources())
    book = read(
        to_xlsx(Book("t", START, (ledger.sheet, schedule_sheet("L1 schedule", build_schedule(gold(**terms))))))
    )
    for name, cell in ledger.ends.items():
        value = getattr(at, name)
        if value is not None:
            assert book.fen("L1 ledger", cell.rpartition("!")[2]) == value
    for sheet, ref, found in book.formulas():
        assert abs(book.value(sheet, ref) - found.number) < 1e-5, (sheet, ref, found)


def test_an_accrual_is_base_times_rate_times_days_and_goes_where_it_belongs():
    at = made({"overdue": OverdueTerms(factor=Decimal("1.5"))}, [(31, 190_000)], 100)
    found = replay(at.ledger, {name: getattr(at, name) for name in PARTS})
    accruals = [one for one in found.steps if one.runs_on]
    assert {one.runs_on for one in accruals} == {"interest", "penalty"}
    for one in accruals:
        assert one.changes[one.runs_on] == one.line.base * one.rate * one.line.days
    assert found.rounding == {}
