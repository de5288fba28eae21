"""``plan propose`` and the offers made of it, held against what is there on each day."""

from __future__ import annotations

import shlex
from decimal import Decimal

import pytest
from cli_world import Run
from command_world import codes, failed

BANK = ["loan", "add", "--lender", "甲银行", "--kind", "bank", "--rate", "12%/year", "--method", "equal-payment"]


@pytest.fixture
def school(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Two instalments late, money two days before the end of the month, school fees to come."""
    monkeypatch.setenv("JDNEG_NOW", "2028-01-15T10:00:00+08:00")
    run(*BANK, "--principal", "9000", "--start", "2027-10-31", "--term", "9", "--due-day", "31", code=0)
    run(
        *("budget", "set", "--income", "5000", "--payday", "30", "--rent", "1500", "--food", "1200"),
        *("--one-off", "学费=1200@2028-02-29"),
        code=0,
    )
    return run


@pytest.fixture
def early(run: Run) -> Run:
    """The next due day comes before the next payday, and nothing is in hand."""
    run(*BANK, "--principal", "12000", "--start", "2026-02-28", "--term", "12", "--due-day", "28", code=0)
    run("budget", "set", "--income", "4700", "--payday", "5", "--rent", "1500", "--food", "1200", code=0)
    run("negotiate", "open", "L1", "--goal", "x", code=0)
    return run


def test_nothing_named_gives_what_finds_its_money_on_every_day(school: Run, lang: str) -> None:
    ran = school("plan", "propose", "L1", "--json", code=0)
    found = ran.data["proposals"]
    assert found and all(one["fits"] for one in found) and "plan.none_fits" not in codes(ran)
    assert all(Decimal(row["amount"]) <= 2300 for one in found for row in one["rows"])
    assert "plan.by_day" in codes(ran)


def test_what_was_named_does_not_fit_and_what_would_is_said(school: Run, lang: str) -> None:
    ran = school("plan", "propose", "L1", "--months", "3", "--json", code=0)
    assert not any(one["fits"] for one in ran.data["proposals"])
    assert "plan.smaller_fits" in codes(ran) and "plan.none_fits" not in codes(ran)
    said = next(one["text"] for one in ran.json["messages"] if one["code"] == "plan.smaller_fits")
    fit = school("plan", "propose", "L1", "--json", code=0).data["proposals"][0]
    assert fit["monthly"] in said and str(fit["months"]) in said


def test_only_what_ends_after_the_contract_is_called_longer(school: Run) -> None:
    def form(months: str) -> str:
        found = school("plan", "propose", "L1", "--months", months, "--json", code=0).data["proposals"]
        return str(found[0]["form"])

    assert (form("5"), form("9")) == ("instalments", "extension")


def test_the_first_instalment_waits_for_its_money(early: Run) -> None:
    first = early("plan", "propose", "L1", "--json", code=0).data["proposals"][0]
    assert first["fits"] and first["first_due"] == "2026-12-28" and first["monthly"] <= "2000.00"
    early(*shlex.split(first["command"])[1:], code=0)
    record = early("negotiate", "accept", "G1", "--offer", "1", "--json", code=0).data["record"]
    agreed = [(row["due"], row["amount"]) for row in record["agreement"]["instalments"]]
    assert agreed == [(row["due"], row["amount"]) for row in first["rows"]]


def test_the_only_debt_has_no_others_beside_it(early: Run, lang: str) -> None:
    said = early("plan", "propose", "L1", "--months", "24", code=0).err
    assert "other debts" not in said and "其他债务" not in said


@pytest.mark.parametrize(
    "words", [("--monthly", "777.77", "--due-day", "30"), ("--months", "600", "--monthly", "30")]
)
def test_the_day_that_fails_is_named_and_what_is_there_then(early: Run, lang: str, words: tuple[str, ...]) -> None:
    ran = early("negotiate", "offer", "G1", *words, "--json", code=0)
    assert {"plan.offer_above_budget", "plan.offer_start_later"} <= set(codes(ran))
    said = next(one["text"] for one in ran.json["messages"] if one["code"] == "plan.offer_above_budget")
    assert ("2026-11-30" in said or "2026-11-28" in said) and "0.00" in said and "2000" not in said
    later = next(one["text"] for one in ran.json["messages"] if one["code"] == "plan.offer_start_later")
    assert "2026-12-05" in later and "jdneg" not in later, "no command that an offer of a due day would refuse"
    moved = early("negotiate", "offer", "G1", *words[:2], "--first-due", "2026-12-05", "--json", code=0)
    assert "plan.offer_above_budget" not in codes(moved)


def test_money_in_hand_counts(early: Run) -> None:
    early("budget", "set", "--income", "4700", "--payday", "5", "--rent", "3400", "--hand", "9000", code=0)
    assert "plan.offer_above_budget" not in codes(
        early("negotiate", "offer", "G1", "--lump-sum", "9000", "--json", code=0)
    )
    ran = early("negotiate", "offer", "G1", "--lump-sum", "9500", "--json", code=0)
    said = next(one["text"] for one in ran.json["messages"] if one["code"] == "plan.offer_above_budget")
    assert "9000.00" in said and "1300" not in said


def test_a_cost_that_an_offer_takes_from_is_named(early: Run, lang: str) -> None:
    early("budget", "set", "--income", "4700", "--payday", "5", "--rent", "2700", "--hand", "3000",
          "--one-off", "学费=5000@2027-01-08", code=0)  # fmt: skip
    ran = early("negotiate", "offer", "G1", "--lump-sum", "3000", "--first-due", "2026-11-28", "--json", code=0)
    said = next(one["text"] for one in ran.json["messages"] if one["code"] == "plan.offer_takes_cost")
    assert "2027-01-08" in said and "1000.00" in said


def test_my_own_interest_is_not_asked_of_the_lender(early: Run, lang: str) -> None:
    """What `plan propose` works out with interest is no sum to ask the lender about."""
    command = early("plan", "propose", "L1", "--months", "13", "--json", code=0).data["proposals"][0]["command"]
    mine = early(*shlex.split(command)[1:], "--json", code=0)
    assert "case.own_interest" in codes(mine) and "case.offer_above" not in codes(mine)
    theirs = early(
        "negotiate", "offer", "G1", "--by", "lender", "--months", "13", "--monthly", "1200", "--json", code=0
    )
    assert "case.offer_above" in codes(theirs)
    free = ("--months", "13", "--monthly", "1200", "--waive", "interest,penalty", "--json")
    assert "case.own_above" in codes(early("negotiate", "offer", "G1", *free, code=0))


def test_offers_begin_when_there_is_money(gold: Run) -> None:
    """As `plan --begin`: nothing before, and what comes before is not there later."""
    gold("budget", "set", "--income", "5000", "--payday", "5", "--rent", "1500", "--food", "1200", code=0)
    plain = gold("plan", "propose", "L1", "--json", code=0).data["proposals"]
    later = gold("plan", "propose", "L1", "--begin", "2027-03-01", "--json", code=0).data["proposals"]
    assert {one["first_due"] for one in later} == {"2027-03-10"} and plain[0]["first_due"] < "2027-01"
    assert all(one["fits"] for one in later) and all("--first-due 2027-03-10" in one["command"] for one in later)
    lump = gold("plan", "propose", "L1", "--begin", "2027-03-01", "--lump-sum", "9000", "--json", code=0).data[
        "proposals"
    ]
    assert [one["fits"] for one in lump] == [False]  # by then 9,000 would have come, had it begun today
    assert failed(gold("plan", "propose", "L1", "--begin", "2020-01-01", "--json", code=2)) == "day_is_over"


def test_what_is_proposed_leaves_nothing_to_be_worked_out(early: Run) -> None:
    """The first day stands in the command, so that the letter has no blank and nobody has to guess it."""
    for one in early("plan", "propose", "L1", "--months", "6", "--json", code=0).data["proposals"]:
        assert f"--first-due {one['first_due']}" in one["command"]
        early(*shlex.split(one["command"])[1:], code=0)
        ran = early("negotiate", "accept", "G1", "--offer", "1", "--json", code=0)
        assert "case.derived" not in codes(ran)
        early("undo", code=0)
        early("undo", code=0)


def test_a_deficit_leads_with_a_pause_and_prints_what_runs(early: Run, lang: str) -> None:
    """No plan that cannot be kept stands there with a command; nothing untrue is said of other debts."""
    early("budget", "set", "--income", "2600", "--rent", "3200", code=0)
    early(*BANK, "--principal", "5000", "--start", "2026-02-28", "--term", "12", "--due-day", "8", code=0)
    ran = early("plan", "propose", "L1", "--json", code=0)
    [only] = ran.data["proposals"]
    assert (only["form"], only["fits"], only["rows"], only["command"]) == ("standstill", True, [], None)
    assert "plan.room_share" not in codes(ran) and "plan.standstill" in codes(ran)
    text = early("plan", "propose", "L1", code=0).out
    commands = [line.partition("   #")[0] for line in text.splitlines() if line.startswith("jdneg ")]
    assert "jdneg letter draft proposal --loan L1" in commands
    for command in commands:
        early(*shlex.split(command)[1:], code=0)


def test_who_holds_only_a_demand_gets_offers_on_it(run: Run, lang: str) -> None:
    run("loan", "add", "--lender", "甲", "--kind", "consumer_finance", code=0)
    figures = ("--total", "23480.55", "--principal", "18500", "--interest", "2312", "--penalty", "2668.55")
    run("claim", "add", "L1", "--at", "2026-11-20", *figures, code=0)
    run("budget", "set", "--income", "5000", "--payday", "5", "--rent", "3000", code=0)
    ran = run("plan", "propose", "L1", "--months", "24", "--json", code=0)
    whole, bare = ran.data["proposals"]
    assert ran.data["by_claim"] and (ran.data["owed"], whole["total"]) == ("23480.55", "23480.55")
    assert bare["let_go"] == "4980.55" and "--waive penalty,interest" in bare["command"]
    assert whole["first_due"] == "2026-12-05"  # no due day is known: the day one is paid
    assert "plan.propose_claimed" in codes(ran)
    opened = ran.data["open_case"]
    assert "--problem credit" in opened
    run(*shlex.split(opened)[1:], code=0)
    for one in (whole, bare):
        run(*shlex.split(one["command"])[1:], code=0)
    assert run("plan", "propose", "L1", "--lump-sum", "9000", "--json", code=0).data["proposals"][0]["form"] == "lump"
    run("budget", "set", "--income", "5000", "--rent", "3000", code=0)
    assert failed(run("plan", "propose", "L1", "--months", "24", "--json", code=2)) == "bad_offer"


def test_what_the_lender_claims_beyond_is_told(early: Run, lang: str) -> None:
    owed = Decimal(early("plan", "propose", "L1", "--json", code=0).data["owed"])
    early("claim", "add", "L1", "--at", "2026-11-21", "--total", str(owed + 1000), code=0)
    ran = early("plan", "propose", "L1", "--json", code=0)
    assert (ran.data["disputed"], ran.data["by_claim"]) == ("1000.00", False)
    assert "plan.propose_disputed" in codes(ran)
    assert "1,000.00" in early("plan", "propose", "L1", code=0).out


def test_what_is_late_stands_apart_from_what_each_instalment_is(early: Run, lang: str) -> None:
    moved = early("plan", "propose", "L1", "--due-day", "25", "--json", code=0).data["proposals"][-1]
    first, then = (f"{Decimal(row['amount']):,}" for row in moved["rows"][:2])
    assert moved["form"] == "due_day" and first != then
    assert {"en": f"{first} first, then {then}", "zh": f"首笔 {first}，其后 {then}"}[lang] in early(
        "plan", "propose", "L1", "--due-day", "25", code=0
    ).out


def test_one_thing_is_said_of_a_sum_that_ends(early: Run) -> None:
    """An offer of 12 payments ends: it is below the balance, not a debt that never ends."""
    ran = early("negotiate", "offer", "G1", "--monthly", "50", "--months", "12", "--json", code=0)
    assert "case.offer_below" in codes(ran) and "case.below_interest" not in codes(ran)


def test_offers_beside_each_other_are_judged_together(early: Run, lang: str) -> None:
    """Each finds its money alone; what both ask together is what counts, and nothing else."""
    early(*BANK, "--principal", "12000", "--start", "2026-02-28", "--term", "12", "--due-day", "28", code=0)
    early("negotiate", "open", "L2", "--goal", "y", code=0)
    words = ("--months", "40", "--first-due", "2026-12-28")
    early("negotiate", "offer", "G1", *words, "--monthly", "700", code=0)
    fits = early("negotiate", "offer", "G2", *words, "--monthly", "1200", "--json", code=0)
    assert not {"plan.offers_above_budget", "plan.offer_above_budget"} & set(codes(fits))
    more = early("negotiate", "offer", "G2", *words, "--monthly", "1400", "--json", code=0)
    said = next(one["text"] for one in more.json["messages"] if one["code"] == "plan.offers_above_budget")
    assert "G1" in said and "2100.00" in said and "2000.00" in said
