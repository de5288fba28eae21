"""``pay L1,L2``: one payment on several debts to one creditor."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run
from command_world import OLD, WRITTEN, codes, failed, journal, one_line

START = ("--start", "2026-09-10", "--term", "12", "--due-day", "10", "--method", "equal-principal")


def _loan(run: Run, principal: str, rate: str, *more: str, lender: str = "某银行") -> None:
    run(
        "loan", "add", "--lender", lender, "--kind", "bank", "--principal", principal, "--rate", rate,
        *(more or START), code=0,
    )  # fmt: skip


@pytest.fixture
def two(run: Run) -> Run:
    """On 10 November both have two rows due: L1 2 x 1,000 at 12 %, L2 2 x 500 and twice 90 of interest."""
    _loan(run, "12000", "12%/year")
    _loan(run, "6000", "18%/year")
    return run


def test_the_heavier_burden_is_paid_first(two: Run, lang: str) -> None:
    said = two("pay", "L1,L2", "2000", "--at", "2026-11-10", code=0)
    zh = (
        "已记下还款 Y1, Y2：共 2,000.00 元，2026-11-10，分到 L2, L1\n\n"
        "没有指定先还哪一笔，按民法典第560条的顺序分配\n"
    )  # fmt: skip
    en = (
        "Payments Y1, Y2 recorded: 2,000.00 yuan in all on 2026-11-10, split over L2, L1\n\n"
        "Nobody said which debt it is for: split in the order of Civil Code article 560\n"
    )  # fmt: skip
    assert said.out.startswith(zh if lang == "zh" else en)
    first, second = [line for line in said.out.splitlines() if line.startswith(("L1 ", "L2 "))]
    assert first.split()[:3] == ["L2", "1,180.00", "Y1"] and "18.00%" in first
    assert second.split()[:3] == ["L1", "820.00", "Y2"] and "12.00%" in second
    assert "jdneg pay L1 " in said.err and said.out.rstrip().endswith("jdneg undo B4")


def test_json_and_undo(two: Run, world: Path, here: Path) -> None:
    before = two("payment", "list", "--json", code=0).data
    ran = two(
        "pay", "l2，L1", "2000", "--at", "2026-11-10", "--via", "App", "--evidence", "合同.pdf", "--json", code=0
    )
    assert set(ran.data) == WRITTEN | {"split", "remainder"} and ran.data["remainder"] == "0.00"
    assert ran.data["ids"] == ["Y1", "E1", "Y2"] and ran.data["id"] == "Y1"
    rows = [(one["loan"], one["payment"], one["amount"], one["why"]["code"]) for one in ran.data["split"]]
    assert rows == [("L2", "Y1", "1180.00", "payment.why_burden"), ("L1", "Y2", "820.00", "payment.why_burden")]
    assert codes(ran) == ["payment.security_unknown", "payment.may_designate"]
    listed = two("payment", "list", "--json", code=0).data
    assert listed["total"] == "2000.00" and [one["exhibits"] for one in listed["payments"]] == [["E1"], ["E1"]]
    (exhibit,) = two("evidence", "list", "--json", code=0).data["exhibits"]
    assert exhibit["supports"] == ["Y1", "Y2"]
    again = two("pay", "L1,L2", "5000", "--at", "2026-11-11", "--evidence", "E1", "--json", code=0)
    (exhibit,) = two("evidence", "list", "--json", code=0).data["exhibits"]
    assert exhibit["supports"] == ["Y1", "Y2", *(one["payment"] for one in again.data["split"])]
    two("undo", code=0)
    two("undo", code=0)
    assert two("payment", "list", "--json", code=0).data == before
    assert two("evidence", "list", "--json", code=0).data["exhibits"] == []


def test_too_much_stays_named(two: Run) -> None:
    ran = two("pay", "L1,L2", "100000", "--at", "2026-11-10", "--json", code=0)
    booked = sum(float(one["amount"]) for one in ran.data["split"])
    assert booked + float(ran.data["remainder"]) == 100000 and float(ran.data["remainder"]) > 80000
    assert [one["code"] for one in ran.data["warnings"]] == ["payment.remainder"]
    assert failed(two("pay", "L1,L2", "5", "--at", "2026-11-10", "--json", code=2)) == "nothing_owed"


def test_only_one_reached_is_one_payment(two: Run) -> None:
    ran = two("pay", "L1,L2", "100", "--at", "2026-11-10", "--json", code=0)
    assert ran.data["ids"] == ["Y1"] and ran.data["record"]["loan"] == "L2"
    assert [(one["payment"], one["amount"]) for one in ran.data["split"]] == [("Y1", "100.00"), (None, "0.00")]


def test_different_creditors_are_refused(two: Run, world: Path, here: Path, lang: str) -> None:
    _loan(two, "6000", "18%/year", lender="另一家银行")
    before = journal(world)
    words = ("pay", "L1,L2,L3", "100", "--at", "今天", "--evidence", "合同.pdf")
    ran = two(*words, code=2)
    one_line(ran, lang)
    assert "某银行" in ran.err and "另一家银行" in ran.err and "L1" in ran.err and "L3" in ran.err
    assert failed(two(*words, "--json", code=2)) == "different_creditors" and journal(world) == before


def test_the_holder_is_the_creditor(two: Run) -> None:
    two("loan", "amend", "L2", "--set", "holder=某资产公司", "--reason", "债权转让通知", code=0)
    assert failed(two("pay", "L1,L2", "100", "--at", "今天", "--json", code=2)) == "different_creditors"


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("L1,L9", "5", "--at", "2026-11-10"), "not_found", 3),
        (("L1,x", "5", "--at", "2026-11-10"), "bad_id", 2),
        (("L1,L2", "-5", "--at", "2026-11-10"), "negative_amount", 2),
        (("L1,L2", "5", "--at", "明天"), "future_time", 2),
        (("L1,L2", "--at", "今天", "--no-input"), "missing_flags", 2),
        (("L1,L3", "5", "--at", "2026-11-10"), "no_rate", 2),
    ],
)
def test_what_cannot_be(two: Run, world: Path, words: tuple[str, ...], code: str, exit_code: int) -> None:
    two("loan", "add", "--lender", "某银行", "--kind", "bank", "--principal", "5", "--start", "2026-09-10", code=0)
    before = journal(world)
    assert failed(two("pay", *words, "--json", code=exit_code)) == code
    assert journal(world) == before


def test_the_warning_stands_before_it_for_each_old_debt(run: Run) -> None:
    run(*OLD, code=0)
    run(*OLD, code=0)
    ran = run("pay", "L1,L2", "100", "--at", "今天", "--json", code=0)
    assert codes(ran)[:2] == ["debt.limitation_past"] * 2
    assert [one["code"] for one in ran.data["warnings"]] == ["debt.limitation_past"] * 2
    run("undo", code=0)
    said = run("pay", "L1,L2", "--at", "今天", code=2).err.splitlines()
    assert "L1" in said[0] and "L2" in said[1] and said[2].startswith("Error: ")
