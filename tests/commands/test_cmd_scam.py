"""``scam check`` and ``directory``: verdicts, exit codes, nothing unconfirmed told as true."""

from __future__ import annotations

from pathlib import Path

from cli_world import Run

CANCEL = "我是京东客服，你的白条需要注销，否则影响征信"


def test_a_text_without_a_journal(run: Run, world: Path, lang: str) -> None:
    ran = run("scam", "check", "--text", CANCEL, "--json", code=1)
    data = ran.json["data"]
    assert data["verdict"] == "scam_likely" and ran.json["status"] == "findings"
    assert all({"id", "quote", "reason"} <= set(one) and one["quote"] in CANCEL for one in data["signals"])
    assert len(data["actions"]) >= 5 and not world.exists()


def test_no_signal_is_not_safe(run: Run, lang: str) -> None:
    ran = run("scam", "check", "--text", "您的账单已出", code=0)
    assert ("不等于可信" if lang == "zh" else "does not make it genuine") in ran.out
    assert "安全" not in ran.out.replace("安全账户", "") and " safe" not in ran.out


def test_suspicious_is_exit_1(run: Run) -> None:
    assert run("scam", "check", "--number", "17012345678", "--json", code=1).json["data"]["verdict"] == "suspicious"


def test_nothing_given(run: Run) -> None:
    assert "--text" in run("scam", "check", code=2).err
    assert "--text" in run("scam", "check", "--text", "  ", code=2).err


def test_questions_before_paying_a_helper(run: Run, lang: str) -> None:
    assert run("scam", "check", "--helper", "--json", code=0).json["data"]["questions"]
    ran = run("scam", "check", "--helper", "--text", "专业债务优化，加微信，先付定金", code=1)
    assert "12378" in ran.out


def test_a_logged_contact(run: Run) -> None:
    run("init", "--no-input", code=0)
    run("log-call", "--at", "昨天10点", "--number", "19212345678", "--said", CANCEL, code=0)
    data = run("scam", "check", "C1", "--json", code=1).json["data"]
    assert {"cancel_or_credit", "number_reseller"} <= {one["id"] for one in data["signals"]}
    assert run("scam", "check", "C9", code=3).out == ""
    assert run("scam", "check", "L1", code=2).out == ""


def test_a_number_proves_nothing(run: Run, lang: str) -> None:
    words = "伪造" if lang == "zh" else "faked"
    assert words in run("scam", "check", "--number", "95118", code=0).err
    run("directory", "confirm", "95118", "--how", "App客服页", "--by", "本人", code=0)
    ran = run("scam", "check", "--number", "95118", "--json", code=0)
    assert ran.json["data"]["verdict"] == "no_signal"
    assert [one["code"] for one in ran.json["messages"]] == ["scam.number_confirmed"]
    assert words in ran.json["messages"][0]["text"]


def test_what_is_no_number_gets_no_answer(run: Run) -> None:
    assert run("scam", "check", "--number", "abc", "--json", code=2).json["errors"][0]["code"] == "no_phone_number"
    run("scam", "check", "--number", "未知号码", "--json", code=0)
    run("scam", "check", "--number", "９５１１８", "--json", code=0)


def test_hostile_text(run: Run) -> None:
    ran = run("scam", "check", "--text", f"[bold]\x1b[31m{CANCEL} 😀 ../../x", code=1)
    assert "\x1b" not in ran.out


def test_the_directory_from_reported_to_confirmed_to_stale(run: Run, lang: str) -> None:
    rows = run("directory", "list", "--json", code=0).json["data"]["entries"]
    assert rows and {one["state"] for one in rows} == {"unconfirmed"}
    made = run("directory", "confirm", "95118", "--how", "App客服页", "--by", "本人", "--json", code=0).json["data"]
    assert made["id"] == "A1"
    shown = run("directory", "show", "A1", "--json", code=0).json["data"]
    assert (shown["state"], shown["confirmed_by"], shown["how"]) == ("confirmed", "本人", "App客服页")
    assert shown["entry"] == "jd-finance" and shown["steps"]
    later = run("directory", "show", "95118", "--as-of", "2027-11-21", "--json", code=0).json
    assert later["data"]["state"] == "stale" and later["messages"][0]["code"] == "directory.stale_warning"
    earlier = run("directory", "show", "95118", "--as-of", "2026-11-01", "--json", code=0).json["data"]
    assert earlier["state"] == "unconfirmed"
    run("directory", "confirm", "A1", "--how", "再看一次", "--by", "本人", "--at", "2026-11-20", code=0)
    run("undo", code=0)
    run("undo", code=0)
    assert run("directory", "show", "95118", "--json", code=0).json["data"]["state"] == "unconfirmed"


def test_an_entry_of_ones_own(run: Run) -> None:
    made = run(
        "directory", "add", "--name", "某小贷", "--value", "https://xd.example.com/a", "--kind", "site", code=0
    )
    assert "A1" in made.out
    words = "【某银行】账户异常，点击 https://xd.example.com/b 认证"
    assert run("scam", "check", "--text", words, "--json", code=1).json["data"]["verdict"] == "scam_likely"
    run("directory", "confirm", "A1", "--how", "合同第一页", "--by", "本人", code=0)
    run("scam", "check", "--text", words, code=0)
    assert run("directory", "show", "A7", code=3).out == ""
    assert run("directory", "add", "--name", " ", "--value", "1", code=2).out == ""
    assert run("directory", "add", "--name", "甲", "--value", "1", "--kind", "x", code=2).out == ""
