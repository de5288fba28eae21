"""``loan``: the register of debts."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run
from command_world import GOLD, WRITTEN, codes, failed, journal, one_line

BAITIAO = [
    *("loan", "add", "--lender", "某消费金融有限公司", "--kind", "consumer_finance", "--product", "白条"),
    *("--party", "某商业保理有限公司", "--contract-no", "BT-1", "--signed", "2026-06-19", "--principal", "3600"),
    *("--received", "3600", "--fee", "0.6%/month", "--start", "2026-06-20", "--term", "12", "--due-day", "20"),
    *("--method", "flat-fee", "--penalty-rate", "0.07%/day", "--penalty-base", "overdue_instalment"),
    *("--grace-days", "3", "--joint-lending", "yes", "--credit-sale", "no", "--agency", "甲公司，乙公司"),
]


def test_a_cash_loan_by_daily_rate(run: Run) -> None:
    ran = run(*GOLD, "--json", code=0)
    assert set(ran.data) == WRITTEN and (ran.data["id"], ran.data["batch"]) == ("L1", "B2")
    assert ran.data["record"] == {
        "lender": "重庆京东盛际小额贷款有限公司", "kind": "microlender", "product": "金条", "principal": "20000.00",
        "rate": "0.05%/day", "start": "2026-03-10", "term": 12, "due_day": 10, "method": "equal-payment",
    }  # fmt: skip
    assert [one["code"] for one in ran.data["warnings"]] == ["loan.no_contract"]
    assert codes(ran)[2:] == ["loan.no_contract", "loan.no_overdue_terms"]


def test_an_instalment_purchase_by_monthly_fee(run: Run) -> None:
    record = run(*BAITIAO, "--json", code=0).data["record"]
    assert record["fee"] == "0.6%/month" and record["party"] == "某商业保理有限公司"
    assert record["overdue"] == {"rate": "0.07%/day", "base": "overdue_instalment", "grace_days": 3}
    assert record["joint_lending"] is True and record["credit_sale"] is False
    assert record["agencies"] == ["甲公司", "乙公司"]


def test_the_words_of_the_answer(run: Run, lang: str) -> None:
    run("init", code=0)
    ran = run(*GOLD, code=0)
    if lang == "zh":
        assert ran.out == "已记下借款 L1：重庆京东盛际小额贷款有限公司\n撤销：jdneg undo B2\n"
        assert ran.err.splitlines()[0].startswith("注意：L1 还没有附合同")
    else:
        assert ran.out == "Loan L1 recorded: 重庆京东盛际小额贷款有限公司\nUndo: jdneg undo B2\n"
        assert ran.err.splitlines()[0].startswith("Please note: No contract is attached to L1")


def test_chinese_names_of_kinds_and_methods(run: Run) -> None:
    flags = ("--lender", "某人", "--kind", "民间", "--principal", "1,000", "--start", "2026年1月10日")
    record = run("loan", "add", *flags, "--method", "等额本息", "--rate", "15%/年", "--json", code=0).data["record"]
    assert (record["kind"], record["method"], record["rate"]) == ("private", "equal-payment", "15%/year")


def test_the_contracts_own_schedule(run: Run, here: Path) -> None:
    (here / "表.csv").write_text("date,amount,principal,interest\n2026-02-10,510,500,10\n2026-03-10,505,500,5\n")
    flags = ("--lender", "x", "--principal", "1000", "--start", "2026-01-10", "--schedule", "表.csv")
    record = run("loan", "add", *flags, "--json", code=0).data["record"]
    assert record["schedule"][1] == {
        "due": "2026-03-10", "amount": "505.00", "principal": "500.00", "interest": "5.00",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "bad_foreign_file"),
        (b"a,b\n1,2\n", "bad_foreign_file"),
        (b"date,amount\n2026-03-10,5\n2026-02-10,5\n", "bad_loan"),
        (b"date,amount\n2026-02-30,5\n", "bad_loan"),
        (b"date,amount\n2026-02-10,-5\n", "negative_amount"),
        (b"\xff\xfe\x00", "bad_foreign_file"),
    ],
)
def test_a_schedule_that_is_none(run: Run, here: Path, world: Path, content: bytes, code: str) -> None:
    run("init", code=0)
    before = journal(world)
    (here / "表.csv").write_bytes(content)
    flags = ("--lender", "x", "--principal", "1000", "--start", "2026-01-10", "--schedule", "表.csv")
    assert failed(run("loan", "add", *flags, "--json", code=2)) == code
    assert journal(world) == before


def test_every_fault_of_a_schedule_is_told_at_once(run: Run, here: Path) -> None:
    (here / "t.csv").write_text("date,amount\n2026-03-10,-5\n2026-02-10,abc\n2026-02-30,x\n9999-12-31,5\n")
    flags = ("--lender", "x", "--principal", "1000", "--start", "2026-01-10", "--schedule", "t.csv")
    errors = run("loan", "add", *flags, "--json", code=2).json["errors"]
    told = [(one["details"]["where"]["text"], one["code"]) for one in errors]
    assert told == [  # as a spreadsheet numbers its rows, the heading being the first
        ("--schedule row 2, amount", "negative_amount"), ("--schedule row 3, amount", "bad_amount"),
        ("--schedule row 3, date", "bad_loan"), ("--schedule row 4, date", "bad_loan"),
        ("--schedule row 4, amount", "bad_amount"), ("--schedule row 5, date", "beyond_calendar"),
    ]  # fmt: skip


def test_list_and_show(gold: Run) -> None:
    gold(*BAITIAO, code=0)
    rows = gold("loan", "list", "--json", code=0).data["loans"]
    assert [(row["id"], row["product"]) for row in rows] == [("L1", "金条"), ("L2", "白条")]
    assert gold("loan", "list", "--lang", "zh", code=0).out == (
        "编号   出借人                         类型           产品        本金   利率       放款日       期数   还款日\n"
        "-------------------------------------------------------------------------------------------------------------\n"
        "L1     重庆京东盛际小额贷款有限公司   小额贷款公司   金条   20,000.00   0.05%/日   2026-03-10   12     10\n"
        "L2     某消费金融有限公司             消费金融公司   白条    3,600.00   0.6%/月    2026-06-20   12     20\n"
    )
    shown = gold("loan", "show", "l2", "--json", code=0)
    assert set(shown.data) == {"id", "record", "recorded_at", "amended"} and shown.data["id"] == "L2"
    assert shown.data["recorded_at"] == "2026-11-21T10:00:00+08:00" and shown.data["amended"] is False
    assert "商业保理" in gold("loan", "show", "L2", code=0).out


def test_an_empty_register_tells_the_next_command(run: Run, lang: str) -> None:
    run("init", code=0)
    assert "jdneg loan add" in run("loan", "list", code=0).out
    assert run("loan", "list", "--json", code=0).data == {"loans": []}


def test_a_contract_quiets_the_warning(gold: Run, here: Path) -> None:
    gold("evidence", "add", "合同.pdf", "--for", "L1", code=0)
    assert "loan.no_contract" not in codes(gold("loan", "show", "L1", "--json", code=0))


def test_amend_with_reason_keeps_what_was(gold: Run) -> None:
    flags = ("--set", "overdue.factor=1.5", "--set", "term=24", "--reason", "看了合同")
    ran = gold("loan", "amend", "L1", *flags, "--json", code=0)
    assert set(ran.data) == WRITTEN and ran.data["record"]["overdue"] == {"factor": "1.5"}
    entries = gold("history", "L1", "--json", code=0).data["entries"]
    assert [(one["op"], one["reason"]) for one in entries] == [("add", None), ("amend", "看了合同")]
    assert entries[1]["before"]["term"] == 12 and entries[1]["after"]["term"] == 24
    assert "12 → 24" in gold("history", "L1", code=0).out
    assert gold("loan", "show", "L1", "--json", code=0).data["amended"] is True
    gold("undo", code=0)
    assert gold("loan", "show", "L1", "--json", code=0).data["record"]["term"] == 12


def test_an_amendment_that_changes_nothing_writes_nothing(gold: Run, world: Path) -> None:
    before = journal(world)
    ran = gold("loan", "amend", "L1", "--set", "term=12", "--reason", "x", "--json", code=0)
    assert set(ran.data) == WRITTEN and ran.data["batch"] is None and ran.data["undo"] is None
    assert codes(ran) == ["app.unchanged"] and journal(world) == before


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ("lender=", "invalid_value"), ("nope=1", "unknown_field"), ("term", "unknown_field"), ("term=0", "not_above_zero"),
        ("term=-1", "invalid_value"), ("term=1e3", "invalid_value"), ("due_day=32", "bad_due_day"),
        ("due_day=0", "bad_due_day"), ("principal=-5", "negative_amount"), ("principal=0", "negative_amount"),
        ("principal=1.234,56", "bad_amount"), ("kind=shark", "bad_choice"), ("credit_card=perhaps", "bad_choice"),
        ("overdue.factor=abc", "invalid_value"), ("overdue.factor=0", "not_above_zero"), ("rate=5", "bad_rate"),
        ("overdue.base=x", "bad_choice"), ("start=2027-01-01", "future_time"), ("signed_on=2026-05-01", "bad_loan"),
        ("schedule=x", "invalid_value"), ("lender.x=1", "unknown_field"), ("method=flat-fee", "bad_loan"),
        ("received=30000", "bad_loan"),
    ],
)  # fmt: skip
def test_an_amendment_is_held_to_what_an_entry_is(gold: Run, world: Path, zh: str, setting: str, code: str) -> None:
    before = journal(world)
    words = ("loan", "amend", "L1", "--set", setting, "--reason", "x")
    assert failed(gold(*words, "--json", code=2)) == code
    one_line(gold(*words, code=2), zh)
    assert journal(world) == before


def test_a_correction_needs_its_reason(gold: Run, world: Path) -> None:
    before = journal(world)
    assert failed(gold("loan", "amend", "L1", "--set", "term=24", "--json", code=2)) == "reason_needed"
    assert failed(gold("loan", "amend", "L1", "--reason", "x", "--json", code=2)) == "missing_flags"
    assert journal(world) == before


def test_close(gold: Run) -> None:
    assert gold("loan", "close", "L1", "--at", "昨天", "--json", code=0).data["record"]["closed_on"] == "2026-11-20"
    assert "(已结束)" in gold("loan", "list", "--lang", "zh", code=0).out
    assert gold("plan", "--budget", "100", "--json", code=0).data["debts"] == []
    gold("undo", code=0)
    assert "closed_on" not in gold("loan", "show", "L1", "--json", code=0).data["record"]


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        (("--principal", "-5"), "negative_amount"), (("--principal", "0"), "negative_amount"),
        (("--principal", "1.234,56"), "bad_amount"), (("--principal", "1e3"), "bad_amount"),
        (("--due-day", "32"), "bad_due_day"), (("--due-day", "0"), "bad_due_day"), (("--due-day", "-1"), "bad_due_day"),
        (("--start", "2026-11-22"), "future_time"), (("--start", "2026-02-30"), "no_such_day"), (("--rate", "18"), "bad_rate"),
        (("--kind", "shark"), "bad_choice"), (("--method", "magic"), "bad_choice"), (("--term", "601"), "bad_choice"),
        (("--received", "1001"), "bad_loan"), (("--method", "flat-fee"), "bad_loan"), (("--joint-lending", "x"), "bad_choice"),
        (("--signed", "2026-01-11"), "bad_loan"), (("--penalty-factor", "-1"), "not_above_zero"),
        (("--penalty-factor", "x"), "bad_factor"), (("--rate", "-1%/year"), "below_least"),
        (("--grace-days", "-1"), "below_least"), (("--start", "9999-12-15"), "beyond_calendar"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be(run: Run, world: Path, zh: str, flags: tuple[str, ...], code: str) -> None:
    run("init", code=0)
    before = journal(world)
    words = ("loan", "add", "--lender", "x", "--principal", "1000", "--start", "2026-01-10", *flags)
    assert failed(run(*words, "--json", code=2)) == code
    one_line(run(*words, code=2), zh)
    assert journal(world) == before


def test_a_schedule_file_that_is_not_there(run: Run, lang: str) -> None:
    words = ("loan", "add", "--lender", "x", "--principal", "1", "--start", "2026-01-10", "--schedule", "no.csv")
    assert failed(run(*words, "--json", code=3)) == "file_missing"


def test_a_due_day_that_a_month_has_not(run: Run) -> None:
    """31 in February counts as its last day, and verify says so."""
    flags = ("--lender", "x", "--principal", "3000", "--rate", "12%/year", "--start", "2026-01-31", "--term", "3")
    run("loan", "add", *flags, "--due-day", "31", "--method", "equal-principal", code=0)
    rows = run("verify", "L1", "--as-of", "2026-05-01", "--json", code=0).data
    assert "debt.due_day_clamped" in [one["code"] for one in rows["assumptions"]]
    paid = ("pay", "L1", "1030", "--at")
    run(*paid, "2026-02-28", code=0)  # on time: nothing overdue on 1 March
    table = run("verify", "L1", "--as-of", "2026-03-01", "--ledger", code=0).out
    assert "2026-02-28" in table and "2026-03-03" not in table


def test_a_loan_with_no_rate(run: Run, lang: str) -> None:
    """Taken in with a warning; what needs a rate says so, in one line, with what to do."""
    run("init", code=0)
    ran = run("loan", "add", "--lender", "x", "--principal", "1000", "--start", "2026-01-10", "--json", code=0)
    assert "loan.no_rate" in [one["code"] for one in ran.data["warnings"]]
    assert failed(run("verify", "L1", "--json", code=2)) == "no_rate"
    one_line(run("verify", "L1", code=2), lang)
    planned = run("plan", "--budget", "500", "--json", code=0)
    (debt,) = planned.data["debts"]
    unknown = {"loan": "L1", "balance": None, "basis": None, "disputed": "0.00", "minimum": None, "rate": None}
    assert unknown.items() <= debt.items()
    assert planned.data["rows"] == [] and "plan.not_plannable" in codes(planned)
