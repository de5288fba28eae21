"""A settlement and its day: missed, paid late, planned in bits. One answer in every room."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Ran, Run
from command_world import codes

BANK = [
    *("loan", "add", "--lender", "甲银行", "--kind", "bank", "--rate", "18%/year", "--term", "12"),
    *("--start", "2026-01-31", "--due-day", "31", "--method", "equal-payment", "--penalty-factor", "1.5"),
    *("--penalty-base", "overdue_principal", "--principal", "20000"),
]


@pytest.fixture
def proof(here: Path) -> str:
    path = here / "协议.txt"
    path.write_text("协议", encoding="utf-8")
    return str(path)


@pytest.fixture
def settled(run: Run, proof: str) -> Run:
    """9,000 on 2026-11-28 settle 23,422.14, in writing; 4,000 were paid in time."""
    run(*BANK, code=0)
    run("negotiate", "open", "L1", "--goal", "结清", code=0)
    run("negotiate", "offer", "G1", "--by", "lender", "--lump-sum", "9000", code=0)
    run("negotiate", "accept", "G1", "--offer", "1", "--evidence", proof, "--first-due", "2026-11-28", code=0)
    run("pay", "L1", "4000", "--at", "2026-11-21", code=0)
    return run


def _on(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setenv("JDNEG_NOW", f"{day}T10:00:00+08:00")


def _total(ran: Ran) -> str:
    return str(ran.data["components"][-1]["computed"])


def test_before_a_settlement_is_paid_late_every_room_says_to_ask(
    settled: Run, here: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _on(monkeypatch, "2026-11-28")
    assert "debt.settlement_late" not in codes(settled("plan", "track", "--json", code=0))
    assert settled("today", "--json", code=0).data["next"].startswith("jdneg pay L1 5000")
    _on(monkeypatch, "2026-12-02")
    today = settled("today", "--json", code=0).data
    assert today["next"] == "jdneg letter draft confirm --case G1"
    assert settled("today", code=0).out.count("jdneg letter draft confirm") == 1
    found = settled("plan", "track", "G1", "--json", code=0)
    agreed = found.data["agreements"][0]
    assert (agreed["short"], agreed["late_cost"], agreed["let_go"]) == ("5000.00", "14.79", "14422.14")
    seen = settled("verify", "L1", "--json")
    assert _total(seen) == "5014.79"
    said = settled("plan", "track", "G1", code=0).err
    assert "14422.14" in said and "14.79" in said
    paid = settled("pay", "L1", "5000", "--at", "2026-12-02", "--json", code=0)
    for ran in (found, seen, paid):
        assert {"debt.settlement_late", "debt.late_cost"} <= set(codes(ran))
    settled("undo", code=0)
    settled("letter", "draft", "confirm", "--case", "G1", "-o", "确认.md", code=0)
    letter = (here / "确认.md").read_text(encoding="utf-8")
    assert "¥5,000.00未付" in letter and "是否仍按以上内容执行" in letter


def test_a_settlement_paid_late_leaves_one_figure_everywhere(
    settled: Run, here: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _on(monkeypatch, "2026-12-03")
    settled("pay", "L1", "5000", "--at", "2026-12-02", code=0)
    seen = settled("verify", "L1", "--json")
    agreed = settled("plan", "track", "G1", "--json", code=0).data["agreements"][0]
    item = settled("today", "--json", code=0).data["items"][0]
    assert _total(seen) == agreed["late_cost"] == item["amount"] == "14.79"
    assert item["kind"] == "late_cost" and "debt.settlement_paid_late" in codes(seen)
    settled("letter", "draft", "confirm", "--case", "G1", "-o", "确认.md", code=0)
    assert "已于2026年12月2日付清" in (here / "确认.md").read_text(encoding="utf-8")
    closed = settled("loan", "close", "L1", "--at", "2026-12-03", code=0)
    assert closed.out.count("14.79") == 2 and "2026-11-28" in closed.out
    certificate = here / "结清.txt"
    certificate.write_text("结清证明", encoding="utf-8")
    settled("loan", "close", "L1", "--certificate", str(certificate), code=0)
    assert "debt.settlement_paid_late" not in codes(settled("verify", "L1", "--json"))


def test_a_payment_of_its_own_day_recorded_later_is_not_called_late(
    settled: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    _on(monkeypatch, "2026-12-02")
    paid = settled("pay", "L1", "5000", "--at", "2026-11-28", "--json", code=0)
    assert "debt.settlement_late" not in codes(paid)
    agreed = settled("plan", "track", "G1", "--json", code=0).data["agreements"][0]
    assert (agreed["late_cost"], agreed["let_go"]) == (None, None)


def test_an_instalment_paid_late_is_no_settlement(run: Run, proof: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run(*BANK, code=0)
    run("negotiate", "open", "L1", "--goal", "延期", code=0)
    run("negotiate", "offer", "G1", "--months", "10", "--waive", "interest", code=0)
    run("negotiate", "accept", "G1", "--offer", "1", "--evidence", proof, "--first-due", "2026-11-28", code=0)
    _on(monkeypatch, "2026-12-02")
    agreed = run("plan", "track", "G1", "--json", code=0)
    one = agreed.data["agreements"][0]
    assert one["let_go"] == "0.00" and "debt.settlement_late" not in codes(agreed)
    assert run("today", "--json", code=0).data["next"].startswith("jdneg pay L1")
    run("pay", "L1", one["short"], "--at", "2026-12-02", code=0)
    assert _total(run("verify", "L1", "--json")) == _left(run)


def _left(run: Run) -> str:
    one = run("plan", "track", "G1", "--json", code=0).data["agreements"][0]
    rows = sum(int(row["short"].replace(".", "")) for row in one["rows"])
    return f"{(rows + int(one['late_cost'].replace('.', ''))) / 100:.2f}"


@pytest.fixture
def bits(run: Run, proof: str) -> Run:
    """9,999.99 on 2026-12-30, in writing; 2,000 a month are there for it."""
    run(*BANK, code=0)
    run("budget", "set", "--income", "4700", "--payday", "5", "--rent", "1500", "--food", "1200", code=0)
    run("negotiate", "open", "L1", "--goal", "结清", code=0)
    terms = ("--lump-sum", "9999.99", "--first-due", "2026-12-30")
    run("negotiate", "offer", "G1", *terms, code=0)
    run("negotiate", "accept", "G1", "--offer", "1", "--evidence", proof, code=0)
    return run


def test_a_settlement_planned_in_bits_does_not_keep_its_saving_in_silence(
    bits: Run, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    missed = next(one for one in bits("plan", "--json", code=0).json["messages"] if "missed" in one["code"])
    for part in ("9999.99", "2026-12-30", "2000.00", "13422.15"):
        assert part in missed["text"]
    best = next(one for one in bits("plan", "compare", "--json", code=0).data["strategies"] if one["kind"] == "best")
    assert best["breaks"] == missed["text"] and not best["keeps_minimums"]
    _on(monkeypatch, "2027-01-03")
    assert "plan.settlement_overdue" in codes(bits("plan", "--json", code=0))


def test_a_settlement_whose_day_is_kept_is_planned_without_a_word(bits: Run) -> None:
    ran = bits("plan", "--extra", "2026-12-20:8000", "--json", code=0)
    assert not {"plan.settlement_missed", "plan.settlement_overdue"} & set(codes(ran))
    assert (ran.data["ends"], ran.data["totals"]["paid"]) == ("2026-12-30", "9999.99")
