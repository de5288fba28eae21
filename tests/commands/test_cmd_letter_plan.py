"""``letter plan``, ``classify T1 CLASS``, ``draft reply`` and ``close``: a letter that came, to its end."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run
from command_world import failed

DEMAND = "您的借款已逾期，请于三日内还款，否则起诉"


@pytest.fixture
def came(gold: Run) -> Run:
    flags = ["--via", "sms", "--from", "10690001", "--at", "2026-11-20 10:12", "--subject", "律师函"]
    gold("log-letter", "L1", *flags, "--text", DEMAND, "--reply-by", "2026-12-01", code=0)
    return gold


def states(run: Run) -> dict[str, str]:
    return {one["step"]: one["state"] for one in run("letter", "plan", "T1", "--json", code=0).data["steps"]}


def test_a_letter_from_its_coming_to_its_end(came: Run, here: Path, lang: str) -> None:
    plan = came("letter", "plan", "T1", "--json", code=0).data
    assert (plan["class"], plan["class_guessed"], plan["due"]) == ("loan", True, "2026-12-01")
    assert set(states(came).values()) == {"open"} and plan["points"]
    assert plan["steps"][0]["missing"] == ["exhibits"] and plan["next"] == "jdneg evidence add FILE --for T1"
    came("evidence", "add", "合同.pdf", "--for", "T1", code=0)
    assert came("letter", "plan", "T1", "--json").data["next"] == "jdneg letter verify-source T1"
    came("letter", "verify-source", "T1", "--result", "confirmed", "--by", "客服", "--via", "App", code=0)
    came("letter", "classify", "T1", "反馈", code=0)
    assert came("letter", "plan", "T1", "--json").data["class"] == "feedback"
    assert came("letter", "classify", "T1", "--json", code=0).data["class"] == "loan"  # its words say what they say
    assert came("letter", "plan", "T1", "--json").data["next"] == "jdneg letter draft reply --letter T1"
    draft = came("letter", "draft", "reply", "--letter", "T1", "--json", code=0).data
    assert draft["record"]["answers"] == "T1" and draft["record"]["loan"] == "L1"
    assert "本人对来函的具体答复" in draft["missing"] and "处理编号" in draft["record"]["text"]
    assert came("letter", "plan", "T1", "--json").data["next"] == "jdneg letter sent T2"
    came("letter", "sent", "T2", "--at", "今天", "--via", "EMS", code=0)
    assert {one["kind"] for one in came("today", "--json", code=0).data["items"]} & {
        "letter_in",
        "letter_answer",
    } == {"letter_answer"}
    for one in ("T1", "T2"):
        came("letter", "close", one, "--outcome", "对方更正了金额", code=0)
    assert set(states(came).values()) == {"done"} and came("letter", "plan", "T1", "--json").data["next"] is None
    assert not {one["kind"] for one in came("today", "--json", code=0).data["items"]} & {"letter_in", "letter_answer"}
    shown = came("letter", "show", "T1", "--json", code=0).data
    assert shown["record"]["outcome"] == "对方更正了金额" and shown["amended"] is False
    came("undo", code=0)
    assert "closed_at" not in came("letter", "show", "T2", "--json", code=0).data["record"]


def test_a_reply_answers_its_own_letter_alone(came: Run) -> None:
    came("log-letter", "L1", "--via", "post", "--from", "某行", "--at", "2026-11-20", "--text", "告知书", code=0)
    came("letter", "draft", "reply", "--letter", "T1", code=0)
    came("letter", "sent", "T3", "--at", "今天", "--via", "EMS", code=0)
    waiting = [one["id"] for one in came("today", "--json").data["items"] if one["kind"] == "letter_in"]
    assert waiting == ["T2"]


def test_a_forged_letter_is_not_answered(came: Run, lang: str) -> None:
    came("letter", "verify-source", "T1", "--result", "fake", "--by", "客服", "--via", "App", code=0)
    assert failed(came("letter", "draft", "reply", "--letter", "T1", "--json", code=2)) == "bad_state"
    assert {states(came)[one] for one in ("draft", "send")} == {"not_needed"}


def test_what_cannot_be(came: Run, lang: str) -> None:
    came("letter", "draft", "request-info", "--loan", "L1", code=0)
    assert failed(came("letter", "plan", "T2", "--json", code=2)) == "bad_state"
    assert failed(came("letter", "classify", "T2", "loan", "--json", code=2)) == "bad_state"
    assert failed(came("letter", "classify", "T1", "love", "--json", code=2)) == "bad_choice"
    assert failed(came("letter", "plan", "T9", "--json", code=3)) == "not_found"
    assert failed(came("letter", "draft", "reply", "--loan", "L1", "--json", code=2)) == "missing_flags"
    assert failed(came("letter", "close", "T1", "--outcome", " ", "--json", code=2)) == "empty_text"
    came("letter", "close", "T1", "--outcome", "完", code=0)
    assert failed(came("letter", "close", "T1", "--outcome", "完", "--json", code=2)) == "bad_state"
    assert "--outcome" in came("letter", "close", "T2", code=2).err
