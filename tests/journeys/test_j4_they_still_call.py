"""J4: we agreed, they still call: talks, an oral agreement, the written one, payments, and what comes after."""

from __future__ import annotations

from pathlib import Path

import pytest
from icalendar import Calendar
from journey_world import On, Step, begin


@pytest.fixture
def agreed(step: Step) -> Step:
    """Steps 1 to 3: opened, talked, offered, countered, accepted by word of mouth."""
    begin(step)
    assert step('negotiate open L1 --goal "延长24期, 减免违约金" --problem credit')["id"] == "G1"
    step('log-call L1 --at 今天9点 --agent 工号8812 --said "可以分18期" --i-said "请书面确认" --wait 8m', code=0)
    assert step("negotiate contact G1 --call C1")["record"]["contacts"] == ["C1"]
    mine = step("negotiate offer G1 --months 24 --monthly 650 --first-due 2026-12-10 --waive penalty")
    assert mine["record"]["offers"][0]["number"] == 1
    theirs = step(
        "negotiate counter G1 --by lender --months 18 --monthly 820 --first-due 2026-12-10 --valid-until 2026-11-30"
    )
    assert theirs["record"]["offers"][1]["by"] == "lender"
    shown = step("negotiate show G1", reads=True)
    assert [one["state"] for one in shown["steps"]] == ["done", "done", "done", "now", "open"]
    assert any(one["kind"] == "offer_theirs" and one["days"] == 9 for one in step("today", reads=True)["items"])
    said = step(
        "negotiate accept G1 --offer 2 --oral --agent 工号8812 --contact C1 --promise lender:停止催收@2026-11-25"
    )
    assert "case.gate" in said["codes"] and said["record"]["agreement"]["oral"]
    assert {(one["by"], one.get("due")) for one in said["record"]["promises"]} == {
        ("lender", "2026-11-25"), ("me", "2028-05-10"),
    }  # fmt: skip
    return step


@pytest.fixture
def written(agreed: Step, desk: Path, on: On) -> Step:
    """Step 4: the letter that asks for it in writing, and the answer."""
    letter = agreed("letter draft confirm --case G1 -o 确认函.md")
    text = (desk / "确认函.md").read_text(encoding="utf-8")
    assert "可以分18期" in text and "工号8812" in text and "2026年11月21日" in text
    on("2026-11-22")
    agreed(f"letter sent {letter['id']} --at 今天 --via EMS --tracking EX123")
    assert any(one["kind"] == "oral" for one in agreed("today", reads=True)["items"])
    on("2026-11-24")
    agreed("evidence add 确认短信.png --for G1")
    assert agreed("negotiate confirm G1 --evidence 确认短信.png")["record"]["agreement"]["oral"] is False
    return agreed


def text_of(step: Step, words: str, day: str, *, code: int = 0) -> list[str]:
    """What a message is judged as."""
    found = step(f'log-sms L1 --number 1069123 --at "{day} 11:00" --text "{words}"', code=code)
    return [one["result"] for one in found["findings"] if one["rule"].startswith("conduct.agreement")]


def test_the_gate_stands_before_a_payment(agreed: Step, on: On) -> None:
    on("2026-12-10")
    assert "case.gate" in agreed("pay L1 820 --at 2026-12-10")["codes"]


def test_kept_and_still_pressed(written: Step, on: On, desk: Path) -> None:
    on("2026-12-10")
    paid = written("pay L1 820 --at 2026-12-10 --evidence 回执.png")
    assert "case.gate" not in paid["codes"]
    (found,) = written("plan track G1", reads=True)["agreements"]
    assert (found["standing"], found["settled"], found["count"]) == ("up_to_date", 1, 18)

    on("2026-12-20")
    old = written('log-sms L1 --number 1069123 --at "2026-12-20 11:00" --text "您已逾期16480.55元请今日结清"')
    assert [one["result"] for one in old["findings"]], "a demand on the old balance is found"
    assert text_of(written, "本期820.00元将于1月10日到期，请按时还款", "2026-12-20") == []
    assert text_of(written, "专享额度已为您开启，点击领取优惠券", "2026-12-20") == []

    (found,) = written("plan track G1 -o 说明.docx")["agreements"]
    assert [one["contact"] for one in found["findings"]] and found["mine"] == []
    assert any("停止催收" in one for one in found["theirs"])
    written("negotiate promise G1 --set 1 broken")
    assert (desk / "说明.docx").read_bytes()[:2] == b"PK"
    written("complain draft --to platform --case G1 -o 投诉.md")

    today = written("today", reads=True)
    assert (today["items"][0]["kind"], today["items"][0]["due"]) == ("instalment", "2027-01-10")


def test_the_agreement_is_the_schedule_that_counts(written: Step, on: On) -> None:
    on("2026-12-11")
    verified = written("verify L1", code=1, reads=True)
    assert any("2026-11-21" in str(one) for one in verified["assumptions"])
    plan = written("plan --budget 1150", reads=True)
    debt = next(one for one in plan["debts"] if one["loan"] == "L1")
    assert debt["minimum"] == "1640.00"  # one instalment of the agreement missed, one to come


def test_a_missed_instalment(written: Step, on: On) -> None:
    on("2026-12-12")
    (found,) = written("plan track", reads=True)["agreements"]
    assert (found["standing"], found["behind_since"], found["short"]) == ("behind", "2026-12-10", "820.00")
    judged = text_of(written, "您已逾期16480.55元请今日结清", "2026-12-12")
    assert judged in (["cannot_tell"], []), "later demands may be proper"
    today = written("today", reads=True)
    assert today["items"][0]["kind"] == "instalment_behind" and today["next"].startswith("jdneg pay L1 820.00")


def test_renegotiated(written: Step, on: On, desk: Path) -> None:
    on("2027-01-05")
    written("export ics -o due.ics")
    before = len(Calendar.from_ical((desk / "due.ics").read_bytes()).walk("VEVENT"))
    written("negotiate counter G1 --by lender --months 24 --monthly 620 --first-due 2027-02-10")
    renewed = written("negotiate accept G1 --offer 3 --replace --evidence 回执.png")["record"]
    assert (renewed["earlier"][0]["offer"], renewed["agreement"]["offer"]) == (2, 3)
    (found,) = written("plan track", reads=True)["agreements"]
    assert (found["offer"], found["count"]) == (3, 24)
    written("export ics -o due.ics --force")
    events = Calendar.from_ical((desk / "due.ics").read_bytes()).walk("VEVENT")
    gone = [one for one in events if one["status"] == "CANCELLED" and str(one["uid"]).startswith("g1-1-")]
    assert len(events) == before + 24
    assert len(gone) >= 17, "what is left of the first agreement is taken back"


def test_settled_and_called_again(written: Step, on: On) -> None:
    on("2028-05-11")
    written("pay L1 14760 --at 2028-05-10")
    (found,) = written("plan track G1", reads=True)["agreements"]
    assert found["next"] is None and found["settled"] == 18
    written("loan close L1 --at 2028-05-10")
    called = written('log-call L1 --at 今天9点 --said "请尽快还款"')
    assert "contact.loan_closed" in called["codes"]
    assert any(one["kind"] == "closed_contact" for one in written("today", reads=True)["items"])
    closed = written("negotiate close G1 --rating 4 --outcome 已按协议还清")["record"]
    assert closed["rating"] == 4
    (lender,) = written("negotiate outcomes", reads=True)["lenders"]
    assert (lender["written"], lender["ratings"]) == (1, [4])
