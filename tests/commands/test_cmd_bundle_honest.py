"""What may leave in a bundle, and what the bundle says of it: drafts, withdrawals, purposes, the collector's number."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from cli_world import Run

PROFILES = ("lawyer", "association")
COLLECTOR = "13987654321"
AUNT = "13612345678"


def everything(bag: Path) -> bytes:
    """All bytes of all files, those inside a workbook too."""
    found = []
    for path in sorted(bag.rglob("*")):
        if path.is_file():
            found.append(str(path.relative_to(bag)).encode() + b"\n" + path.read_bytes())
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                found += [book.read(name) for name in book.namelist()]
    return b"\n".join(found)


def export(run: Run, here: Path, profile: str, *flags: str) -> tuple[Path, dict[str, object]]:
    ran = run("export", "bundle", "--profile", profile, "-o", "out", *flags, "--json", code=0)
    return here / ran.data["path"], ran.data


def rows(bag: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((bag / name).read_text(encoding="utf-8-sig"), newline="")))


@pytest.fixture
def file(gold: Run, here: Path) -> Run:
    """A loan with its contract and a call from a mobile; nothing drafted yet."""
    gold("evidence", "add", "合同.pdf", "--for", "L1", code=0)
    call = ("--at", "2026-11-20 21:30", "--number", COLLECTOR, "--agent", "工号3301")
    gold("log-call", "L1", *call, "--said", f"回拨{COLLECTOR}", "--recording", "rec.m4a", code=0)
    return gold


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("flags", [(), ("--loan", "L1")])
def test_nothing_but_evidence_leaves(file: Run, here: Path, profile: str, flags: tuple[str, ...]) -> None:
    file("log-call", "L1", "--at", "2026-11-19 10:00", "--said", "哨兵甲", code=0)
    file("letter", "draft", "dispute", "--loan", "L1", "--recipient", "哨兵乙", code=0)
    file("complain", "draft", "--to", "platform", "--loan", "L1", code=0)
    file("contact", "withdraw", "C2", "--reason", "记错", code=0)
    file("budget", "set", "--income", "7777", "--note", "哨兵丙", "--spend", "哨兵丁=300", code=0)
    bag, _ = export(file, here, profile, *flags)
    whole = everything(bag).decode("utf-8", "replace")
    for sentinel in ("哨兵甲", "哨兵乙", "哨兵丙", "哨兵丁"):
        assert sentinel not in whole, sentinel
    records = json.loads((bag / "meta/records.json").read_text(encoding="utf-8"))["records"]
    assert {one["kind"] for one in records} == {"loan", "contact", "exhibit"}
    assert not (bag / "06-函件").exists() and not (bag / "07-投诉").exists()


def test_a_paper_that_left_stays_and_the_bundle_says_so(file: Run, here: Path) -> None:
    file("log-call", "L1", "--at", "2026-11-20 23:10", "--said", "哨兵：再不还就上门打你", code=0)
    file("complain", "draft", "--to", "platform", "--loan", "L1", code=0)
    file("complain", "filed", "K1", "--no", "7", "--at", "2026-11-21 09:50", code=0)
    ran = file("contact", "withdraw", "C2", "--reason", "记错", "--json", code=0)
    assert [one["code"] for one in ran.data["warnings"]] == ["app.withdrawn_cited"]
    bag, data = export(file, here, "lawyer")
    assert "pack.quoted" in [one["code"] for one in data["warnings"]]
    (row,) = rows(bag, "withheld.csv")
    assert row["记录号"] == "C2" and "K1 引用过它" in row["原因"]
    paper = next((bag / "07-投诉").iterdir()).read_text(encoding="utf-8")
    assert "哨兵" in paper
    assert "可能提到后来撤回的内容" in (bag / "meta/method.md").read_text(encoding="utf-8")


def test_what_cites_a_file_does_not_say_what_it_is(file: Run, here: Path) -> None:
    file("complain", "draft", "--to", "platform", "--loan", "L1", code=0)
    for filed in (False, True):
        if filed:
            file("complain", "filed", "K1", "--no", "7", "--at", "2026-11-21 09:50", code=0)
        bag, _ = export(file, here, "lawyer", *(("--loan", "L1") if filed else ()))
        found = {row["记录号"]: row for row in rows(bag, "02-证据目录.csv")}
        assert (found["E1"]["分组"], found["E1"]["证明目的"]) == ("合同与借款", "【待填】")
        assert (found["E2"]["分组"], found["E2"]["证明目的"]) == (
            "催收", "反映 2026-11-20 21:30 的电话联系及其内容",
        )  # fmt: skip


def test_nobody_corrected_anything(file: Run, here: Path) -> None:
    for words in (
        ("negotiate", "open", "L1", "--goal", "延期"),
        ("negotiate", "offer", "G1", "--months", "24", "--monthly", "820"),
        ("letter", "draft", "dispute", "--loan", "L1"),
        ("letter", "sent", "T1", "--at", "2026-11-21 09:30", "--via", "EMS"),
        ("complain", "draft", "--to", "platform", "--loan", "L1"),
        ("complain", "filed", "K1", "--no", "7", "--at", "2026-11-21 09:50"),
        ("evidence", "add", "合同.pdf", "--for", "C1"),
    ):
        file(*words, code=0)
    bag, _ = export(file, here, "lawyer")
    assert "更正过" not in (bag / "03-时间线.csv").read_text(encoding="utf-8-sig")
    records = json.loads((bag / "meta/records.json").read_text(encoding="utf-8"))["records"]
    assert [one["id"] for one in records if one["amended"]] == []
    file("contact", "amend", "C1", "--set", "agent=工号3302", "--reason", "听错", code=0)
    assert "更正过" in (export(file, here, "lawyer", "--loan", "L1")[0] / "03-时间线.csv").read_text("utf-8-sig")


def test_history_speaks_in_words(file: Run, lang: str) -> None:
    file("negotiate", "open", "L1", "--goal", "延期", code=0)
    file("negotiate", "offer", "G1", "--months", "24", "--monthly", "820", code=0)
    out = file("history", "G1", code=0).out
    assert "{" not in out and "[" not in out
    assert ("进展" if lang == "zh" else "step") in out and "820.00" in out
    assert [one["step"] for one in file("history", "G1", "--json", code=0).data["entries"]] == [False, True]


def test_the_collectors_number_is_the_evidence(file: Run, here: Path) -> None:
    family = ("--to-whom", "family", "--third-party", "李芳", "--told-by", "李芳", "--number", AUNT)
    file("log-call", "L1", "--at", "2026-11-19 15:00", *family, "--said", f"转告他回{COLLECTOR}", code=0)
    text = everything(export(file, here, "association")[0]).decode("utf-8", "replace")
    assert COLLECTOR in text and "工号3301" in text
    assert AUNT not in text and "李芳" not in text


def test_what_was_undone_was_not_withdrawn(file: Run, here: Path) -> None:
    file("log-call", "L1", "--at", "2026-11-19 10:00", "--said", "打错了", code=0)
    file("undo", code=0)
    file("log-call", "L1", "--at", "2026-11-19 11:00", "--said", "又错了", code=0)
    file("contact", "withdraw", "C3", "--reason", "听错", code=0)
    file("undo", code=0)
    bag, data = export(file, here, "lawyer")
    assert (data["withheld"], data["withdrawn"], rows(bag, "withheld.csv")) == (0, [], [])
    file("redo", code=0)
    bag, data = export(file, here, "lawyer", "--loan", "L1")
    assert (data["withheld"], data["withdrawn"]) == (0, ["C3"])
    assert "听错" in rows(bag, "withheld.csv")[0]["原因"]
    summary = (bag / "01-摘要.md").read_text(encoding="utf-8")
    assert "1 条记录由本人撤回" in summary and "件证据没有放入" not in summary


def test_a_bundle_of_one_loan_does_not_tell_of_another(file: Run, here: Path) -> None:
    second = ("loan", "add", "--lender", "乙", "--kind", "bank", "--principal", "1", "--start", "2026-01-01")
    file(*second, code=0)
    file("log-call", "L2", "--at", "2026-11-19 10:00", "--said", "x", code=0)
    file("contact", "withdraw", "C2", "--reason", "哨兵：另一笔", code=0)
    assert "哨兵" not in everything(export(file, here, "lawyer", "--loan", "L1")[0]).decode("utf-8", "replace")


@pytest.mark.parametrize("kept", [False, True])
def test_a_letter_without_its_final_file_is_shown_as_a_draft(file: Run, here: Path, kept: bool) -> None:
    (here / "寄出.pdf").write_bytes(b"%PDF-1.4 final")
    file("letter", "draft", "dispute", "--loan", "L1", code=0)
    flags = ("--file", "寄出.pdf") if kept else ()
    file("letter", "sent", "T1", "--at", "2026-11-21 09:30", "--via", "EMS", *flags, code=0)
    bag, _ = export(file, here, "lawyer")
    text = next((bag / "06-函件").iterdir()).read_text(encoding="utf-8")
    assert text.splitlines()[0] == (
        "> 草稿原文；实际寄出的成品是证据 3-1" if kept else "> 草稿原文（寄出时另存的成品未附）"
    )
