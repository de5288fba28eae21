"""``letter``: drafts from the journal's facts alone; what was sent is frozen."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from cli_world import Run
from command_world import OLD, THREAT, WRITTEN, codes, failed, files_below, journal, one_line

KINDS = [
    *("dispute", "request-info", "agency-authorisation", "proposal", "confirm", "contact-preference"),
    "stop-third-party",
    "reply",
]


@pytest.fixture
def case(gold: Run, here: Path) -> Run:
    gold("profile", "set", "--name", "李某", "--phone", "13800000000", code=0)
    gold("evidence", "add", "合同.pdf", "--for", "L1", code=0)
    gold(
        "log-call",
        "L1",
        "--at",
        "昨晚9点半",
        "--number",
        "95118",
        "--said",
        THREAT,
        "--to-whom",
        "family",
        "--recording",
        "rec.m4a",
        code=0,
    )
    gold("claim", "add", "L1", "--at", "2026-11-20", "--total", "16480.55", "--principal", "14200", code=0)
    gold("budget", "set", "--income", "6200", "--rent", "1800", code=0)
    gold("negotiate", "open", "L1", "--goal", "延长24期", code=0)
    gold("negotiate", "offer", "G1", "--months", "24", "--waive", "penalty", code=0)
    gold("negotiate", "accept", "G1", "--offer", "1", "--oral", "--agent", "工号8812", code=0)
    return gold


def test_the_kinds(run: Run, lang: str) -> None:
    data = run("letter", "kinds", "--json", code=0).data
    assert [one["kind"] for one in data["kinds"]] == KINDS
    assert ("账务异议函" in run("letter", "kinds", code=0).out) == (lang == "zh")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_drafted_in_chinese_from_facts(case: Run, here: Path, lang: str, kind: str) -> None:
    flags = ["--case", "G1"] if kind in ("proposal", "confirm") else ["--loan", "L1"]
    if kind == "reply":
        came = case(
            "log-letter", "L1", "--via", "sms", "--from", "1069", "--at", "昨天10点", "--text", "请还款", "--json"
        )
        flags = ["--letter", came.data["id"]]
    ran = case("letter", "draft", kind, *flags, "-o", "函.md", "--json", code=0)
    assert (
        set(ran.data) == WRITTEN | {"missing", "path"}
        and ran.data["id"] == ("T2" if kind == "reply" else "T1")
        and ran.data["path"] == "函.md"
    )
    text = (here / "函.md").read_text(encoding="utf-8")
    assert ran.data["record"]["text"] == text and ran.data["record"]["kind"] == kind
    assert "重庆京东盛际小额贷款有限公司" in text and "李某" in text and "L1" not in text.partition("\n")[0]
    assert ran.data["missing"] == ran.data["record"].get("missing", []) == [
        blank for blank in ran.data["missing"] if f"【待填：{blank}】" in text
    ]  # fmt: skip
    assert ("paper.to_fill_in" in codes(ran)) == bool(ran.data["missing"])
    assert (here / "函.md").stat().st_mode & 0o077 == 0


def test_docx_is_written_whole(case: Run, here: Path) -> None:
    assert (
        case("letter", "draft", "dispute", "--loan", "L1", "-o", "异议函.docx", "--json", code=0).data["path"]
        == "异议函.docx"
    )
    with zipfile.ZipFile(here / "异议函.docx") as found:
        text = found.read("word/document.xml").decode()
    assert "16,480.55" in text or "16480.55" in text
    assert not list(here.glob(".jdneg-*"))


def test_without_a_file_it_is_shown(case: Run, lang: str) -> None:
    out = case("letter", "draft", "request-info", "--loan", "L1", code=0).out
    assert "重庆京东盛际小额贷款有限公司" in out and "T1" in out.splitlines()[0]


def test_sent_freezes_what_it_rests_on(case: Run) -> None:
    case("letter", "draft", "dispute", "--loan", "L1", code=0)
    flags = ("--at", "今天9点半", "--via", "EMS", "--tracking", "1234")
    record = case("letter", "sent", "T1", *flags, "--json", code=0).data["record"]
    assert (record["sent_at"], record["via"], record["tracking"]) == ("2026-11-21T09:30:00+08:00", "EMS", "1234")
    assert {one["id"] for one in record["frozen"]} == set(record["cites"])
    assert all(len(one["payload_sha256"]) == 64 for one in record["frozen"])
    before = record["frozen"]
    case("claim", "add", "L1", "--at", "2026-11-21", "--total", "5", code=0)
    case("loan", "amend", "L1", "--set", "note=x", "--reason", "y", code=0)
    assert case("letter", "show", "T1", "--json", code=0).data["record"]["frozen"] == before
    assert failed(case("letter", "sent", "T1", *flags, "--json", code=2)) == "bad_state"


def test_list_undo_redo(case: Run) -> None:
    case("letter", "draft", "dispute", "--loan", "L1", code=0)
    case("letter", "sent", "T1", "--at", "今天9点", "--via", "EMS", code=0)
    case("undo", code=0)
    assert "sent_at" not in case("letter", "list", "--json", code=0).data["letters"][0]
    case("undo", code=0)
    assert case("letter", "list", "--json", code=0).data == {"letters": []}
    case("redo", code=0)
    case("redo", code=0)
    assert case("letter", "list", "--json", code=0).data["letters"][0]["via"] == "EMS"


def test_preferences_are_kept_as_terms(case: Run) -> None:
    flags = ("--hours", "09:00-18:00", "--channel", "sms，email", "--no-third-party")
    record = case("letter", "draft", "contact-preference", "--loan", "L1", *flags, "--json", code=0).data["record"]
    assert record["terms"] == {"hours": "09:00-18:00", "channels": ["sms", "email"], "no_third_party": True}


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("draft", "poem", "--loan", "L1"), "bad_choice", 2),
        (("draft", "dispute"), "missing_flags", 2),
        (("draft", "dispute", "--loan", "L9"), "not_found", 3),
        (("draft", "confirm", "--loan", "L1", "--case", "G9"), "not_found", 3),
        (("draft", "dispute", "--loan", "L1", "-o", "x.pdf"), "unknown_format", 2),
        (("draft", "dispute", "--loan", "L1", "-o", "x"), "unknown_format", 2),
        (("draft", "dispute", "--loan", "L1", "-o", "合同.md"), "output_exists", 2),
        (("draft", "dispute", "--loan", "L1", "-o", "none/x.md"), "disk_failed", 5),
        (("sent", "T9", "--at", "今天9点", "--via", "EMS"), "not_found", 3),
        (("sent", "T1", "--at", "明天", "--via", "EMS"), "future_time", 2),
        (("sent", "T1", "--at", "改天", "--via", "EMS"), "bad_time", 2),
        (("show", "L1"), "bad_id", 2),
    ],
)
def test_what_cannot_be(
    gold: Run, here: Path, world: Path, zh: str, words: tuple[str, ...], code: str, exit_code: int
) -> None:
    (here / "合同.md").write_text("mine")
    before, files, mine = journal(world), files_below(world), set(here.iterdir())
    assert failed(gold("letter", *words, "--json", code=exit_code)) == code
    said = gold("letter", *words, code=exit_code)
    assert said.out == "" and said.err.splitlines()[-1].startswith("出错：")
    assert journal(world) == before and files_below(world) == files
    assert set(here.iterdir()) == mine and (here / "合同.md").read_text() == "mine"


def test_a_confirmation_needs_an_agreement(run: Run, lang: str) -> None:
    run(*OLD, code=0)
    run("negotiate", "open", "L1", "--goal", "x", code=0)
    ran = run("letter", "draft", "confirm", "--case", "G1", "--json", code=2)
    assert failed(ran) == "bad_offer" and "jdneg negotiate accept G1" in ran.json["errors"][0]["message"]


def test_words_of_others_are_text_in_a_letter(gold: Run, here: Path, lang: str) -> None:
    """Markup, formulas and templates in what they said stay what they are."""
    hostile = "# 标题 [a](http://x) {{ 7*7 }} {% raw %} <b>粗</b> =1+1 [red]红[/red]"
    gold(
        "log-call",
        "L1",
        "--at",
        "昨天9点",
        "--to-whom",
        "family",
        "--said",
        hostile,
        "--agency",
        "{{ loan }}",
        code=0,
    )
    gold("letter", "draft", "stop-third-party", "--loan", "L1", "-o", "函.md", code=0)
    text = (here / "函.md").read_text(encoding="utf-8")
    assert "49" not in text and "\n# 标题" not in text and "](http" not in text.replace("\\](http", "")
    one_line(gold("letter", "draft", "stop-third-party", "--loan", "L1", "-o", "函.md", code=2), lang)


def test_the_confirmation_names_every_loan_every_waiver_and_the_call_of_the_case(gold: Run, here: Path) -> None:
    """The call was logged without a loan; the agreement is about two."""
    gold("loan", "add", "--lender", "乙银行", "--kind", "bank", "--principal", "500", "--start", "2026-06-10", code=0)
    gold("negotiate", "open", "L1,L2", "--goal", "一起还", code=0)
    gold("log-call", "--at", "今天9点", "--agent", "8812", "--said", "罚息可以减八成，利息减三百", code=0)
    terms = (
        "--months",
        "12",
        "--monthly",
        "700",
        "--pause",
        "2",
        "--due-day",
        "10",
        "--waive",
        "penalty=80%,利息=300",
    )
    gold("negotiate", "offer", "G1", "--by", "lender", *terms, code=0)
    gold("negotiate", "accept", "G1", "--offer", "1", "--oral", "--contact", "C1", code=0)
    gold("letter", "draft", "confirm", "--case", "G1", "-o", "确认.md", code=0)
    text = Path("确认.md").read_text(encoding="utf-8")
    assert "罚息可以减八成，利息减三百" in text and "8812" in text
    assert "罚息（违约金）的80%、利息¥300" in text.replace("\\", "") and "2个月，其后开始还款" in text
    assert "同一方案还涉及：乙银行" in text and "2027年2月10日" in text
    proposal = gold("letter", "draft", "proposal", "--case", "G1", code=0).out
    assert "同一方案还涉及：乙银行" in proposal


def test_a_proposal_without_anything_left_asks_for_a_pause(gold: Run) -> None:
    gold("budget", "set", "--income", "3000", "--rent", "1800", "--food", "1500", code=0)
    drafted = gold("letter", "draft", "proposal", "--loan", "L1", "--json", code=0)
    text = gold("letter", "show", drafted.data["id"], code=0).out
    assert "每月缺口" in text and "暂停还款3个月" in text and "每期还款" not in text
    assert not any(label.startswith(("期数", "每期", "首期")) for label in drafted.data["record"]["missing"])
    assert {"letter.asks_for_pause", "plan.free_help"} <= {one["code"] for one in drafted.json["messages"]}
    gold("negotiate", "open", "L1", "--goal", "x", code=0)
    gold("negotiate", "offer", "G1", "--months", "24", "--monthly", "300", code=0)
    offered = gold("letter", "draft", "proposal", "--loan", "L1", "--case", "G1", code=0).out
    assert "暂停还款" not in offered and "¥300.00" in offered


def test_a_goal_in_anger_is_told_before_the_letter_goes_out(gold: Run, lang: str) -> None:
    gold("negotiate", "open", "L1", "--goal", "你们这帮骗子不给延期我就曝光你们", code=0)
    told = gold("letter", "draft", "proposal", "--case", "G1", code=0).err
    assert "骗子" in told and {"zh": "寄出前", "en": "Plain words"}[lang] in told
    gold("negotiate", "open", "L1", "--goal", "延长24期", code=0)
    heated = {"zh": "寄出前", "en": "Plain words"}[lang]
    assert heated not in gold("letter", "draft", "proposal", "--case", "G2", code=0).err
