"""``evidence``: files into the vault byte for byte; the same file twice is one."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from cli_world import Run
from command_world import WRITTEN, codes, failed, files_below, journal, one_line


def test_taken_in_byte_for_byte(gold: Run, here: Path, world: Path, lang: str) -> None:
    source = here / "合同.pdf"
    os.utime(source, (1_700_000_000, 1_700_000_000))
    raw, stat = source.read_bytes(), source.stat()
    flags = ("--for", "L1", "--original", "京东APP→合同", "--proves", "金额", "--pages", "3", "--note", "x")
    data = gold("evidence", "add", "合同.pdf", *flags, "--json", code=0).data
    digest = hashlib.sha256(raw).hexdigest()
    assert set(data) == WRITTEN and data["id"] == "E1" and data["record"] == {
        "sha256": digest, "name": "合同.pdf", "size": len(raw), "modified_at": "2023-11-14T22:13:20+00:00",
        "media_type": "application/pdf", "original": "京东APP→合同", "supports": ["L1"], "proves": "金额", "pages": 3,
        "note": "x",
    }  # fmt: skip
    kept = world / "vault" / digest[:2] / digest
    assert kept.read_bytes() == raw and kept.stat().st_mode & 0o777 == 0o400
    assert (
        source.read_bytes() == raw
        and source.stat().st_mtime == stat.st_mtime
        and source.stat().st_mode == stat.st_mode
    )
    out = gold("evidence", "show", "E1", code=0).out
    assert digest in out and "京东APP→合同" in out


def test_the_same_file_twice_is_one(gold: Run, here: Path, world: Path, lang: str) -> None:
    gold("evidence", "add", "合同.pdf", "--for", "L1", code=0)
    (here / "copy.pdf").write_bytes((here / "合同.pdf").read_bytes())
    before, files = journal(world), files_below(world)
    again = gold("evidence", "add", "copy.pdf", "--for", "L1", "--json", code=0)
    assert set(again.data) == WRITTEN and (again.data["id"], again.data["batch"], again.data["undo"]) == (
        "E1",
        None,
        None,
    )
    assert codes(again) == ["evidence.same_file"] and again.data["record"]["name"] == "合同.pdf"
    assert journal(world) == before and files_below(world) == files
    said = gold("evidence", "add", "copy.pdf", code=0)
    assert said.out == "" and "E1" in said.err


def test_the_same_file_may_support_more(gold: Run, here: Path) -> None:
    gold("evidence", "add", "合同.pdf", "--for", "L1", code=0)
    gold("log-call", "L1", "--at", "昨天", code=0)
    more = gold("evidence", "add", "合同.pdf", "--for", "C1，l1", "--json", code=0)
    assert more.data["id"] == "E1" and more.data["record"]["supports"] == ["L1", "C1"]
    assert gold("history", "E1", "--json", code=0).data["entries"][1]["op"] == "amend"
    gold("undo", code=0)
    assert gold("evidence", "show", "E1", "--json", code=0).data["record"]["supports"] == ["L1"]


def test_list_and_undo(gold: Run, here: Path, world: Path) -> None:
    gold("evidence", "add", "合同.pdf", "--for", "L1", "--original", "App", code=0)
    digest = hashlib.sha256((here / "合同.pdf").read_bytes()).hexdigest()
    assert gold("evidence", "list", "--lang", "zh", code=0).out == (
        "编号   名称       大小（字节）   支持   原件存放处   SHA-256\n"
        "-----------------------------------------------------------------\n"
        f"E1     合同.pdf             27   L1     App          {digest[:12]}\n"
    )
    gold("undo", code=0)
    assert gold("evidence", "list", "--json", code=0).data == {"exhibits": []}
    gold("redo", code=0)
    assert [one["sha256"] for one in gold("evidence", "list", "--json", code=0).data["exhibits"]] == [digest]
    gold("doctor", code=0)


def test_a_large_file_is_streamed(gold: Run, here: Path, world: Path) -> None:
    block = os.urandom(1 << 20)
    with (here / "long.mp4").open("wb") as file:
        for _ in range(9):
            file.write(block)
        file.write(b"end")
    record = gold("evidence", "add", "long.mp4", "--json", code=0).data["record"]
    assert record["size"] == 9 * (1 << 20) + 3
    assert record["sha256"] == hashlib.sha256((here / "long.mp4").read_bytes()).hexdigest()


def test_an_empty_file_and_a_strange_name(gold: Run, here: Path) -> None:
    (here / "..\x1b[31m[red]%s{x}.txt").write_bytes(b"")
    record = gold("evidence", "add", "..\x1b[31m[red]%s{x}.txt", "--json", code=0).data["record"]
    assert record["size"] == 0 and record["name"] == "..\x1b[31m[red]%s{x}.txt"
    assert "..\\x1b[31m[red]%s{x}.txt" in gold("evidence", "list", code=0).out


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("no.pdf",), "file_missing", 3),
        ((".",), "bad_foreign_file", 2),
        (("合同.pdf/x",), "file_missing", 3),
        (("合同.pdf", "--for", "L9"), "not_found", 3),
        (("合同.pdf", "--for", "the loan"), "bad_id", 2),
        (("合同.pdf", "--pages", "0"), "bad_choice", 2),
        (("合同.pdf", "--pages", "-1"), "below_least", 2),
    ],
)
def test_what_cannot_be(
    gold: Run, here: Path, world: Path, zh: str, words: tuple[str, ...], code: str, exit_code: int
) -> None:
    before, files = journal(world), files_below(world)
    assert failed(gold("evidence", "add", *words, "--json", code=exit_code)) == code
    one_line(gold("evidence", "add", *words, code=exit_code), zh)
    assert journal(world) == before and files_below(world) == files


def test_a_changed_vault_file_is_found(gold: Run, here: Path, world: Path, lang: str) -> None:
    digest = gold("evidence", "add", "合同.pdf", "--json", code=0).data["record"]["sha256"]
    kept = world / "vault" / digest[:2] / digest
    kept.chmod(0o600)
    kept.write_bytes(b"forged")
    ran = gold("doctor", "--json", code=4)
    assert ran.json["status"] == "error" and any(digest[:8] in str(one) for one in ran.data["problems"])
    assert failed(gold("evidence", "add", "合同.pdf", "--json", code=4)) == "vault_broken"
    one_line(gold("evidence", "add", "合同.pdf", code=4), lang)
