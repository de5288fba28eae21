"""``log-letter``: a letter that came is kept as a letter, and listed, filtered, judged and handed on as a contact."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run
from command_world import THREAT, WRITTEN, codes, failed, journal, one_line

LETTER = [
    *("log-letter", "L1", "--via", "短信", "--from", "1069000012", "--at", "昨天22:12", "--subject", "律师函"),
    *("--text", THREAT, "--account", "6222021234567890128", "--reply-by", "2026-12-01"),
]


@pytest.fixture
def came(gold: Run) -> Run:
    gold(*LETTER, code=0)
    return gold


def test_what_is_kept(gold: Run) -> None:
    data = gold(*LETTER, "--json", code=0).data
    assert set(data) == WRITTEN and data["id"] == "T1" and data["ids"] == ["T1"]
    assert data["record"] == {
        "kind": "received", "direction": "in", "drafted_on": "2026-11-20", "loan": "L1", "text": THREAT, "via": "sms",
        "received": {"channel": "sms", "happened_at": "2026-11-20T22:12:00+08:00", "at_text": "昨天22:12",
                     "direction": "in", "number": "1069000012"},
        "subject": "律师函", "account": "6222021234567890128", "reply_by": "2026-12-01",
    }  # fmt: skip
    rules = {one["rule"] for one in data["findings"]}
    assert {one["contact"] for one in data["findings"]} == {"T1"}
    assert any("words" in one for one in rules) and any("night" in one for one in rules)


def test_no_second_contact_but_in_the_list(came: Run) -> None:
    came("log-call", "L1", "--at", "2026-11-19 10:00", code=0)
    found = came("contact", "list", "--json", code=0).data
    assert [one["id"] for one in found["contacts"]] == ["C1", "T1"] and found["count"] == 2
    assert [one["id"] for one in came("contact", "list", "type:letter", "--json", code=0).data["contacts"]] == ["T1"]
    assert [one["id"] for one in came("contact", "list", "T1", "--json", code=0).data["contacts"]] == ["T1"]
    assert came("contact", "list", "number:1069000012", "text:单位", "on:昨天", "--json", code=0).data["count"] == 1


def test_check_judges_it(came: Run) -> None:
    data = came("check", "type:letter", "--json", code=1).data
    assert data["checked"] == 1 and {one["contact"] for one in data["findings"]} == {"T1"}
    assert came("check", "--loan", "L1", "--json", code=1).data["checked"] == 1


def test_a_paper_letter_has_no_hour(gold: Run) -> None:
    made = gold(
        "log-letter",
        "L1",
        "--via",
        "邮寄",
        "--from",
        "某律所",
        "--at",
        "昨天23点",
        "--text",
        "请还款",
        "--json",
        code=0,
    )
    assert made.data["record"]["received"]["sender"] == "某律所"
    assert not any("night" in one["rule"] for one in made.data["findings"])


def test_words_or_a_file_are_needed(gold: Run, here: Path, zh: str) -> None:
    ran = gold("log-letter", "L1", "--at", "昨天", "--via", "ems", "--no-input", code=2)
    assert "--text" in ran.err
    made = gold("log-letter", "L1", "--at", "昨天", "--via", "ems", "--attach", "合同.pdf", "--json", code=0)
    assert made.data["ids"] == ["T1", "E1"] and made.data["record"]["received"]["exhibits"] == ["E1"]
    assert "paper.letter_gaps" in codes(made)
    assert gold("undo", "--json", code=0).data["lines"][0]["id"] == "T1"


def test_what_is_still_missing_is_named(gold: Run, lang: str) -> None:
    ran = gold("log-letter", "L1", "--at", "昨天", "--via", "app", "--text", "请还款", code=0)
    assert all(one in ran.err for one in (("发送方", "账号") if lang == "zh" else ("Sender", "Account")))
    assert "jdneg letter amend T1" in ran.err


def test_corrected_by_either_name(came: Run) -> None:
    came("letter", "amend", "T1", "--set", "happened_at=2026-11-19 10:00", "--set", "reply_by=2026-12-05",
         "--reason", "看错", code=0)  # fmt: skip
    came("contact", "amend", "T1", "--set", "agency=某所", "--set", "said=请还款", "--reason", "看错", code=0)
    record = came("letter", "show", "T1", "--json", code=0).data["record"]
    assert record["drafted_on"] == "2026-11-19" and record["received"]["happened_at"] == "2026-11-19T10:00:00+08:00"
    assert (record["reply_by"], record["received"]["agency"], record["text"]) == ("2026-12-05", "某所", "请还款")
    came("contact", "withdraw", "T1", "--reason", "重复", code=0)
    assert failed(came("letter", "show", "T1", "--json", code=3)) == "not_found"


def test_shown_whole_by_either_name(came: Run, lang: str) -> None:
    out = came("letter", "show", "T1", code=0).out
    assert out == came("contact", "show", "T1", code=0).out
    assert "2026-11-20 22:12" in out and "律师函" in out and THREAT in out and "received=" not in out


def test_the_account_is_masked_in_lists(came: Run) -> None:
    assert "6222021234567890128" not in came("letter", "list", "--json", code=0).out
    assert "6222021234567890128" in came("letter", "list", "--reveal", "--json", code=0).out


def test_it_cannot_be_sent(came: Run, world: Path, zh: str) -> None:
    before = journal(world)
    assert failed(came("letter", "sent", "T1", "--at", "今天", "--via", "ems", "--json", code=2)) == "bad_state"
    one_line(came("letter", "sent", "T1", "--at", "今天", "--via", "ems", code=2), zh)
    assert journal(world) == before


def test_a_claim_may_come_from_it(came: Run) -> None:
    made = came("claim", "add", "L1", "--at", "2026-11-20", "--total", "100", "--source", "letter", "--contact", "T1",
                "--json", code=0)  # fmt: skip
    assert made.data["record"]["contact"] == "T1"


def test_the_bundle_has_it_once(came: Run, here: Path) -> None:
    came("log-letter", "L1", "--via", "hand", "--at", "2026-11-18", "--from", "李四", "--attach", "合同.pdf", code=0)
    came("export", "bundle", "--profile", "lawyer", "-o", "out", code=0)
    (bundle,) = (here / "out").iterdir()
    page = next(bundle.glob("03-*.html")).read_text(encoding="utf-8")
    assert page.count("T1</td>") == 1 and "号码 1069000012" in page and "李四" in page
    assert "函件" in next(bundle.glob("01-*")).read_text(encoding="utf-8")
    assert came("bundle", "verify", str(bundle), "--json", code=0).data["result"] == "ok"


def test_the_association_sees_no_third_party_of_a_letter(gold: Run, here: Path) -> None:
    gold("log-letter", "L1", "--via", "hand", "--at", "2026-11-18", "--text", "请转告王小明还款", "--to-whom", "family",
         "--third-party", "王小明", code=0)  # fmt: skip
    gold("export", "bundle", "--profile", "association", "-o", "out", code=0)
    (bundle,) = (here / "out").iterdir()
    for path in bundle.rglob("*"):
        assert not path.is_file() or "王小明".encode() not in path.read_bytes(), path


@pytest.mark.parametrize(
    ("flags", "code"),
    [(("--via", "fax"), "bad_choice"), (("--at", "明天"), "future_time"), (("--reply-by", "soon"), "bad_time"),
     (("--from", "\x1b[31m", "--via", "fax"), "bad_choice")],
)  # fmt: skip
def test_what_cannot_be(gold: Run, world: Path, flags: tuple[str, ...], code: str) -> None:
    before = journal(world)
    assert failed(gold(*LETTER, *flags, "--json", code=2)) == code and journal(world) == before


def test_a_service_account(gold: Run) -> None:
    made = gold("log-chat", "L1", "--at", "昨天9点", "--text", "您好", "--social", "--json", code=0)
    assert made.data["record"]["channel"] == "social"


FRAUD = "您的白条账户需要注销，否则影响征信，请下载会议软件共享屏幕，把钱转到安全账户"


def test_a_letter_that_looks_like_fraud_says_so_at_once(gold: Run, lang: str) -> None:
    """No rule of conduct speaks of fraud, so "nothing found" would be a clean bill for it."""
    flags = ("--via", "短信", "--from", "京东客服", "--at", "昨天10点", "--text", FRAUD)
    assert "scam.line_scam_likely" in codes(gold("log-letter", "L1", *flags, "--json", code=0))
    out = gold("explain", "T1", code=0).out
    assert ("典型的诈骗迹象" if lang == "zh" else "typical signs of fraud") in out and "jdneg scam check T1" in out


def test_a_letter_without_signs_is_not_called_safe(gold: Run) -> None:
    flags = ("--via", "邮寄", "--from", "某律所", "--at", "昨天", "--text", "请来函联系。")
    assert "scam.line_no_signal" in codes(gold("log-letter", "L1", *flags, "--json", code=0))
