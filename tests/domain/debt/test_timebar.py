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
        ("2022-04-10", None),  # the first instalment starts nothing: the period runs from the last (CC.189)
        ("2023-03-09", None),
        ("2023-03-10", "debt.limitation_running"),
        ("2024-03-09", "debt.limitation_running"),  # the last instalment is not three years past yet
        ("2024-03-10", "debt.limitation_past"),
    ],
)
def test_nothing_happened(as_of, code):
    assert warned(as_of) == (None if code is None else (code, day("2021-03-10")))


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
    assert warned("2025-01-01", letters=[draft], payments=[other]) == ("debt.limitation_past", day("2021-03-10"))


def test_a_young_debt_says_nothing():
    assert warned("2026-11-22", loan=stored(gold())) is None


def test_without_a_schedule_the_payout_counts():
    loan = stored(gold(start=day("2020-03-10"), rate=None))
    assert warned("2024-01-01", loan=loan) == ("debt.limitation_past", day("2020-03-10"))


def call(at):
    return stored(Contact(channel="call", happened_at=day(at), loan="L1", direction="in"), "C1")


def paid(at):
    return stored(Payment(loan="L1", at=day(at), amount=money("1")), "Y1")


def sent(kind, at):
    return stored(Letter(kind=kind, direction="out", drafted_on=day(at), sent_at=day(at), loan="L1"), "T1")


def offered(by, at):
    offer = Offer(number=1, by=by, at=day(at))
    return stored(Case(loans=("L1",), goal="x", opened_on=day(at), offers=(offer,)), "G1")


def test_a_call_after_the_three_years_starts_nothing_anew():
    found = limitation(OLD, (), [call("2024-03-10"), call("2026-11-22")], (), (), day("2026-11-22"))
    assert found.code == "debt.limitation_gap"
    assert (found.facts["since"], found.facts["until"]) == (day("2021-03-10"), day("2024-03-10"))
    # one day earlier it was within the three years from the last instalment
    assert warned("2024-06-01", contacts=[call("2024-03-09")]) is None


def test_calls_within_three_years_of_each_other_keep_it_running():
    calls = [call(at) for at in ("2022-01-01", "2024-06-01", "2025-06-01")]
    assert warned("2026-11-22", contacts=calls) is None


@pytest.mark.parametrize(
    "own",
    [
        {"payments": [paid("2025-01-01")]},
        {"letters": [sent("proposal", "2025-01-01")]},
        {"cases": [offered("me", "2025-01-01")]},
    ],
)
def test_ones_own_step_after_them_is_told_without_a_verdict(own):
    for contacts in ((), (call("2024-12-01"),)):
        found = limitation(
            OLD, own.get("payments", ()), contacts, own.get("letters", ()), own.get("cases", ()), day("2025-02-01")
        )
        assert (found.code, found.facts["acted"]) == ("debt.limitation_acted", day("2025-01-01"))
    # whatever ran anew from there may be over again three years later
    assert warned("2028-01-01", **own) == ("debt.limitation_past", day("2025-01-01"))


@pytest.mark.parametrize(
    "theirs", [{"cases": [offered("lender", "2025-01-01")]}, {"letters": [sent("dispute", "2025-01-01")]}]
)
def test_their_offer_and_a_dispute_revive_nothing(theirs):
    assert warned("2025-02-01", **theirs) == ("debt.limitation_gap", day("2021-03-10"))


def test_asking_for_papers_is_no_restart():
    assert warned("2024-03-10", letters=[sent("request-info", "2023-06-01")]) == (
        "debt.limitation_past", day("2021-03-10"),
    )  # fmt: skip


def test_the_period_runs_from_the_day_the_whole_fell_due():
    loan = stored(gold(start=day("2020-03-10"), accelerated_on=day("2020-06-01")))
    assert warned("2023-05-31", loan=loan)[0] == "debt.limitation_running"
    assert warned("2023-06-01", loan=loan)[0] == "debt.limitation_past"
