"""The limitation warning: information, worded by how long nothing is known."""

import datetime as dt

import pytest
from debt_loans import day, gold, stored

from jdneg.domain.debt.timebar import limitation
from jdneg.domain.money import money
from jdneg.domain.records.account import Payment
from jdneg.domain.records.case import Case, Offer
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.paper import Letter

OLD = stored(gold(start=day("2020-03-10")))  # instalments from 2020-04-10 to 2021-03-10


def warned(as_of, payments=(), contacts=(), letters=(), cases=(), loan=OLD):
    found = limitation(loan, payments, contacts, letters, cases, day(as_of))
    return None if found is None else (found.code, found.facts["since"])


@pytest.mark.parametrize(
    ("as_of", "code"),
    [
        ("2022-04-09", None),
        ("2022-04-10", "debt.limitation_running"),
        ("2024-03-09", "debt.limitation_running"),  # the last instalment is not three years past yet
        ("2024-03-10", "debt.limitation_past"),
    ],
)
def test_nothing_happened(as_of, code):
    assert warned(as_of) == (None if code is None else (code, day("2020-04-10")))


def test_what_may_have_restarted_it():
    at = day("2023-06-01")
    moment = dt.datetime(2023, 5, 31, 17, tzinfo=dt.UTC)  # 1 June in China
    restarts = [
        {"payments": [stored(Payment(loan="L1", at=at, amount=money("1")), "Y1")]},
        {"contacts": [stored(Contact(channel="sms", happened_at=moment, loan="L1", direction="in"), "C1")]},
        {"letters": [stored(Letter(kind="dunning", direction="in", drafted_on=at, loan="L1"), "T1")]},
        {"letters": [stored(Letter(kind="proposal", direction="out", drafted_on=at, sent_at=at, loan="L1"), "T1")]},
        {
            "cases": [
                stored(Case(loans=("L1",), goal="x", opened_on=at, offers=(Offer(number=1, by="me", at=at),)), "G1")
            ]
        },
    ]
    for one in restarts:
        assert warned("2025-05-31", **one) is None
        assert warned("2025-06-01", **one) == ("debt.limitation_running", at)
        assert warned("2026-06-01", **one) == ("debt.limitation_past", at)


def test_what_restarts_nothing():
    at = day("2023-06-01")
    draft = stored(Letter(kind="proposal", direction="out", drafted_on=at, loan="L1"), "T1")
    other = stored(Payment(loan="L2", at=at, amount=money("1")), "Y1")
    assert warned("2025-01-01", letters=[draft], payments=[other]) == ("debt.limitation_past", day("2020-04-10"))


def test_a_young_debt_says_nothing():
    assert warned("2026-11-22", loan=stored(gold())) is None


def test_without_a_schedule_the_payout_counts():
    loan = stored(gold(start=day("2020-03-10"), rate=None))
    assert warned("2024-01-01", loan=loan) == ("debt.limitation_past", day("2020-03-10"))
