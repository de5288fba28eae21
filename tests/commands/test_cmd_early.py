"""An agreement whose instalments hold interest, paid early in full: one figure everywhere, and what is not sure."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run
from command_world import GOLD, codes

TERM = ("--term", "12", "--due-day", "10", "--method", "equal-payment", "--penalty-factor", "1.5")


@pytest.fixture
def agreed(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """7,116.44 are owed, put off to four instalments of 7,347.59 in all."""
    monkeypatch.setenv("JDNEG_NOW", "2026-11-21T10:00:00+08:00")
    run(*GOLD, *TERM, "--penalty-base", "overdue_principal", code=0)
    for month in range(4, 12):
        run("pay", "L1", "1836.91", "--at", f"2026-{month:02}-10", code=0)
    run("budget", "set", "--income", "6000", "--payday", "25", "--rent", "1800", "--food", "1500", code=0)
    run("negotiate", "open", "L1", "--goal", "改期", code=0)
    run("negotiate", "offer", "G1", "--due-day", "31", code=0)
    run("negotiate", "accept", "G1", "--offer", "1", "--evidence", str(here / "合同.pdf"), code=0)
    return run


def figures(run: Run) -> dict[str, str]:
    """What each room still asks for."""
    total = run("verify", "L1", "--json").data["components"][-1]
    assert total["name"] == "total"
    debts = run("plan", "--json", code=0).data["debts"]
    [track] = run("plan", "track", "G1", "--json", code=0).data["agreements"]
    due = run("report", "summary", "--json").data["debts"][0]["next_due"]
    items = [one for one in run("today", "--json").data["items"] if one["kind"].startswith("instalment")]
    return {
        "verify": total["computed"],
        "plan": debts[0]["balance"] if debts else "0.00",
        "minimum": debts[0]["minimum"] if debts else "0.00",
        "track": track["next"]["amount"] if track["next"] else "0.00",
        "summary": due["amount"] if due else "0.00",
        "today": items[0]["amount"] if items else "0.00",
    }


def test_one_figure_everywhere(agreed: Run, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = agreed("plan", "--json", code=0)
    assert "plan.agreement_interest" in codes(before) and "plan.agreement_kept" not in codes(before)
    said = agreed("plan", code=0).err
    assert "677" in said and "231.15" in said
    monkeypatch.setenv("JDNEG_NOW", "2026-11-22T10:00:00+08:00")
    paid = agreed("pay", "L1", "7116.44", "--at", "2026-11-22", "--json", code=0)
    assert "debt.agreement_early" in codes(paid)
    # One day of the 40 that bring the first instalment's 57.79; nothing of the money is kept after it.
    for day in ("2026-11-22", "2026-12-05", "2026-12-31", "2027-02-15", "2027-03-31"):
        monkeypatch.setenv("JDNEG_NOW", f"{day}T10:00:00+08:00")
        assert set(figures(agreed).values()) == {"1.44"}
    assert "debt.agreement_early" in codes(agreed("plan", "track", "G1", "--json", code=0))
    notes = agreed("verify", "L1").err
    assert "229.71" in notes and "677" in notes and "letter draft request-info --loan L1 --item settlement" in notes


def test_the_sum_of_the_day_settles(agreed: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JDNEG_NOW", "2026-12-05T10:00:00+08:00")
    owed = agreed("verify", "L1", "--json").data["components"][-1]["computed"]
    agreed("pay", "L1", owed, "--at", "2026-12-05", code=0)
    agreed("export", "ics", "-o", "到期.ics", code=0)
    calendar = (here / "到期.ics").read_text(encoding="utf-8")
    assert calendar.count("STATUS:CANCELLED") == calendar.count("BEGIN:VEVENT") >= 4
    for day in ("2026-12-05", "2026-12-31", "2027-03-31", "2027-06-01"):
        monkeypatch.setenv("JDNEG_NOW", f"{day}T10:00:00+08:00")
        assert set(figures(agreed).values()) == {"0.00"}
    [track] = agreed("plan", "track", "G1", "--json", code=0).data["agreements"]
    assert (track["settled"], track["standing"], track["beyond"]) == (4, "up_to_date", "0.00")
    assert track["spared"] == "210.92"
    agreed("plan", "track", "G1", "-o", "说明.md", code=0)
    statement = (here / "说明.md").read_text(encoding="utf-8")
    assert "未计此后的约定利息 210.92 元" in statement and "民法典第677条" in statement
    closed = agreed("loan", "close", "L1", "--at", "2026-12-05", "--json", code=0).data["closing"]
    [receipts] = [one for one in closed if one["step"] == "receipts"]
    assert all(sum_ in receipts["detail"] for sum_ in ("7347.59", "210.92", "7136.67", " 0.00"))
    asked = agreed("letter", "draft", "request-info", "--loan", "L1", "--item", "settlement", "-o", "信.md", code=0)
    assert asked.out


def test_paid_as_agreed_though_early_is_paid(agreed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JDNEG_NOW", "2026-12-05T10:00:00+08:00")
    paid = agreed("pay", "L1", "7347.59", "--at", "2026-12-05", "--json", code=0)
    assert "debt.agreement_early" not in codes(paid) and "debt.agreement_early_paid" in codes(paid)
    notes = agreed("verify", "L1").err
    assert "210.92" in notes and "677" in notes
    assert set(figures(agreed).values()) == {"0.00"}
    assert "debt.overpaid" not in codes(agreed("verify", "L1", "--json"))


def test_the_last_instalment_some_days_early_is_no_early_end(agreed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for day, amount in (("2026-12-31", "1836.91"), ("2027-01-31", "1836.91"), ("2027-02-28", "1836.91")):
        monkeypatch.setenv("JDNEG_NOW", f"{day}T10:00:00+08:00")
        agreed("pay", "L1", amount, "--at", day, code=0)
    monkeypatch.setenv("JDNEG_NOW", "2027-03-25T10:00:00+08:00")
    last = agreed("pay", "L1", "1836.86", "--at", "2027-03-25", "--json", code=0)
    assert [one for one in codes(last) if one.startswith("debt.agreement_early")] == []
    assert set(figures(agreed).values()) == {"0.00"}


def test_by_word_of_mouth_alone_the_contract_is_not_paid_up(
    run: Run, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(*GOLD, *TERM, "--penalty-base", "overdue_principal", code=0)
    run("budget", "set", "--income", "9000", "--rent", "1500", "--food", "1200", code=0)
    run("negotiate", "open", "L1", "--goal", "结清", code=0)
    run("negotiate", "offer", "G1", "--by", "lender", "--months", "6", "--monthly", "3000", code=0)
    run("negotiate", "accept", "G1", "--offer", "1", "--oral", "--first-due", "2026-12-10", code=0)
    run("pay", "L1", "18000", "--at", "2026-11-21", code=0)
    left = run("verify", "L1", "--json").data["components"][-1]["computed"]
    plan = run("plan", "--json", code=0)
    [debt] = plan.data["debts"]
    assert (debt["balance"], float(left) > 0) == ("0.00", True)
    assert {"plan.agreement_oral", "plan.oral_beside"} <= set(codes(plan)) and left in run("plan", code=0).err
