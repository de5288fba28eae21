"""What an offer or an agreement asks is told as it is: who is paid, what cannot be kept, what is left open."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from cli_world import Run
from command_world import codes

BANK = [
    *("loan", "add", "--lender", "甲银行", "--kind", "bank", "--rate", "18%/year", "--term", "12"),
    *("--start", "2026-01-31", "--due-day", "31", "--method", "equal-payment", "--penalty-factor", "1.5"),
    *("--penalty-base", "overdue_principal", "--principal"),
]
AT = ("--at", "2026-11-21")


@pytest.fixture
def bank(run: Run) -> Run:
    run(*BANK, "20000", code=0)
    run("budget", "set", "--income", "5000", "--rent", "1500", "--food", "1200", code=0)
    return run


def test_what_is_disputed_is_that_of_the_claims_own_day(bank: Run) -> None:
    parts = ("--principal", "19000", "--interest", "3000", "--penalty", "3000")
    bank("claim", "add", "L1", "--at", "2026-11-20", "--total", "25000", *parts, "--source", "sms", code=0)
    total = bank("verify", "L1", "--as-of", "2026-11-20", "--json").data["components"][-1]
    assert total["name"] == "total"

    def disputed(day: str) -> str:
        return str(bank("plan", "--as-of", day, "--json").data["debts"][0]["disputed"])

    assert [disputed(day) for day in ("2026-11-21", "2026-12-20", "2027-06-20")] == [total["difference"]] * 3
    bank("pay", "L1", "8000", *AT, code=0)
    assert disputed("2026-11-21") == disputed("2026-12-20") == total["difference"]
    given = bank("plan", "--as-of", "2026-11-21", "--include-disputed", "--json").data["debts"][0]["balance"]
    less = bank("plan", "--as-of", "2026-11-21", "--json").data["debts"][0]["balance"]
    assert Decimal(given) - Decimal(less) == Decimal(total["difference"])


def test_an_agreement_about_two_loans_is_paid_on_both_as_planned(
    bank: Run, here: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank(*BANK, "10000", code=0)
    proof = here / "协议.txt"
    proof.write_text("协议", encoding="utf-8")
    bank("negotiate", "open", "L1,L2", "--goal", "一并", code=0)
    bank("negotiate", "offer", "G1", "--months", "3", "--monthly", "2000", "--waive", "penalty", code=0)
    bank("negotiate", "accept", "G1", "--offer", "1", "--evidence", str(proof), "--first-due", "2027-01-31", code=0)
    plan = bank("plan", "--json", code=0).data
    assert {one["loan"] for one in (*plan["debts"], *plan["rows"])} == {"L1,L2"}
    owed = [bank("verify", loan, "--json").data["components"][-1]["computed"] for loan in ("L1", "L2")]
    assert Decimal(plan["debts"][0]["balance"]) == min(sum(map(Decimal, owed)), Decimal(6000))
    assert "L1,L2" in bank("plan", code=0).out
    monkeypatch.setenv("JDNEG_NOW", f"{plan['ends']}T20:00:00+08:00")
    first = plan["rows"][0]
    alone = bank("pay", "L1", first["payment"], "--at", first["date"], "--json", code=0)
    assert "payment.one_of_several" in codes(alone)
    bank("undo", code=0)
    for row in plan["rows"]:
        paid = bank("pay", row["loan"], row["payment"], "--at", row["date"], "--json", code=0)
        assert "payment.one_of_several" not in codes(paid)
    for loan in ("L1", "L2"):
        seen = bank("verify", loan, "--as-of", plan["ends"], "--json").data["components"][-1]
        assert (seen["name"], seen["computed"]) == ("total", "0.00")


def test_interest_agreed_for_two_loans_is_no_balance(bank: Run, here: Path) -> None:
    bank(*BANK, "10000", code=0)
    bank("negotiate", "open", "L1,L2", "--goal", "一并", code=0)
    bank("negotiate", "offer", "G1", "--months", "20", "--monthly", "2000", "--waive", "penalty", code=0)
    bank("negotiate", "accept", "G1", "--offer", "1", "--oral", "--first-due", "2026-12-31", code=0)
    plan = bank("plan", "--budget", "9000", "--json", code=0)
    seen = [bank("verify", loan, "--json").data for loan in ("L1", "L2")]
    oral = sum(Decimal(one["beside"][0]["total"]) for one in seen)
    contract = sum(Decimal(one["components"][-1]["computed"]) for one in seen)
    [debt] = plan.data["debts"]
    assert (Decimal(debt["balance"]), Decimal(plan.data["totals"]["paid"])) == (oral, Decimal(40000))
    told = bank("plan", "--budget", "9000", code=0).err
    assert f"{contract:.2f}" in told and f"{Decimal(40000) - oral:.2f}" in told
    assert "jdneg verify L1, jdneg verify L2" in told


def test_an_offer_that_cannot_be_kept_has_no_total(bank: Run, here: Path, lang: str) -> None:
    bank("negotiate", "open", "L1", "--goal", "结清", code=0)
    bank("negotiate", "offer", "G1", "--lump-sum", "5000", "--first-due", "2026-12-10", code=0)
    ran = bank("plan", "compare", "--json", code=0)
    offer = ran.data["strategies"][-1]
    assert offer["kind"] == "offer" and not offer["keeps_minimums"] and "2026-12-10" in offer["breaks"]
    assert {offer[one] for one in ("months", "ends", "paid", "cost", "dearer", "after_year", "interest")} == {None}
    assert "plan.offer_lets_go" not in codes(ran)
    assert "5000.00" in bank("plan", "compare", "-o", "比较.html", code=0).out + ran.out
    assert (here / "比较.html").read_text(encoding="utf-8").count("<svg") == 2


def test_an_offer_saved_up_for_keeps_its_total(bank: Run) -> None:
    bank("negotiate", "open", "L1", "--goal", "结清", code=0)
    bank("negotiate", "offer", "G1", "--lump-sum", "5000", "--first-due", "2027-03-10", code=0)
    offer = bank("plan", "compare", "--json", code=0).data["strategies"][-1]
    assert (offer["paid"], offer["ends"], offer["keeps_minimums"]) == ("5000.00", "2027-03-10", True)


def test_what_becomes_of_the_rest_is_asked_in_the_confirmation(bank: Run, here: Path) -> None:
    bank("negotiate", "open", "L1", "--goal", "还款", code=0)
    bank("negotiate", "offer", "G1", "--by", "lender", "--lump-sum", "12000", code=0)
    unnamed = bank("negotiate", "accept", "G1", "--offer", "1", "--oral", "--json", code=0)
    assert {"case.derived", "case.lets_go"} <= set(codes(unnamed))
    bank("undo", code=0)
    named = bank("negotiate", "accept", "G1", "--offer", "1", "--oral", "--first-due", "2026-12-05", "--json", code=0)
    assert "case.derived" not in codes(named)
    bank("letter", "draft", "confirm", "--case", "G1", "-o", "确认.md", code=0)
    assert "是否即告全部结清" in (here / "确认.md").read_text(encoding="utf-8")


def test_a_confirmation_of_the_whole_sum_asks_for_no_settlement(bank: Run, here: Path) -> None:
    bank("negotiate", "open", "L1", "--goal", "延期", code=0)
    bank("negotiate", "offer", "G1", "--months", "24", code=0)
    bank("negotiate", "accept", "G1", "--offer", "1", "--oral", code=0)
    bank("letter", "draft", "confirm", "--case", "G1", "-o", "确认.md", code=0)
    assert "全部结清" not in (here / "确认.md").read_text(encoding="utf-8")


def test_what_is_free_waits_for_the_dear_debts_day(run: Run, lang: str) -> None:
    """Paid on L2's day what L1 (24 %) could have ten days later was 10,722.57; a plan by hand had come to 10,617.01."""
    plain = [one for one in BANK if one not in ("--start", "2026-01-31", "--due-day", "31")]
    dear = [one if one != "18%/year" else "24%/year" for one in plain]
    cheap = [one if one != "18%/year" else "6%/year" for one in plain]
    run(*dear, "10000", "--start", "2026-05-10", "--due-day", "10", code=0)
    run(*cheap, "5000", "--start", "2026-10-31", "--due-day", "31", code=0)
    for month in range(6, 12):
        run("pay", "L1", "945.60", "--at", f"2026-{month:02}-10", code=0)
    spare = ("--income", "4700", "--rent", "1500", "--food", "1200")
    run("budget", "set", *spare, "--payday", "28", "--hand", "500", code=0)
    ran = run("plan", "compare", "--json", code=0)
    assert ran.data["best"]["proved"] and "plan.best_proved" in codes(ran)
    paid = {one["strategy"]: Decimal(one["paid"]) for one in ran.data["strategies"] if one["paid"]}
    assert paid["best"] <= paid["avalanche"] < Decimal("10617.01") < paid["min-first"]
    mine = run("plan", "--order", "L1,L2", "--json", code=0)
    other = run("plan", "--order", "L2,L1", "--json", code=0)
    assert mine.data["rows"] == run("plan", "--strategy", "avalanche", "--json", code=0).data["rows"]
    assert mine.data["rows"] != other.data["rows"]
    assert "plan.kept_for_later" in codes(mine)


def test_my_promise_is_as_kept_as_its_payments(bank: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paid in full on its day it said 未知 in the report made for outsiders; a state noted by hand stands."""
    bank("negotiate", "open", "L1", "--goal", "结清", code=0)
    bank("negotiate", "offer", "G1", "--lump-sum", "3000", code=0)
    bank("negotiate", "accept", "G1", "--offer", "1", "--oral", "--first-due", "2026-11-25", code=0)

    def state() -> str:
        promises = bank("negotiate", "show", "G1", "--json", code=0).data["promises"]
        return str(promises[0]["state"])

    assert state() == "unknown"
    monkeypatch.setenv("JDNEG_NOW", "2026-11-25T10:00:00+08:00")
    bank("pay", "L1", "3000", "--at", "2026-11-25", code=0)
    monkeypatch.setenv("JDNEG_NOW", "2026-12-20T10:00:00+08:00")
    assert state() == "kept"
    assert "未知" not in bank("report", "negotiation", "G1", "--lang", "zh", code=0).out
    bank("negotiate", "promise", "G1", "--set", "1", "broken", code=0)
    assert state() == "broken"


def test_nobody_suggests_that_their_promise_was_kept(bank: Run, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bank("negotiate", "open", "L1", "--goal", "x", code=0)
    bank("negotiate", "promise", "G1", "--by", "lender", "--what", "停止催收", "--due", "2026-11-25", code=0)
    monkeypatch.setenv("JDNEG_NOW", "2026-12-20T10:00:00+08:00")
    item = next(one for one in bank("today", "--json", code=0).data["items"] if one["kind"] == "promise_theirs")
    assert item["command"] == "jdneg negotiate show G1"
    said = bank("today", code=0).out
    assert "--set 1 kept" in said and "broken" in said


def test_the_calendar_asks_for_what_is_left_of_an_instalment(bank: Run, here: Path) -> None:
    """Paid in part, the contract's row stood in the calendar whole."""
    bank("pay", "L1", "100", *AT, code=0)
    first = bank("verify", "L1", "--json").data["overdue"][0]
    assert Decimal(first["unpaid"]) < Decimal(first["amount"])
    bank("export", "ics", "-o", "日历.ics", code=0)
    page = (here / "日历.ics").read_text(encoding="utf-8").replace("\r\n ", "")
    assert f"jdneg pay L1 {first['unpaid']} --at {first['due']}" in page
    assert f"jdneg pay L1 {first['amount']} --at {first['due']}" not in page


def test_another_promise_of_the_same_day_is_not_kept_by_the_payments(
    bank: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank("negotiate", "open", "L1", "--goal", "结清", code=0)
    bank("negotiate", "offer", "G1", "--lump-sum", "3000", "--first-due", "2026-11-25", code=0)
    bank("negotiate", "accept", "G1", "--offer", "1", "--oral", code=0)
    bank("negotiate", "promise", "G1", "--by", "me", "--what", "寄出收入证明", "--due", "2026-11-25", code=0)
    monkeypatch.setenv("JDNEG_NOW", "2026-11-25T10:00:00+08:00")
    bank("pay", "L1", "3000", "--at", "2026-11-25", code=0)
    monkeypatch.setenv("JDNEG_NOW", "2026-12-20T10:00:00+08:00")
    promises = bank("negotiate", "show", "G1", "--json", code=0).data["promises"]
    assert [one["state"] for one in promises] == ["kept", "unknown"]


def test_an_agreement_paid_on_its_loans_one_by_one_is_not_called_settled(
    bank: Run, here: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paid 6,000 and 2,000 a month where the loans' shares are others: track said all paid, verify 6,744.16."""
    bank(*BANK, "12000", code=0)
    proof = here / "协议.txt"
    proof.write_text("协议", encoding="utf-8")
    bank("negotiate", "open", "L1,L2", "--goal", "一并", code=0)
    bank("negotiate", "offer", "G1", "--months", "2", "--monthly", "8000", "--first-due", "2026-12-10", code=0)
    bank("negotiate", "accept", "G1", "--offer", "1", "--evidence", str(proof), code=0)
    for day in ("2026-12-10", "2027-01-10"):
        monkeypatch.setenv("JDNEG_NOW", f"{day}T10:00:00+08:00")
        bank("pay", "L1", "7500", "--at", day, code=0)
        bank("pay", "L2", "500", "--at", day, code=0)
    left = Decimal(bank("verify", "L2", "--json").data["components"][-1]["computed"])
    told = bank("plan", "track", "G1", code=0)
    assert left > 0 and f"{left:.2f}" in told.out + told.err
    item = next(one for one in bank("today", "--json", code=0).data["items"] if one["id"] == "G1")
    assert item["command"] == "jdneg plan track G1" and Decimal(item["amount"]) == left


def test_what_is_late_is_not_promised_where_only_a_pause_was_spoken_of(bank: Run, here: Path) -> None:
    """A pause of three months became my promise of all that is late, due on the day it was accepted."""
    bank("negotiate", "open", "L1", "--goal", "停还三个月", code=0)
    bank("negotiate", "offer", "G1", "--by", "lender", "--pause", "3", code=0)
    made = bank("negotiate", "accept", "G1", "--offer", "1", "--oral", "--json", code=0)
    late = made.data["record"]["agreement"]["instalments"][0]
    assert late["due"] == "2026-11-21" and "case.derived" in codes(made)
    [promise] = made.data["record"]["promises"]
    assert promise["what"] == "按顺延后的日期还合同各期" and promise.get("due") is None
    bank("letter", "draft", "confirm", "--case", "G1", "-o", "确认.md", code=0)
    letter = (here / "确认.md").read_text(encoding="utf-8")
    assert "如何处理、何时支付" in letter and f"| {late['due']}" not in letter
