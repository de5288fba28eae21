"""On a terminal what is missing is asked for; Ctrl-C and the end of input write nothing."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cli_world import Run
from command_world import journal

pexpect = pytest.importorskip("pexpect", reason="no pseudo-terminals here")
ROOT = Path(__file__).resolve().parents[2]
Spawn = Callable[..., Any]

# How each question of log-call begins, in the order of asking.
QUESTIONS = {
    "zh": ["哪笔借款", "什么时候", "号码", "机构", "工号", "说了什么", "你说了", "结果", "下次"],
    "en": ["loan", "When", "number", "agency", "agent", "they say", "you say", "end", "next"],
}


@pytest.fixture
def spawn() -> Iterator[Spawn]:
    """A command on a terminal of its own; what is still running is ended."""
    children = []

    def start(*argv: str) -> Any:
        env = {name: value for name, value in os.environ.items() if name != "COLUMNS"} | {"TERM": "dumb"}
        child = pexpect.spawn(
            sys.executable, ["-m", "jdneg", *argv], env=env, cwd=str(ROOT), encoding="utf-8", timeout=20,
            dimensions=(24, 300),
        )  # fmt: skip
        child.delaybeforesend = None
        child.delayafterclose = child.delayafterterminate = child.ptyproc.delayafterclose = 0.01
        children.append(child)
        return child

    yield start
    for child in children:
        child.close(force=True)


def ended(child: Any) -> tuple[int, str]:
    """The exit code and what was still said."""
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus, child.before


def answers(child: Any, lines: list[str]) -> None:
    for line in lines:
        child.expect(r"[:：] $")
        child.sendline(line)


def test_log_call_asks_for_everything(gold: Run, spawn: Spawn, lang: str) -> None:
    child = spawn("log-call")
    answers(
        child,
        ["L1", "昨晚9点半", "95118", "", "工号8812", "再不还就打电话到你单位", "请书面发我", "挂断", "周二14:00"],
    )
    code, rest = ended(child)
    assert code == 0 and "C1" in rest and "2026-11-20 21:30 +08:00" in rest and "jdneg undo B3" in rest
    record = gold("contact", "show", "C1", "--json", code=0).data["record"]
    assert record == {
        "channel": "call", "happened_at": "2026-11-20T21:30:00+08:00", "at_text": "昨晚9点半", "direction": "in",
        "loan": "L1", "number": "95118", "agent": "工号8812", "said": "再不还就打电话到你单位", "i_said": "请书面发我",
        "result": "挂断", "next_at": "2026-11-24T14:00:00+08:00", "next_text": "周二14:00",
    }  # fmt: skip


def test_only_the_time_is_needed_the_rest_may_stay_empty(gold: Run, spawn: Spawn) -> None:
    child = spawn("log-call", "L1")
    answers(child, ["昨天", *[""] * 7])
    assert ended(child)[0] == 0
    record = gold("contact", "show", "C1", "--json", code=0).data["record"]
    assert set(record) == {"channel", "happened_at", "at_text", "direction", "loan"}


def test_a_time_that_cannot_be_read_is_asked_again_with_why(gold: Run, spawn: Spawn, zh: str) -> None:
    child = spawn("log-call", "L1")
    answers(child, ["改天"])
    child.expect("昨晚9点半")  # what is accepted is shown
    answers(child, ["明天9点"])
    child.expect("还没有到")
    answers(child, ["昨晚9点半", *[""] * 7])
    assert ended(child)[0] == 0
    assert gold("contact", "show", "C1", "--json", code=0).data["record"]["at_text"] == "昨晚9点半"


def test_an_empty_answer_to_what_is_needed_is_asked_again(gold: Run, spawn: Spawn) -> None:
    child = spawn("pay", "L1")
    answers(child, ["", "", "1900", "2026-04-10"])
    assert ended(child)[0] == 0
    assert gold("payment", "list", "--json", code=0).data["total"] == "1900.00"


@pytest.mark.parametrize("after", [0, 1, 5])
def test_ctrl_c_writes_nothing(gold: Run, world: Path, spawn: Spawn, lang: str, after: int) -> None:
    before = journal(world)
    child = spawn("log-call", "L1")
    answers(child, ["昨晚9点半", "95118", "", "", "你好"][:after])
    child.expect(r"[:：] $")
    child.sendintr()
    code, rest = ended(child)
    assert code == 130 and ("已停止，没有写入" if lang == "zh" else "Stopped; nothing was written") in rest
    assert "Traceback" not in rest and journal(world) == before


@pytest.mark.parametrize("after", [0, 2])
def test_the_end_of_input_writes_nothing(gold: Run, world: Path, spawn: Spawn, after: int) -> None:
    before = journal(world)
    child = spawn("log-call", "L1")
    answers(child, ["昨晚9点半", "95118"][:after])
    child.expect(r"[:：] $")
    child.sendeof()
    code, rest = ended(child)
    assert code == 130 and "Traceback" not in rest and journal(world) == before


def test_a_closed_terminal_writes_nothing(gold: Run, world: Path, spawn: Spawn) -> None:
    before = journal(world)
    child = spawn("log-call", "L1")
    answers(child, ["昨晚9点半"])
    child.expect(r"[:：] $")
    child.close(force=True)
    assert journal(world) == before
    gold("doctor", code=0)


@pytest.mark.parametrize("flag", ["--no-input", "--json"])
def test_nothing_is_asked_when_told_not_to(gold: Run, spawn: Spawn, flag: str) -> None:
    code, rest = ended(spawn("log-call", "L1", flag))
    assert code == 2 and "--at" in rest


def test_what_was_given_is_not_asked_again(gold: Run, spawn: Spawn) -> None:
    """All flags are there: no question, even on a terminal."""
    code, rest = ended(spawn("log-call", "L1", "--at", "昨天9点"))
    assert code == 0 and "C1" in rest


def test_a_loan_is_asked_for_in_words(run: Run, spawn: Spawn, zh: str) -> None:
    run("init", code=0)
    child = spawn("loan", "add")
    answers(child, ["某小贷公司", "小贷", "20000", "2026-03-10", "", "0.05%/day", "", "12", "10", "等额本息"])
    assert ended(child)[0] == 0
    record = run("loan", "show", "L1", "--json", code=0).data["record"]
    assert (record["kind"], record["method"], record["term"]) == ("microlender", "equal-payment", 12)


def test_the_answers_are_text_and_escapes_are_not_echoed(gold: Run, spawn: Spawn) -> None:
    child = spawn("log-call", "L1")
    child.expect(r"[:：] $")
    child.sendline("\x1b[31m昨")
    child.expect(r"\\x1b\[31m")  # shown in the note of the next question, not obeyed
    answers(child, ["昨天", *[""] * 7])
    code, rest = ended(child)
    assert code == 0 and not re.search(r"\x1b\[31m", rest)


def test_the_warning_is_on_the_screen_before_the_first_question(run: Run, spawn: Spawn, zh: str) -> None:
    from command_world import OLD

    run(*OLD, code=0)
    child = spawn("pay", "L1")
    child.expect(r"[:：] $")
    assert "诉讼时效" in child.before
    child.sendintr()
    assert ended(child)[0] == 130
    assert run("payment", "list", "--json", code=0).data["payments"] == []


def test_a_new_agency_is_asked_about_once(gold: Run, spawn: Spawn, zh: str) -> None:
    gold("log-call", "L1", "--at", "昨天9点", "--agency", "甲公司", code=0)
    child = spawn("log-call", "L1", "--at", "昨天10点", "--agency", "甲公思")
    child.expect("甲公司")
    answers(child, ["甲公司"])
    assert ended(child)[0] == 0
    assert gold("contact", "show", "C2", "--json", code=0).data["record"]["agency"] == "甲公司"


def test_a_lender_like_one_known_is_asked_about(gold: Run, spawn: Spawn, zh: str) -> None:
    words = ("--kind", "microlender", "--principal", "1", "--start", "2026-03-10")
    child = spawn("loan", "add", "--lender", "京东盛际小贷", *words, "--no-input")
    assert ended(child)[0] == 0
    child = spawn("loan", "add", "--lender", "京东盛际小额贷款", *words)
    answers(child, ["="])
    assert ended(child)[0] == 0
    names = [one["lender"] for one in gold("loan", "list", "--json", code=0).data["loans"]]
    assert names == ["重庆京东盛际小额贷款有限公司", "京东盛际小贷", "重庆京东盛际小额贷款有限公司"]


def drafts(home: Path) -> list[Path]:
    return sorted((home / "drafts").glob("entry-*")) if (home / "drafts").exists() else []


def test_back_to_an_earlier_question_keeps_the_answers(gold: Run, spawn: Spawn, lang: str) -> None:
    child = spawn("log-call", "L1")
    answers(child, ["昨晚9点半", "95118", "某公司", "<"])
    child.expect("某公司")  # what was answered stands there
    answers(child, ["<", "95178", "", *[""] * 5])
    code, _ = ended(child)
    record = gold("contact", "show", "C1", "--json", code=0).data["record"]
    assert code == 0 and (record["number"], record["agency"]) == ("95178", "某公司")


def test_back_at_the_first_question_stays_there_and_a_hyphen_clears(gold: Run, spawn: Spawn) -> None:
    child = spawn("log-call", "L1")
    answers(child, ["<", "昨晚9点半", "95118", "<", "-", *[""] * 6])
    assert ended(child)[0] == 0
    assert "number" not in gold("contact", "show", "C1", "--json", code=0).data["record"]


@pytest.mark.parametrize("end", ["intr", "eof", "kill"])
def test_what_was_typed_is_offered_the_next_time(gold: Run, world: Path, spawn: Spawn, zh: str, end: str) -> None:
    before = journal(world)
    child = spawn("log-call", "L1", "+单位", "--role", "法务")
    answers(child, ["昨晚9点半", "95118"])
    child.expect(r"[:：] $")
    {"intr": child.sendintr, "eof": child.sendeof, "kill": lambda: child.close(force=True)}[end]()
    if end != "kill":
        code, rest = ended(child)
        assert code == 130 and "jdneg log-call" in rest
    assert journal(world) == before and len(drafts(world)) == 1
    assert drafts(world)[0].stat().st_mode & 0o077 == 0
    child = spawn("log-call")
    child.expect("昨晚9点半.*95118")
    answers(child, ["", *[""] * 6])
    assert ended(child)[0] == 0 and drafts(world) == []
    record = gold("contact", "show", "C1", "--json", code=0).data["record"]
    assert (record["loan"], record["number"], record["tags"], record["role_claimed"]) == (
        "L1",
        "95118",
        ["单位"],
        "法务",
    )


def test_a_draft_may_wait_or_go(gold: Run, world: Path, spawn: Spawn) -> None:
    child = spawn("log-call", "L1")
    answers(child, ["昨晚9点半"])
    child.expect(r"[:：] $")
    child.sendintr()
    ended(child)
    child = spawn("log-call", "L1")
    answers(child, ["n", "昨晚8点", *[""] * 7])
    assert ended(child)[0] == 0 and len(drafts(world)) == 1
    child = spawn("log-call", "L1")
    answers(child, ["d", "昨晚8点", *[""] * 7])
    assert ended(child)[0] == 0 and drafts(world) == []


def test_a_value_refused_at_the_end_loses_no_answer(gold: Run, world: Path, spawn: Spawn) -> None:
    child = spawn("log-call", "L1", "--duration", "long")
    answers(child, ["昨晚9点半", "95118", *[""] * 6])
    assert ended(child)[0] == 2 and len(drafts(world)) == 1


def test_one_that_is_being_typed_elsewhere_is_left_alone(gold: Run, spawn: Spawn) -> None:
    first = spawn("log-call", "L1")
    answers(first, ["昨晚9点半"])
    first.expect(r"[:：] $")
    second = spawn("log-call", "L1")
    answers(second, ["昨晚8点", *[""] * 7])
    assert ended(second)[0] == 0
    first.sendline("95118")
    answers(first, [""] * 6)
    assert ended(first)[0] == 0


def test_nothing_typed_leaves_nothing(gold: Run, world: Path, spawn: Spawn) -> None:
    child = spawn("log-call")
    answers(child, [""])
    child.expect(r"[:：] $")
    child.sendintr()
    assert ended(child)[0] == 130 and drafts(world) == []


def test_the_first_entry_of_all_is_kept_too(world: Path, run: Run, spawn: Spawn) -> None:
    child = spawn("log-sms")
    answers(child, ["", "昨晚9点半", "10690001"])
    child.expect(r"[:：] $")
    child.sendintr()
    assert ended(child)[0] == 130 and len(drafts(world)) == 1 and not (world / "journal.jsonl").exists()
    assert world.stat().st_mode & 0o077 == 0
    child = spawn("log-sms")
    answers(child, ["", "请还款"])
    assert ended(child)[0] == 0
    assert run("contact", "show", "C1", "--json", code=0).data["record"]["number"] == "10690001"


def test_an_offer_that_does_not_exist_is_asked_for_again(gold: Run, spawn: Spawn, lang: str) -> None:
    gold("negotiate", "open", "L1", "--goal", "x", code=0)
    gold("negotiate", "offer", "G1", "--months", "12", code=0)
    child = spawn("negotiate", "accept", "G1", "--oral", "--lang", lang)
    answers(child, ["9"])
    child.expect("没有第 9 个方案|There is no offer 9")
    answers(child, ["1"])
    code, _ = ended(child)
    assert code == 0
    assert gold("negotiate", "show", "G1", "--json", code=0).data["record"]["agreement"]["offer"] == 1


def test_a_promise_is_asked_for(gold: Run, spawn: Spawn) -> None:
    gold("negotiate", "open", "L1", "--goal", "x", code=0)
    child = spawn("negotiate", "promise", "G1")
    answers(child, ["lender", "停止催收", ""])
    assert ended(child)[0] == 0
    (promise,) = gold("negotiate", "show", "G1", "--json", code=0).data["promises"]
    assert (promise["by"], promise["what"], promise["due"]) == ("lender", "停止催收", None)


def test_plan_asks_for_a_budget_and_keeps_nothing(gold: Run, spawn: Spawn, lang: str) -> None:
    child = spawn("plan")
    answers(child, ["6200", "1800", "1500", "", "", "", ""])
    code, rest = ended(child)
    assert code == 0 and "2,900.00" in rest
    assert "jdneg budget set --income 6200.00 --rent 1800.00 --food 1500.00" in rest
    assert gold("budget", "show", "--json", code=0).data["id"] is None


def test_yes_is_an_answer_to_the_small_hours(gold: Run, spawn: Spawn) -> None:
    for yes in ("y", "是", "YES", "对", ""):
        child = spawn("log-call", "L1", "--at", "昨晚1点", "--lang", "zh")
        child.expect("对吗")
        child.sendline(yes)
        assert ended(child)[0] == 0, yes
    child = spawn("log-call", "L1", "--at", "昨晚1点", "--lang", "zh")
    child.expect("对吗")
    child.sendline("胡说")
    child.expect("懂的时间")
    child.sendline("昨天13点")
    assert ended(child)[0] == 0
    last = gold("contact", "list", "--json", code=0).data["contacts"]
    assert {one["happened_at"][11:16] for one in last} == {"01:00", "13:00"}


# How each question of a visit begins, and an answer in words people use.
VISIT = [
    ("几个人", "2"), ("事先通知", "否"), ("同意", "没有"), ("来做什么", ""), ("工作证件", "不知道"), ("授权", ""),
    ("进屋或进办公区", "没有"), ("动过", "no"), ("当着别人", "有"), ("拍照", "?"), ("请他们离开", "是"), ("多久才走", "3分钟"), ("报警", "n"),
]  # fmt: skip


def test_a_guided_visit_asks_for_the_visit(gold: Run, spawn: Spawn) -> None:
    child = spawn("log-visit", "L1", "--lang", "zh")
    before = [("什么时候", "昨天10点"), ("号码", ""), ("机构", ""), ("工号", "")]
    after = [("对方原话", ""), ("我说了", ""), ("结果", ""), ("下次|下一次", "")]
    for question, answer in [*before, *VISIT, *after]:
        child.expect(f"{question}[^\n]*[:：] $")
        child.sendline(answer)
    assert ended(child)[0] == 0
    (one,) = gold("contact", "list", "--json", code=0).data["contacts"]
    record = gold("contact", "show", one["id"], "--json", code=0).data["record"]
    assert {name: value for name, value in record["visit"].items() if value is not None} == {
        "people": 2, "notice": False, "consent": False, "entered": False, "touched": False, "said_before_others": True,
        "asked_to_leave": True, "left_after_minutes": 3, "police_called": False,
    }  # fmt: skip


def test_a_visit_that_says_its_time_asks_nothing(gold: Run, spawn: Spawn) -> None:
    assert ended(spawn("log-visit", "L1", "--at", "昨天10点"))[0] == 0
