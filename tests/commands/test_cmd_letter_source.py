"""``letter classify`` and ``letter verify-source``."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run

SUIT = "关于您的借款逾期一事，我方已向仲裁委员会提交仲裁申请"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("您的登录密码已重置，如非本人操作请修改密码", "account"),
        ("您的退款128元已原路返回，订单编号略", "transaction"),
        ("您的白条账单已出，应还500元", "loan"),
        ("您的投诉已受理，我们将在3个工作日内答复", "feedback"),
        ("今天天气不错", None),
    ],
)
def test_the_class_by_its_words(run: Run, text: str, kind: str | None) -> None:
    data = run("letter", "classify", "--text", text, "--json", code=0).json["data"]
    assert data["class"] == kind and bool(data["reasons"]) == (kind is not None)
    assert all(one in text for one in data["reasons"])


def test_doubts_are_quoted_and_no_journal_is_made(run: Run, world: Path, tmp_path: Path, lang: str) -> None:
    file = tmp_path / "函.txt"
    file.write_text(SUIT, encoding="utf-8")
    data = run("letter", "classify", "--text-file", str(file), "--json", code=0).json["data"]
    assert {one["id"] for one in data["authenticity"]} == {"no_case_number", "no_institution_named"}
    assert all(one["quote"] in SUIT and one["reason"] for one in data["authenticity"]) and not world.exists()
    assert "「" in run("letter", "classify", "--text", SUIT, code=0).out


def test_a_court_with_a_case_number_is_not_doubted(run: Run) -> None:
    text = "【某某市某某区人民法院】您与某银行借款合同纠纷一案（2026）某0105民初1号已立案，请于12月8日到庭"
    assert run("letter", "classify", "--text", text, "--json", code=0).json["data"]["authenticity"] == []


def test_nothing_to_classify(run: Run) -> None:
    assert "--text" in run("letter", "classify", code=2).err
    assert run("letter", "classify", "--text", " ", code=2).out == ""


def test_the_source_of_a_letter(run: Run, lang: str) -> None:
    run("init", "--no-input", code=0)
    run("log-letter", "--via", "短信", "--from", "1069", "--at", "昨天10点", "--text", SUIT, code=0)
    steps = run("letter", "verify-source", "T1", "--no-input", "--json", code=0).json["data"]
    assert len(steps["steps"]) >= 4 and steps["source_checks"] == []
    for result in ("unknown", "fake"):
        run("letter", "verify-source", "T1", "--result", result, "--by", "在线客服", "--via", "官方App", code=0)
    shown = run("letter", "show", "T1", "--json", code=0).json["data"]
    assert [one["outcome"] for one in shown["record"]["source_checks"]] == ["unknown", "fake"]
    assert shown["amended"] is False  # a step is no correction
    assert run("letter", "classify", "T1", "--json", code=0).json["data"]["class"] == "loan"
    run("undo", code=0)
    assert len(run("letter", "show", "T1", "--json", code=0).json["data"]["record"]["source_checks"]) == 1
    assert run("letter", "verify-source", "T1", "--result", "maybe", "--by", "我", "--via", "App", code=2).out == ""
    assert run("letter", "verify-source", "T9", code=3).out == ""


def test_fraud_in_a_letter_that_came(run: Run) -> None:
    run("init", "--no-input", code=0)
    text = "您的白条需要注销，否则影响征信"
    run("log-letter", "--via", "短信", "--from", "17012345678", "--at", "昨天10点", "--text", text, code=0)
    data = run("scam", "check", "T1", "--json", code=1).json["data"]
    assert {"cancel_or_credit", "number_reseller"} <= {one["id"] for one in data["signals"]}
