"""``complain``: drafts with exhibit numbers; filing freezes what was cited."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_world import Run
from command_world import THREAT, WRITTEN, codes, failed, files_below, journal


@pytest.fixture
def case(gold: Run, here: Path) -> Run:
    gold("evidence", "add", "合同.pdf", "--for", "L1", "--proves", "借款金额", code=0)
    gold(
        "log-call",
        "L1",
        "--at",
        "昨晚22点17分",
        "--answered",
        "yes",
        "--said",
        THREAT,
        "--recording",
        "rec.m4a",
        code=0,
    )
    return gold


@pytest.mark.parametrize("to", ["platform", "xiaoxie"])
def test_a_draft_from_the_journals_facts(case: Run, here: Path, lang: str, to: str) -> None:
    ran = case("complain", "draft", "--to", to, "--loan", "L1", "-o", "投诉.md", "--json", code=0)
    assert set(ran.data) == WRITTEN | {"missing", "path"} and ran.data["id"] == "K1"
    text = (here / "投诉.md").read_text(encoding="utf-8")
    assert text == ran.data["record"]["text"] and ran.data["record"]["to"] == to
    assert "重庆京东盛际小额贷款有限公司" in text and "打电话到你单位" in text and "证据" in text
    assert "姓名" in ran.data["missing"] and "【待填：姓名】" in text
    assert {"C1", "E1", "L1"} <= set(ran.data["record"]["cites"])
    assert "complaint.own_name" in codes(ran)


def test_filing_freezes_what_was_cited(case: Run, lang: str) -> None:
    case("complain", "draft", "--to", "platform", "--loan", "L1", code=0)
    ran = case("complain", "filed", "K1", "--no", "2026112101", "--at", "今天9点50分", "--json", code=0)
    record = ran.data["record"]
    assert set(ran.data) == WRITTEN and (record["number"], record["filed_at"]) == (
        "2026112101",
        "2026-11-21T09:50:00+08:00",
    )
    assert {one["id"] for one in record["frozen"]} == set(record["cites"]) and codes(ran)
    case("contact", "amend", "C1", "--set", "note=x", "--reason", "y", code=0)
    assert case("complain", "show", "K1", "--json", code=0).data["record"]["frozen"] == record["frozen"]
    assert failed(case("complain", "filed", "K1", "--at", "今天9点50分", "--json", code=2)) == "bad_state"
    listed = case("complain", "list", "--json", code=0).data["complaints"]
    assert [(one["id"], one["number"]) for one in listed] == [("K1", "2026112101")]


def test_what_became_of_the_cited_since_is_shown(case: Run, lang: str) -> None:
    """The complaint keeps what it cited, and says what was moved or taken back after it went out."""
    case("loan", "add", "--lender", "乙行", "--principal", "1000", "--start", "2026-01-10", code=0)
    case("complain", "draft", "--to", "platform", "--loan", "L1", code=0)
    assert case("complain", "show", "K1", "--json", code=0).data["moved"] == {}
    case("complain", "filed", "K1", "--at", "今天9点50分", code=0)
    filed = case("complain", "show", "K1", "--json", code=0).data
    assert filed["moved"] == {} and filed["record"]["frozen"]
    case("contact", "amend", "C1", "--set", "loan=L2", "--reason", "记错", code=0)
    shown = case("complain", "show", "K1", "--json", code=0)
    assert shown.data["moved"] == {"C1": "changed"} and codes(shown) == ["paper.cite_changed"]
    assert shown.data["record"]["frozen"] == filed["record"]["frozen"]
    assert "history C1" in case("complain", "show", "K1", code=0).err
    case("contact", "withdraw", "C1", "--reason", "重复", code=0)
    assert case("complain", "show", "K1", "--json", code=0).data["moved"] == {"C1": "withdrawn"}


def test_undo_and_redo(case: Run) -> None:
    case("complain", "draft", "--to", "platform", "--loan", "L1", code=0)
    case("complain", "filed", "K1", "--at", "今天9点50分", code=0)
    case("undo", code=0)
    assert "filed_at" not in case("complain", "show", "K1", "--json", code=0).data["record"]
    case("undo", code=0)
    assert case("complain", "list", "--json", code=0).data == {"complaints": []}
    case("redo", code=0)
    case("redo", code=0)
    assert "frozen" in case("complain", "show", "K1", "--json", code=0).data["record"]


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("draft", "--to", "court", "--loan", "L1"), "bad_choice", 2),
        (("draft", "--to", "platform"), "missing_flags", 2),
        (("draft", "--to", "platform", "--loan", "L9"), "not_found", 3),
        (("draft", "--to", "platform", "--loan", "L1", "-o", "x.exe"), "unknown_format", 2),
        (("draft", "--to", "platform", "--loan", "L1", "-o", "none/x.docx"), "disk_failed", 5),
        (("filed", "K9", "--at", "今天9点"), "not_found", 3),
        (("filed", "K1", "--at", "2027-01-01"), "future_time", 2),
        (("show", "K"), "bad_id", 2),
    ],
)
def test_what_cannot_be(
    gold: Run, here: Path, world: Path, zh: str, words: tuple[str, ...], code: str, exit_code: int
) -> None:
    before, files, mine = journal(world), files_below(world), set(here.iterdir())
    assert failed(gold("complain", *words, "--json", code=exit_code)) == code
    said = gold("complain", *words, code=exit_code)
    assert said.out == "" and len(said.err.splitlines()) == 1
    assert journal(world) == before and files_below(world) == files and set(here.iterdir()) == mine


def test_what_a_case_about_a_payment_asks_for_stands_in_the_complaint(run: Run) -> None:
    run("loan", "add", "--lender", "某支付公司", "--product", "支付", code=0)
    more = ("--problem", "payment", "--loss", "399", "--order", "A123")
    run("negotiate", "open", "L1", "--goal", "退回重复扣款399元", *more, code=0)
    run("negotiate", "promise", "G1", "--by", "lender", "--what", "退回399元", "--due", "2026-11-25", code=0)
    made = run("complain", "draft", "--to", "platform", "--case", "G1", "--json", code=0).data
    text = made["record"]["text"]
    for words in ("退回重复扣款399元", "A123", "399.00", "退回399元（2026年11月25日）"):
        assert words in text, words
    assert "【待填：投诉请求】" not in text and "【待填：事实经过】" in text
    assert "G1" in made["record"]["cites"]


@pytest.mark.parametrize("to", ["platform", "xiaoxie"])
def test_the_complaint_holds_the_agreed_sums_what_was_promised_and_what_was_paid(
    gold: Run, here: Path, to: str
) -> None:
    gold("negotiate", "open", "L1", "--goal", "延长", code=0)
    gold("negotiate", "offer", "G1", "--by", "lender", "--months", "18", "--monthly", "850", "--first-due",
         "2026-12-10", code=0)  # fmt: skip
    promise = ("--promise", "lender:停止催收@2026-11-25")
    gold("negotiate", "accept", "G1", "--offer", "1", *promise, "--evidence", "合同.pdf", code=0)
    gold("negotiate", "promise", "G1", "--set", "1", "broken", code=0)
    gold("pay", "L1", "850", "--at", "2026-11-21", "--evidence", "rec.m4a", code=0)
    gold("complain", "draft", "--to", to, "--case", "G1", "-o", "k.md", code=0)
    text = Path("k.md").read_text(encoding="utf-8")
    assert "2026年12月10日至2028年5月10日分18期，每期¥850.00，合计¥15,300.00（见证据E1）" in text
    assert "其后本人记录的还款共1笔，合计¥850.00（见证据E2）" in text
    assert "被投诉方承诺：停止催收（2026年11月25日前）；据本人记录，没有履行" in text
    assert "结清证明" not in text


@pytest.mark.parametrize("to", ["platform", "xiaoxie"])
def test_the_complaint_about_a_settled_debt_says_so(gold: Run, here: Path, to: str) -> None:
    gold("pay", "L1", "21000", "--at", "2026-11-20", "--evidence", "rec.m4a", code=0)
    gold("loan", "close", "L1", "--at", "2026-11-20", code=0)
    gold("complain", "draft", "--to", to, "--loan", "L1", "-o", "k.md", code=0)
    text = Path("k.md").read_text(encoding="utf-8")
    assert "该笔借款已于2026年11月20日付清，本人记录的还款共1笔，合计¥21,000.00（见证据E1）" in text
    assert "出具结清证明" in text and "停止就该笔借款的催收" in text
    assert "【待填：投诉请求】" not in text and "【待填：事实经过】" not in text
