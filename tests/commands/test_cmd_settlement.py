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


def test_what_nobody_said_is_asked_and_not_confirmed(run: Run, here: Path, lang: str) -> None:
    run(*BANK, code=0)
    run("negotiate", "open", "L1", "--goal", "分期", code=0)
    run("negotiate", "offer", "G1", "--monthly", "900", code=0)
    ran = run("negotiate", "accept", "G1", "--offer", "1", "--oral", "--json", code=0)
    told = next(one["text"] for one in ran.json["messages"] if one["code"] == "case.derived")
    assert "27" in told and "22.14" in told and "2026-11-30" in told and "case.interest_open" in codes(ran)
    assert [(one["what"], one.get("due")) for one in ran.data["record"]["promises"]] == [("每期还款¥900.00", None)]
    shown = run("negotiate", "show", "G1", code=0).out
    assert ("推算" if lang == "zh" else "not said, worked out here") in shown
    run("letter", "draft", "confirm", "--case", "G1", "-o", "确认.md", code=0)
    agreed, asked = (here / "确认.md").read_text(encoding="utf-8").split("## 四、请求")
    assert "¥900.00" in agreed and not any(one in agreed for one in ("27期", "22.14", "2026年11月30日", "2029"))
    assert "首期还款日（本人按2026年11月30日推算）" in asked and "27期" in asked and "¥22.14" in asked


def test_the_day_of_a_single_sum_is_left_to_fill_in(run: Run, here: Path) -> None:
    run(*BANK, code=0)
    run("negotiate", "open", "L1", "--goal", "结清", code=0)
    run("negotiate", "offer", "G1", "--by", "lender", "--lump-sum", "12000", "--valid-until", "2026-12-01", code=0)
    run("negotiate", "accept", "G1", "--offer", "1", "--oral", code=0)
    run("letter", "draft", "confirm", "--case", "G1", "-o", "确认.md", code=0)
    letter = (here / "确认.md").read_text(encoding="utf-8")
    assert "还款日：【待填：一次性还款日】" in letter and "请写明或者更正：还款日。" in letter
    assert "2026年11月30日" not in letter and "| 1 |" not in letter


def test_an_agreement_that_starts_later(run: Run, proof: str, lang: str) -> None:
    run(*BANK, code=0)
    run("negotiate", "open", "L1", "--goal", "分期", code=0)
    run("negotiate", "offer", "G1", "--pause", "2", "--months", "12", "--waive", "interest=50%", code=0)
    accept = ("negotiate", "accept", "G1", "--offer", "1", "--evidence", proof, "--starts", "2027-01-01")
    refused = run(*accept, "--first-due", "2026-12-31", code=2)
    assert "2026-12-31" in refused.err and "2027-01-01" in refused.err
    run(*accept, "--first-due", "2027-01-10", code=2)
    taken = run(*accept, "--json", code=0)
    gone = next(one["text"] for one in taken.json["messages"] if one["code"] == "case.lets_go")
    before = run("verify", "L1", "--as-of", "2026-12-31", "--json").data["components"][-1]["computed"]
    agreed = run("plan", "track", "G1", "--as-of", "2026-12-20", "--json", code=0).data["agreements"][0]
    assert agreed["since"] is None and agreed["standing"] == "up_to_date"
    assert "2027-01-01" in run("plan", "track", "--as-of", "2026-12-20", code=0).out.splitlines()[1]
    after = sum(float(row["amount"]) for row in agreed["rows"])
    assert float(before) - after < float(gone.split(" 元")[0].split()[-1] if lang == "zh" else gone.split()[0])
    assert _total(run("verify", "L1", "--as-of", "2027-01-01", "--json")) == f"{after:.2f}"


def test_an_agreement_is_not_shown_before_it_was_made(settled: Run, lang: str) -> None:
    early = settled("plan", "track", "G1", "--as-of", "2026-11-10", code=2)
    assert "2026-11-21" in early.err and "2026-11-10" in early.err


def test_a_case_without_an_agreement_is_called_what_it_is(run: Run, lang: str) -> None:
    run(*BANK, code=0)
    run("negotiate", "open", "L1", "--goal", "分期", code=0)
    asked = (("plan", "track", "G1"), ("letter", "draft", "confirm", "--case", "G1"))
    for command in asked:
        assert "jdneg negotiate accept G1 --offer N" in run(*command, code=2).err
    run("negotiate", "close", "G1", code=0)
    for command in asked:
        said = run(*command, code=2).err
        assert "2026-11-21" in said and "open" not in said and "进行中" not in said


def test_the_closing_day_does_not_move_without_a_reason(
    settled: Run, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _on(monkeypatch, "2027-02-01")
    settled("pay", "L1", "5000", "--at", "2026-11-28", code=0)
    settled("loan", "close", "L1", "--at", "2026-12-03", code=0)
    refused = settled("loan", "close", "L1", "--at", "2027-02-01", code=2).err
    assert "2026-12-03" in refused and "--reason" in refused
    settled("loan", "close", "L1", "--at", "2026-12-03", "--auto-debit-off", "today", code=0)
    moved = settled("loan", "close", "L1", "--at", "2027-02-01", "--reason", "回单日期", "--json", code=0)
    assert moved.data["record"]["closed_on"] == "2027-02-01"


def test_the_checklists_first_command_runs(settled: Run, here: Path, lang: str) -> None:
    settled("loan", "close", "L1", "--at", "2026-11-21", code=0)
    steps = settled("loan", "show", "L1", "--json", code=0).data["closing"]
    named = steps[0]["detail"].split("jdneg ", 1)[1].replace("；", ";").split(";")[0]
    settled(*named.split(), "-o", "结清.md", code=0)
    assert (here / "结清.md").is_file()


def test_nothing_is_owed_once_all_is_settled(settled: Run, here: Path, lang: str) -> None:
    settled("budget", "set", "--income", "5000", "--rent", "1500", code=0)
    settled("loan", "close", "L1", "--at", "2026-11-21", code=0)
    for command in (("plan",), ("plan", "compare")):
        said = settled(*command, code=0).out
        assert "jdneg loan list" in said and "loan add" not in said
    opened = settled("negotiate", "open", "L1", "--goal", "再谈", "--json", code=0)
    for ran in (opened, settled("negotiate", "offer", "G2", "--months", "3", "--monthly", "9", "--json", code=0)):
        assert "case.loan_settled" in codes(ran)
    terms = ("--offer", "1", "--oral", "--first-due", "2026-12-10", "--replace")
    assert "case.loan_settled" in codes(settled("negotiate", "accept", "G2", *terms, "--json", code=0))


def test_a_case_closed_as_paid_while_all_is_owed(run: Run, lang: str) -> None:
    run(*BANK, code=0)
    run("negotiate", "open", "L1", "--goal", "还清", code=0)
    closed = run("negotiate", "close", "G1", "--outcome", "还清", "--json", code=0)
    said = next(one["text"] for one in closed.json["messages"] if one["code"] == "case.closed_owed")
    assert "23422.14" in said
    run("undo", code=0)
    assert "case.closed_owed" not in codes(run("negotiate", "close", "G1", "--outcome", "没有谈成", "--json", code=0))


def test_what_is_paid_before_an_agreement_starts_counts_by_the_contract(
    run: Run, proof: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(*BANK, code=0)
    run("negotiate", "open", "L1", "--goal", "分期", code=0)
    run("negotiate", "offer", "G1", "--months", "10", "--waive", "interest", "--first-due", "2027-01-31", code=0)
    accept = ("negotiate", "accept", "G1", "--offer", "1", "--evidence", proof)
    run(*accept, "--starts", "2027-01-01", code=0)
    _on(monkeypatch, "2026-11-25")
    paid = run("pay", "L1", "500", "--at", "2026-11-25", "--json", code=0)
    assert "payment.before_agreement" in codes(paid)
    _on(monkeypatch, "2027-01-05")
    agreed = run("plan", "track", "G1", "--json", code=0).data["agreements"][0]
    left = sum(float(row["short"]) for row in agreed["rows"])
    assert agreed["paid"] == "0.00" and _total(run("verify", "L1", "--json")) == f"{left:.2f}"
    assert "payment.before_agreement" not in codes(run("pay", "L1", "9", "--at", "2027-01-05", "--json", code=0))


def test_a_settlement_of_two_loans_planned_in_bits_is_told_too(run: Run, proof: str) -> None:
    run(*BANK, code=0)
    run(*BANK[:-1], "10000", code=0)
    run("budget", "set", "--income", "4000", "--rent", "1500", code=0)
    run("negotiate", "open", "L1,L2", "--goal", "结清", code=0)
    run("negotiate", "offer", "G1", "--by", "lender", "--lump-sum", "9000", "--first-due", "2026-11-28", code=0)
    ran = run("negotiate", "accept", "G1", "--offer", "1", "--evidence", proof, "--json", code=0)
    gone = next(one["text"] for one in ran.json["messages"] if one["code"] == "case.lets_go")
    missed = next(one["text"] for one in run("plan", "--json", code=0).json["messages"] if "missed" in one["code"])
    assert "26133.21" in gone and "26133.21" in missed and "L1,L2" in missed
