"""The checklist after the end: each step from what the records show."""

import datetime as dt
from dataclasses import replace

import pytest

from jdneg.domain.closing import STEPS, Settled, closing_steps, settled_by
from jdneg.domain.money import money
from jdneg.domain.records.account import Payment
from jdneg.domain.records.base import Stored
from jdneg.domain.records.case import Agreement, Case
from jdneg.domain.records.exhibit import Exhibit
from jdneg.domain.records.loan import Closing, Instalment, Loan
from jdneg.domain.records.paper import Letter
from jdneg.storage.datafiles import rule_book

BOOK = rule_book()
END = dt.date(2026, 2, 28)
NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
LOAN = Loan(lender="某银行", kind="bank", principal=money("1000"), start=dt.date(2025, 1, 1), closed_on=END)
DEAL = Agreement(
    offer=1, agreed_at=dt.date(2025, 12, 1), starts=dt.date(2025, 12, 1), oral=False, ended_on=END,
    instalments=(Instalment(due=dt.date(2025, 12, 20), amount=money("400")), Instalment(due=END, amount=money("500"))),
)  # fmt: skip


def stored(record_id, record):
    return Stored(record_id, record, NOON)


def paid(number, on, amount, exhibits=("E1",)):
    record = Payment(loan="L1", at=dt.date.fromisoformat(on), amount=money(amount), exhibits=exhibits)
    return stored(f"Y{number}", record)


def exhibit(**more):
    return stored("E7", Exhibit(sha256="0" * 64, name="a.pdf", size=1, supports=("L1",), **more))


def letter(kind, sent):
    return stored("T1", Letter(kind=kind, direction="out", drafted_on=END, loan="L1", sent_at=sent))


def steps(loan=LOAN, payments=(), exhibits=(), letters=(), agreement=None, left=None):
    given = Settled(
        loan=stored("L1", loan), payments=tuple(payments), exhibits=tuple(exhibits), letters=tuple(letters),
        agreement=agreement, left=left,
    )  # fmt: skip
    found = closing_steps(given, BOOK)
    assert tuple(one.name for one in found) == STEPS
    return {one.name: one for one in found}


def test_at_first_everything_is_open():
    assert tuple(one.name for one in steps().values() if one.state == "open") == STEPS


def test_the_certificate_is_an_exhibit_that_is_one():
    assert steps(exhibits=[exhibit(paper="settlement")])["certificate"].ref == "E7"
    assert steps(exhibits=[exhibit(proves="已结清")])["certificate"].state == "done"
    assert steps(exhibits=[exhibit(paper="contract", proves="结清证明")])["certificate"].state == "open"
    other = replace(exhibit(paper="settlement").record, supports=("L2",))
    assert steps(exhibits=[stored("E7", other)])["certificate"].state == "open"


def test_payments_are_held_against_the_agreement_from_its_start():
    enough = [paid(1, "2025-12-20", "400"), paid(2, "2026-02-28", "500")]
    assert steps(payments=enough, agreement=DEAL)["receipts"].state == "done"
    before = [paid(1, "2025-11-30", "400"), paid(2, "2026-02-28", "500")]
    found = steps(payments=before, agreement=DEAL)["receipts"]
    assert found.state == "open" and found.detail.facts["rest"] == money("400")


@pytest.mark.parametrize(("left", "state"), [("0", "done"), ("-3", "done"), ("0.01", "open"), (None, "open")])
def test_without_an_agreement_the_contract_decides(left, state):
    found = steps(payments=[paid(1, "2026-02-28", "900")], left=None if left is None else money(left))
    assert found["receipts"].state == state


def test_a_payment_without_a_receipt_keeps_the_step_open():
    found = steps(payments=[paid(1, "2026-02-28", "900", ())], left=money("0"))["receipts"]
    assert found.state == "open" and found.detail.facts["without"].facts["ids"] == ["Y1"]


def test_the_credit_record_counts_five_years_from_the_end_and_carries_its_rules():
    found = steps(loan=replace(LOAN, closed_on=dt.date(2024, 2, 29)))["credit"]
    assert found.rules == ("credit.kept", "credit.objection")
    assert found.detail.facts == {"years": 5, "until": dt.date(2029, 2, 28), "days": 20}
    assert {BOOK.get(rule).level for rule in found.rules} == {"regulation"}
    assert {BOOK.at(rule, END).checked for rule in found.rules} == {"read"}


def test_days_the_user_noted():
    day = dt.date(2026, 3, 5)
    done = Closing(auto_debit_off=day, credit_checked=day, contact_stop=day)
    found = steps(loan=replace(LOAN, closing=done))
    assert [found[name].on for name in ("auto_debit", "credit", "contact_stop")] == [day] * 3


@pytest.mark.parametrize(
    ("kind", "sent", "state"),
    [("contact-preference", END, "done"), ("stop-third-party", END, "done"), ("dispute", END, "open"),
     ("contact-preference", END - dt.timedelta(1), "open"), ("contact-preference", None, "open")],
)  # fmt: skip
def test_a_letter_sent_after_the_end_counts_as_told(kind, sent, state):
    found = steps(letters=[letter(kind, sent)])["contact_stop"]
    assert (found.state, found.ref) == (state, "T1" if state == "done" else None)


def test_the_last_agreement_counts_also_when_it_has_ended():
    later = replace(DEAL, starts=dt.date(2026, 1, 1))
    cases = [
        stored("G1", Case(loans=("L1",), goal="x", opened_on=END, agreement=DEAL)),
        stored("G2", Case(loans=("L1", "L2"), goal="x", opened_on=END, agreement=later)),
        stored("G3", Case(loans=("L9",), goal="x", opened_on=END, agreement=DEAL)),
        stored("G4", Case(loans=("L1",), goal="x", opened_on=END)),
    ]
    assert settled_by(cases, "L1") == (later, ("L1", "L2"))
    assert settled_by([], "L1") == (None, ("L1",))
