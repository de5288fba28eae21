"""What a second newcomer found: each case failed before it was mended."""

from __future__ import annotations

import io
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from cli_world import Run

LOAN = (
    "loan", "add", "--lender", "某小贷公司", "--kind", "microlender", "--principal", "12000", "--rate", "0.05%/day",
    "--start", "2026-01-10", "--term", "6", "--due-day", "10", "--method", "equal-payment", "--penalty-factor", "1.5",
    "--penalty-base", "overdue_principal",
)  # fmt: skip


def test_a_german_amount_in_a_table_of_flows_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    table = b"date,amount\n2026-01-01,-1.234,56\n2027-01-01,1300\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(table)))
    ran = run("rate", "irr", "--csv", "-", "--json", code=2)
    assert [one["code"] for one in ran.json["errors"]] == ["bad_flow"]


def test_the_ledger_is_in_the_json_and_its_balances_follow(run: Run) -> None:
    run(*LOAN, code=0)
    run("pay", "L1", "1000.01", "--at", "2026-03-20", code=0)
    found = run("verify", "L1", "--ledger", "--json").data["ledger"]
    assert found[0]["event"] == "start" and found[-1]["days"]
    assert "ledger" not in run("verify", "L1", "--json").data
    accruals = [(before, line) for before, line in pairwise(found) if line["event"] == "interest"]
    for before, line in accruals:  # four places, so that a line never seems to add another fen than it does
        moved = float(line["interest"]) - float(before["interest"])
        assert abs(moved - float(line["amount"])) < 0.0101


def test_a_reading_may_ask_about_a_day_to_come(run: Run) -> None:
    run(*LOAN, code=0)
    assert run("verify", "L1", "--as-of", "2027-05-20", "--json").data["as_of"] == "2027-05-20"


def test_what_was_lost_is_never_called_never_there(run: Run, world: Path) -> None:
    proof = world.parent / "proof.txt"
    proof.write_text("x")
    run(*LOAN, code=0)
    run("evidence", "add", str(proof), "--for", "L1", code=0)
    (world / "journal.jsonl").write_bytes(b"")
    ran = run("pay", "L1", "5", "--at", "今天", "--json", code=4)
    assert [one["code"] for one in ran.json["errors"]] == ["journal_short"]
    told = [one["code"] for one in run("doctor", "--json", code=4).data["problems"]]
    assert "integrity.journal_short" in told and "integrity.vault_unnamed" not in told


def test_thirty_day_months_compound_to_what_they_count(run: Run) -> None:
    given = ("--principal", "100000", "--rate", "12%/year", "--from", "2020-01-31", "--to", "2020-03-31")
    found = run("rate", "accrue", *given, "--basis", "30/360", "--compound", "--json", code=0).data
    assert found["days"] == 60 and abs(float(found["interest"]) - 2010) < 0.5


def test_a_factor_and_a_rate_or_rows_and_a_term_that_disagree_are_told_together(run: Run, tmp_path: Path) -> None:
    run("init", code=0)
    (tmp_path / "rows.csv").write_text("date,amount\n2026-02-10,6500\n2026-03-10,6500\n", encoding="utf-8")
    ran = run(*LOAN, "--penalty-rate", "0.2%/day", "--schedule", str(tmp_path / "rows.csv"), "--json", code=2)
    assert [one["code"] for one in ran.json["errors"]] == ["bad_loan", "bad_loan"]
    assert run("loan", "list", "--json").data == {"loans": []}


def test_a_payment_before_the_payout_is_told_at_once(run: Run, lang: str) -> None:
    run(*LOAN, code=0)
    ran = run("pay", "L1", "100", "--at", "2026-01-01", "--json", code=0)
    assert [one["code"] for one in ran.data["warnings"]] == ["payment.before_start"]
