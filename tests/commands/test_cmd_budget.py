"""``budget``: income, necessary spending, what is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run
from command_world import WRITTEN, codes, failed, journal, one_line


def test_set_and_show(run: Run, lang: str) -> None:
    run("init", code=0)
    flags = ("--income", "6200", "--rent", "1800", "--food", "1,500", "--spend", "药费=200.5", "--note", "11月")
    data = run("budget", "set", *flags, "--json", code=0).data
    assert set(data) == WRITTEN and data["id"] == "M1"
    assert data["record"]["spending"] == [
        {"name": "rent", "amount": "1800.00"}, {"name": "food", "amount": "1500.00"}, {"name": "药费", "amount": "200.50"},
    ]  # fmt: skip
    shown = run("budget", "show", "--json", code=0).data
    assert set(shown) == {"id", "budget", "income", "spending", "available", "earlier"}
    assert (shown["income"], shown["spending"], shown["available"]) == ("6200.00", "3500.50", "2699.50")
    text = run("budget", "show", code=0).out
    if lang == "zh":
        assert text == (
            "每月                元\n"
            "----------------------\n"
            "收入          6,200.00\n"
            "− 房租/房贷   1,800.00\n"
            "− 吃饭        1,500.00\n"
            "− 药费          200.50\n"
            "剩余          2,699.50\n"
        )
    else:
        assert text.splitlines()[-1].split()[-1] == "2,699.50"


def test_the_latest_counts_and_undo_brings_back(run: Run) -> None:
    run("budget", "set", "--income", "6000", code=0)
    run("budget", "set", "--income", "5000", "--rent", "1000", code=0)
    assert run("budget", "show", "--json", code=0).data["available"] == "4000.00"
    run("undo", code=0)
    assert run("budget", "show", "--json", code=0).data["available"] == "6000.00"
    run("redo", code=0)
    assert run("budget", "show", "--json", code=0).data["available"] == "4000.00"


def test_no_budget_yet(run: Run, lang: str) -> None:
    run("init", code=0)
    assert "jdneg budget set" in run("budget", "show", code=0).out
    shown = run("budget", "show", "--json", code=0).data
    assert shown == {"id": None, "budget": None, "income": None, "spending": None, "available": None, "earlier": []}


def test_a_deficit_is_said(run: Run) -> None:
    ran = run("budget", "set", "--income", "3000", "--rent", "3500", "--json", code=0)
    assert ran.data["warnings"] and codes(ran)[-1] == ran.data["warnings"][-1]["code"]


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        (("--income", "-5"), "negative_amount"),
        (("--income", "0"), "no_income"),
        (("--income", "1.234,56"), "bad_amount"),
        (("--income", "5", "--rent", "-1"), "negative_amount"),
        (("--income", "5", "--spend", "药费"), "bad_choice"),
        (("--income", "5", "--spend", "=5"), "bad_choice"),
        (("--income", "5", "--spend", "药费=x"), "bad_amount"),
        (("--rent", "5"), "missing_flags"),
    ],
)
def test_what_cannot_be(run: Run, world: Path, zh: str, flags: tuple[str, ...], code: str) -> None:
    run("init", code=0)
    before = journal(world)
    assert failed(run("budget", "set", *flags, "--json", code=2)) == code
    one_line(run("budget", "set", *flags, code=2), zh)
    assert journal(world) == before
