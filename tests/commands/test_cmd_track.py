"""``plan track`` and ``today``: a kept agreement, a missed one, both languages, and what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run
from command_world import GOLD, codes, failed, journal, one_line

TRACK = {
    *(
        "case",
        "loans",
        "offer",
        "oral",
        "starts",
        "ended_on",
        "proof",
        "standing",
        "since",
        "behind_since",
        "due",
        "paid",
    ),
    *(
        "until",
        "short",
        "late_cost",
        "let_go",
        "ahead",
        "spared",
        "in_advance",
        "beyond",
        "settled",
        "count",
        "next",
        "rows",
        "doubts",
        "mine",
        "theirs",
        "findings",
    ),
}
ITEM = {"kind", "id", "state", "due", "days", "amount", "text", "command"}


@pytest.fixture
def agreed(gold: Run, here: Path) -> Run:
    """An agreement in writing: 18 instalments of 820 from 10 December."""
    gold("negotiate", "open", "L1", "--goal", "延长", code=0)
    terms = ("--months", "18", "--monthly", "820", "--first-due", "2026-12-10")
    gold("negotiate", "offer", "G1", "--by", "lender", *terms, code=0)
    promise = ("--promise", "lender:停止按原账单催收@2026-11-25")
    gold("negotiate", "accept", "G1", "--offer", "1", *promise, "--evidence", "合同.pdf", code=0)
    return gold


def later(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setenv("JDNEG_NOW", f"{day}T12:00:00+08:00")


def test_kept(agreed: Run, monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
    later(monkeypatch, "2026-12-10")
    agreed("pay", "L1", "820", "--at", "2026-12-10", "--evidence", "rec.m4a", code=0)
    ran = agreed("plan", "track", "G1", "--json", code=0)
    (found,) = ran.data["agreements"]
    assert set(found) == TRACK and ran.data["as_of"] == "2026-12-10"
    assert (found["standing"], found["since"], found["settled"], found["count"]) == (
        "up_to_date",
        "2026-11-21",
        1,
        18,
    )
    assert found["rows"][0]["payments"] == [{"id": "Y1", "at": "2026-12-10", "amount": "820.00"}]
    assert found["next"] == {"due": "2027-01-10", "amount": "820.00"}
    assert "track.keep_paying" in codes(ran)


def test_a_demand_on_the_old_schedule_stands_beside_my_own_lapse(
    agreed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, "2026-12-12")
    agreed("pay", "L1", "820", "--at", "2026-12-12", code=0)
    agreed("log-sms", "L1", "--number", "1069", "--at", "2026-12-12T11:00", "--text", "您已逾期16480.55元请今日结清")
    (found,) = agreed("plan", "track", "G1", "--json", code=0).data["agreements"]
    assert found["standing"] == "late" and len(found["mine"]) == 1
    assert [one["contact"] for one in found["findings"]] == ["C1"]
    assert len(found["theirs"]) == 1  # the promise for 25 November


@pytest.mark.parametrize("name", ["说明.md", "说明.docx", "说明.html"])
def test_the_statement_is_written_for_the_other_side(agreed: Run, here: Path, name: str) -> None:
    ran = agreed("plan", "track", "G1", "-o", name, "--json", code=0)
    assert Path(ran.data["path"]).exists()
    if name.endswith(".md"):
        text = Path(name).read_text(encoding="utf-8")
        assert text.startswith("# 协议履行情况说明") and "自 2026-11-21 起按协议足额还款" in text
        assert "【待填：姓名】" in text and "E1" in text
        assert "还款人：" in text  # in Chinese throughout, whatever the terminal speaks
    assert failed(agreed("plan", "track", "G1", "-o", name, "--json", code=2)) == "output_exists"


def test_the_statement_names_the_loans_and_the_grace(
    run: Run, here: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(*GOLD, "--contract-no", "HT-1", code=0)
    run(*[one for one in GOLD if one not in ("--product", "金条")], code=0)
    run("negotiate", "open", "L1,L2", "--goal", "一并", code=0)
    run("negotiate", "offer", "G1", "--months", "10", "--monthly", "4000", code=0)
    terms = ("--offer", "1", "--evidence", "合同.pdf", "--first-due", "2027-01-31", "--grace-days", "3")
    run("negotiate", "accept", "G1", *terms, code=0)
    monkeypatch.setenv("JDNEG_NOW", "2027-02-03T20:00:00+08:00")
    run("pay", "L1,L2", "4000", "--at", "2027-02-03", code=0)
    shown = run("plan", "track", "G1", "-o", "说明.md", code=0).out
    text = Path("说明.md").read_text(encoding="utf-8")
    assert "L1：金条，合同编号 HT-1，2026-03-10 发放 20,000.00 元" in text
    assert "L2：借款，合同编号 【待填：编号】" in text
    assert "宽限期内还清" in text and "每期到期后 3 天" in text and "到期后 3 天宽限期内足额的也不算迟" in text
    assert "提前" not in text and "按时 |" not in text
    assert ("宽限期内还清" if lang == "zh" else "within the agreed grace") in shown


def test_in_words(agreed: Run, lang: str) -> None:
    out = agreed("plan", "track", "--as-of", "2026-12-11", code=0).out
    assert ("自 2026-12-10 起有欠付" if lang == "zh" else "Behind since 2026-12-10") in out
    assert ("我方" if lang == "zh" else "Mine") in out


def test_without_an_agreement(gold: Run, lang: str, world: Path) -> None:
    assert "jdneg negotiate accept" in gold("plan", "track", code=0).out
    gold("negotiate", "open", "L1", "--goal", "延长", code=0)
    before = journal(world)
    assert failed(gold("plan", "track", "G1", "--json", code=2)) == "bad_offer"
    one_line(gold("plan", "track", "G1", code=2), lang)
    assert failed(gold("plan", "track", "-o", "x.md", "--json", code=3)) == "not_found"
    assert failed(gold("plan", "track", "G9", "--json", code=3)) == "not_found"
    assert journal(world) == before


def test_what_ended_is_said_to_be_over(agreed: Run, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    later(monkeypatch, "2026-12-15")
    agreed("pay", "L1", "820", "--at", "2026-12-12", code=0)
    agreed("negotiate", "end", "G1", "--at", "2026-12-14", "--reason", "对方解除", code=0)
    (found,) = agreed("plan", "track", "G1", "--json", code=0).data["agreements"]
    assert (found["until"], found["next"]) == ("2026-12-14", None) and found["mine"]
    shown = agreed("plan", "track", "G1", code=0)
    assert "2026-12-14" in shown.out
    assert not any(words in shown.out + shown.err for words in ("继续按协议还款", "strongest proof"))


def test_a_replaced_agreement_keeps_its_table(agreed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, "2026-12-15")
    agreed("pay", "L1", "820", "--at", "2026-12-12", code=0)
    agreed(
        "log-sms", "L1", "--at", "2026-12-13 11:00", "--text", "您已逾期，请今日一次性还清全部欠款16480.55元", code=0
    )
    agreed("negotiate", "offer", "G1", "--months", "12", "--monthly", "1300", "--first-due", "2027-01-10", code=0)
    agreed("negotiate", "accept", "G1", "--offer", "2", "--replace", "--evidence", "合同.pdf", code=0)
    new, old = agreed("plan", "track", "G1", "--json", code=0).data["agreements"]
    assert (new["offer"], new["until"], old["offer"], old["until"]) == (2, None, 1, "2026-12-15")
    assert old["rows"][0]["days_late"] == 2 and old["mine"] and old["findings"]


def test_an_oral_replacement_stands_beside_until_it_is_in_writing(
    agreed: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    later(monkeypatch, "2026-12-15")
    agreed("pay", "L1", "820", "--at", "2026-12-10", code=0)
    agreed("negotiate", "offer", "G1", "--months", "10", "--monthly", "1300", "--first-due", "2027-01-10", code=0)
    agreed("negotiate", "accept", "G1", "--offer", "2", "--oral", "--replace", code=0)
    oral = agreed("verify", "L1", "--json").data
    [beside] = oral["beside"]
    assert (beside["why"], beside["case"], beside["total"], len(beside["rows"])) == ("oral", "G1", "13000.00", 10)
    assert oral["components"][-1]["computed"] == "13940.00", "17 of 18 instalments of 820"
    assert "13,000.00" in agreed("verify", "L1").out
    (tmp_path / "reply.txt").write_text("已同意", encoding="utf-8")
    agreed("negotiate", "confirm", "G1", "--evidence", str(tmp_path / "reply.txt"), code=0)
    written = agreed("verify", "L1", "--json").data
    said = {one["code"] for one in written["assumptions"]}
    assert written["beside"] == [] and {"debt.agreement_until", "debt.agreement_in_force"} <= said
    assert written["components"][-1]["computed"] == "13000.00"


def test_after_its_end_both_figures_are_shown(agreed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, "2026-12-15")
    agreed("pay", "L1", "820", "--at", "2026-12-10", code=0)
    agreed("negotiate", "end", "G1", "--at", "2026-12-14", "--reason", "对方解除", code=0)
    found = agreed("verify", "L1", "--json").data
    [beside] = found["beside"]
    assert (beside["why"], beside["total"]) == ("ended", "13940.00")
    assert found["components"][-1]["computed"] != beside["total"]
    assert "debt.agreement_ended" in {one["code"] for one in found["assumptions"]}


# --- today


def test_today_keeps_the_next_instalment_on_top(agreed: Run, lang: str) -> None:
    ran = agreed("today", "--json", code=0)
    assert [one["kind"] for one in ran.data["items"]] == ["instalment", "promise_theirs"]
    assert all(set(one) == ITEM for one in ran.data["items"])
    assert ran.data["items"][0]["days"] == 19
    out = agreed("today", code=0).out
    assert ("继续按协议还款，这是您最有力的证明" if lang == "zh" else "that is your strongest proof") in out
    assert "jdneg pay L1 820.00" in out


def test_today_looks_at_the_day_asked_about(agreed: Run) -> None:
    behind = agreed("today", "--as-of", "2026-12-11", "--json", code=0).data
    assert behind["items"][0]["kind"] == "instalment_behind" and behind["next"].startswith("jdneg pay L1 820.00")
    assert [one["kind"] for one in agreed("today", "--days", "0", "--json", code=0).data["items"]] == ["instalment"]
    assert failed(agreed("today", "--days", "-1", "--json", code=2)) in ("negative_amount", "below_least")


def test_today_with_nothing_to_do(run: Run, lang: str, gold: Run) -> None:
    gold("pay", "L1", "20000", "--at", "2026-03-10", code=0)
    empty = gold("today", "--as-of", "2026-03-10", "--days", "0", code=0)
    assert "jdneg log-call" in empty.out
    gold("undo", code=0)
    gold("undo", code=0)
    assert "jdneg loan add" in gold("today", code=0).out


def test_today_says_hostile_words_as_they_are(agreed: Run) -> None:
    agreed("log-call", "L1", "--at", "今天9点", "--they-promise", "[bold]停\x1b[31m@2026-11-30", code=0)
    out = agreed("today", code=0).out
    assert "[bold]停" in out and "\x1b" not in out


def test_today_suggests_what_the_record_says_of_a_promise(
    agreed: Run, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    later(monkeypatch, "2026-12-20")
    agreed("pay", "L1", "820", "--at", "2026-12-10", code=0)
    agreed("negotiate", "promise", "G1", "--by", "lender", "--what", "停止催收", "--due", "2026-12-19", code=0)
    agreed("log-call", "L1", "--at", "2026-12-20 9:00", "--said", "你已逾期，今天必须还清全部欠款", code=0)
    items = [one for one in agreed("today", "--json", code=0).data["items"] if one["kind"] == "promise_theirs"]
    assert {one["command"]: "C1" in one["text"] for one in items} == {
        "jdneg negotiate show G1": False,  # of their bill, and nothing on record speaks of that
        "jdneg negotiate promise G1 --set 3 broken": True,
    }


def test_what_is_due_today_is_not_called_paid(agreed: Run, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    later(monkeypatch, "2026-12-10")
    shown = agreed("plan", "track", "G1", code=0).out
    assert ("已到期 820.00 元尚未还" if lang == "zh" else "820.00 yuan are due and their day is not over") in shown
