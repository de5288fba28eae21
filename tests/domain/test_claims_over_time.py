"""Claims beside one another: what moved without a payment, a part or a day that explains it, in neutral codes."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from jdneg.domain.claims import PARTS, claim_messages, claim_steps
from jdneg.domain.money import money
from jdneg.domain.records.account import Claim, Payment
from jdneg.domain.records.base import Stored

NOON = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)


def claim(number, on, total=None, **parts):
    named = {name: money(value) for name, value in parts.items()}
    record = Claim(loan="L1", at=dt.date.fromisoformat(on), total=None if total is None else money(total), **named)
    return Stored(f"D{number}", record, NOON)


def paid(on, amount):
    return Payment(loan="L1", at=dt.date.fromisoformat(on), amount=money(amount))


def codes(*claims, payments=()):
    return [one.code for step in claim_steps(claims, payments) for one in step.messages]


def test_one_claim_has_nothing_to_contradict():
    (only,) = claim_steps([claim(1, "2026-09-01", "100")], [])
    assert (only.before, only.days, only.change, only.messages) == (None, None, None, ())


def test_parts_that_do_not_add_up_are_said_of_each_claim():
    off = claim(1, "2026-09-01", "110", principal="90", interest="10")
    assert codes(off) == ["claim.does_not_add_up"]
    assert claim_messages(off.record, "D1")[0].facts["rest"] == money("10")


def test_more_interest_with_more_days_explains_itself():
    first = claim(1, "2026-09-01", "100", principal="90", interest="10")
    later = claim(2, "2026-10-01", "105", principal="90", interest="15")
    assert codes(first, later) == []
    assert claim_steps([first, later], [])[1].change == money("5")


def test_a_fall_needs_a_payment():
    first, later = claim(1, "2026-09-01", "100"), claim(2, "2026-10-01", "60")
    assert codes(first, later, payments=[paid("2026-09-15", "40")]) == []
    assert codes(first, later) == ["claim.fell"]
    (_, step) = claim_steps([first, later], [paid("2026-09-15", "30")])
    (message,) = step.messages
    assert message.facts == {
        "before": "D1",
        "id": "D2",
        "fall": money("40"),
        "paid": money("30"),
        "rest": money("10"),
    }


@pytest.mark.parametrize(
    ("on", "counts"), [("2026-09-01", False), ("2026-09-02", True), ("2026-10-01", True), ("2026-10-02", False)]
)
def test_a_payment_counts_after_the_older_claims_day_and_on_the_newer_ones(on, counts):
    step = claim_steps([claim(1, "2026-09-01", "100"), claim(2, "2026-10-01", "60")], [paid(on, "40")])[1]
    assert step.paid == money("40" if counts else "0")


def test_principal_that_rises_is_named():
    found = codes(
        claim(1, "2026-09-01", "100", principal="90", interest="10"),
        claim(2, "2026-10-01", "110", principal="95", interest="15"),
    )
    assert found == ["claim.principal_rose"]


def test_two_totals_of_one_day():
    assert codes(claim(1, "2026-09-01", "100"), claim(2, "2026-09-01", "120")) == ["claim.same_day"]
    assert codes(claim(1, "2026-09-01", "100"), claim(2, "2026-09-01", "100")) == []


def test_a_rise_that_nobody_split_and_one_beyond_its_parts():
    assert codes(claim(1, "2026-09-01", "100"), claim(2, "2026-10-01", "120")) == ["claim.rose_unsplit"]
    more = codes(
        claim(1, "2026-09-01", "100", interest="10"), claim(2, "2026-10-01", "120", interest="15"),
    )  # fmt: skip
    assert more == ["claim.rose_beyond_parts"]


def test_a_payment_that_nothing_shows():
    first = claim(1, "2026-09-01", "100", principal="90", interest="10")
    later = claim(2, "2026-10-01", "105", principal="90", interest="15")
    assert codes(first, later, payments=[paid("2026-09-10", "20")]) == ["claim.payment_not_seen"]


def test_a_part_that_became_another():
    first = claim(1, "2026-09-01", "110", principal="90", interest="20")
    later = claim(2, "2026-10-01", "110", principal="90", interest="5", penalty="15")
    assert codes(first, later) == ["claim.part_fell"]


yuan = st.none() | st.integers(0, 10_000).map(lambda fen: money(fen * 100) / 100)


@given(
    st.lists(st.tuples(st.integers(0, 40), yuan, *[yuan] * 4), max_size=5),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9999))),
)
def test_every_history_can_be_told_and_each_step_keeps_its_own(history, payments):
    start = dt.date(2026, 9, 1)
    claims = [
        Stored(
            f"D{n}",
            Claim(loan="L1", at=start + dt.timedelta(day), total=total, **dict(zip(PARTS, parts, strict=True))),
            NOON,
        )
        for n, (day, total, *parts) in enumerate(sorted(history, key=lambda one: one[0]), 1)
    ]
    done = [paid((start + dt.timedelta(day)).isoformat(), str(amount)) for day, amount in payments]
    steps = claim_steps(claims, done)
    assert [step.claim for step in steps] == claims
    assert all(step.messages == () or step.claim.id in {one.facts["id"] for one in step.messages} for step in steps)
