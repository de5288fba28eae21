"""What a dispute and a proposal give away: nothing the borrower did not say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import given, strategies as st

from jdneg.domain.correspondence.accounts import argues, figures, shown, undisputed
from jdneg.domain.correspondence.context import Context
from jdneg.domain.correspondence.letters import LetterFacts, compose, notices
from jdneg.domain.debt.ceiling import Ceiling
from jdneg.domain.messages import info
from jdneg.domain.records.account import Claim
from jdneg.domain.records.base import Stored
from jdneg.domain.records.loan import Loan

DAY = dt.date(2026, 11, 20)
NOON = dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)
LOAN = Stored(
    "L1", Loan(lender="某小贷", kind="microlender", principal=Decimal(100), start=dt.date(2026, 1, 1)), NOON
)
NAMES = ("principal", "interest", "penalty", "fee", "total")


def sums(**amounts: str) -> dict[str, Decimal]:
    return {name: Decimal(amount) for name, amount in amounts.items()}


def letter(kind: str, claimed: dict[str, Decimal], computed: dict[str, Decimal], **more: Any) -> Context:
    claim = Stored("D1", Claim(loan="L1", at=DAY, **claimed), NOON)
    return compose(
        kind, LetterFacts(drafted_on=DAY, loan=LOAN, claim=claim, computed=computed, computed_on=DAY, **more)
    )


def late() -> Ceiling:
    reason = info("debt.court_may_reduce_late", low=Decimal("54.75"), high=Decimal("54.75"), limit=Decimal("24.00"))
    limit, found = Decimal("0.24"), Decimal("0.5475")
    return Ceiling("ceilings.judicial24", "policy", "reported", "rate", limit, found, "over", reason)


def rows(found: Context) -> dict[str, Any]:
    return {row["name"]: (row["computed"], row["difference"]) for row in found.values["figures"]}


def test_a_component_claimed_higher_is_never_called_agreed_up_to_the_lower_figure() -> None:
    found = letter("dispute", sums(principal="100", interest="20"), sums(principal="100", interest="15"))
    assert found.values["undisputed"] == ({"name": "principal", "amount": Decimal(100)},)


def test_the_lender_is_not_told_that_it_asks_too_little() -> None:
    found = letter("dispute", sums(principal="90", interest="20"), sums(principal="100", interest="15"))
    assert rows(found) == {"principal": (None, None), "interest": (Decimal(15), Decimal(5))}
    assert [row["name"] for row in found.values["disputed"]] == ["interest"]


def test_where_nothing_is_asked_too_much_no_figure_of_ours_stands() -> None:
    for claimed in (sums(total="90"), sums(total="100"), sums(principal="90", total="90")):
        found = letter("dispute", claimed, sums(principal="100", interest="0", total="100"))
        assert set(rows(found).values()) == {(None, None)}
        assert found.values["computed_on"] is None and found.values["undisputed"] == ()
        assert [one.code for one in notices("dispute", found)] == ["letter.no_difference"]


def test_what_cannot_be_explained_is_still_worth_a_dispute() -> None:
    for claimed in (sums(principal="90", penalty="5"), sums(principal="80", total="90")):
        found = letter("dispute", claimed, sums(principal="100"))
        assert [one.code for one in notices("dispute", found)] == ["letter.no_figures"]


def test_what_is_above_a_line_is_raised_and_called_right_nowhere() -> None:
    claimed, computed = sums(principal="100", penalty="30"), sums(principal="100", penalty="30")
    found = letter("dispute", claimed, computed, over=(late(),))
    (line,) = found.values["over"]
    assert (line["kind"], line["level"], line["limit"], line["measured"]) == (
        "late_policy", "level_policy", "24", "54.75%",
    )  # fmt: skip
    assert rows(found)["penalty"] == (None, None) and notices("dispute", found) == ()
    argued = letter("dispute", {**claimed, **sums(interest="9")}, {**computed, **sums(interest="5")}, over=(late(),))
    assert [one["name"] for one in argued.values["undisputed"]] == ["principal"]
    assert rows(argued)["penalty"] == (None, None)


def test_without_a_claim_nothing_computed_is_told() -> None:
    found = compose("dispute", LetterFacts(drafted_on=DAY, loan=LOAN, computed=sums(total="5"), computed_on=DAY))
    assert found.values["figures"] == () and found.values["computed_on"] is None


def test_a_proposal_names_our_figure_only_where_theirs_is_higher() -> None:
    more = letter("proposal", sums(total="110"), sums(total="100")).values["computed"]
    assert more == {"on": DAY, "total": Decimal(100), "difference": Decimal(10)}
    assert letter("proposal", sums(total="90"), sums(total="100")).values["computed"] is None
    assert letter("proposal", sums(total="90"), {}).values["computed"] is None


MONEY = st.none() | st.decimals(0, 10**6, places=2)
FIVE = st.tuples(MONEY, MONEY, MONEY, MONEY, MONEY)


@given(FIVE, FIVE, st.sets(st.sampled_from(NAMES)))
def test_no_computed_figure_above_a_claimed_one_is_ever_shown(
    claimed: tuple[Decimal | None, ...], computed: tuple[Decimal | None, ...], but: set[str]
) -> None:
    claim = Claim(loan="L1", at=DAY, **dict(zip(NAMES, claimed, strict=True)))
    table = figures(claim, dict(zip(NAMES, computed, strict=True)))
    argued = argues(table)
    for row in shown(table, argued=argued, but=but):
        assert row["computed"] is None or row["claimed"] is None or row["computed"] <= row["claimed"]
        assert argued or row["computed"] is None
    assert not {one["name"] for one in undisputed(table, but)} & {*but, "total"}
