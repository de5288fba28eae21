"""``export bundle`` and ``bundle verify``: everything out, whole, and every fault by name."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from cli_world import Run
from command_world import THREAT, failed, files_below, journal, one_line

KEYS = {
    *("path", "profile", "files", "manifest_sha256", "tagmanifest_sha256", "missing", "third_parties", "withheld"),
    *("warnings", "withdrawn"),
}


@pytest.fixture
def case(gold: Run, here: Path) -> Run:
    gold("evidence", "add", "合同.pdf", "--for", "L1", "--original", "京东APP→合同", code=0)
    flags = ("--number", "13812345678", "--to-whom", "family", "--third-party", "张三丰", "--told-by", "张三丰")
    gold(
        "log-call",
        "L1",
        "--at",
        "昨晚9点半",
        "--said",
        THREAT + "13812345678",
        *flags,
        "--recording",
        "rec.m4a",
        code=0,
    )
    gold("claim", "add", "L1", "--at", "2026-11-20", "--total", "16480.55", code=0)
    gold("log-call", "L1", "--at", "昨天", "--note", "不该留下的话", code=0)
    gold("contact", "withdraw", "C2", "--reason", "记错", code=0)
    return gold


@pytest.fixture
def bag(case: Run, here: Path) -> Path:
    ran = case("export", "bundle", "--profile", "lawyer", "-o", "out", "--json", code=0)
    return here / ran.data["path"]


def test_a_bundle_that_others_can_check(case: Run, here: Path, world: Path, lang: str) -> None:
    before = journal(world)
    ran = case("export", "bundle", "--profile", "lawyer", "-o", "out/", "--json", code=0)
    assert set(ran.data) == KEYS and ran.data["profile"] == "lawyer"
    bag = here / ran.data["path"]
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--quiet", "--strict", "-c", manifest], cwd=bag, check=True)
    texts = {path: path.read_bytes() for path in bag.rglob("*") if path.is_file()}
    originals = (here / "合同.pdf").read_bytes(), (here / "rec.m4a").read_bytes()
    assert all(one in texts.values() for one in originals)  # byte for byte
    whole = b"".join(texts.values()).decode("utf-8", "replace")
    assert "不该留下的话" not in whole and "证据目录" in whole and "京东APP→合同" in whole
    assert ran.data["third_parties"] == ["张三丰"]
    assert journal(world) == before  # reading leaves no trace
    assert case("bundle", "verify", str(bag), "--json", code=0).data == {
        "result": "ok", "files": ran.data["files"], "problems": [], "warnings": [],
    }  # fmt: skip


def test_the_association_gets_no_third_party(case: Run, here: Path) -> None:
    ran = case("export", "bundle", "--profile", "association", "-o", "out", "--json", code=0)
    bag = here / ran.data["path"]
    assert ran.data["withheld"] >= 1
    for path in bag.rglob("*"):
        if path.is_file():
            text = path.read_bytes().decode("utf-8", "replace")
            assert "张三丰" not in text and "13812345678" not in text, path
    case("bundle", "verify", str(bag), code=0)


def test_third_parties_are_listed_before_writing(case: Run, lang: str) -> None:
    ran = case("export", "bundle", "--profile", "lawyer", "-o", "out", code=0)
    assert "张三丰" in ran.err
    assert "pack.third_parties" in [
        one["code"]
        for one in case("export", "bundle", "--profile", "lawyer", "-o", "out2", "--json", code=0).data["warnings"]
    ]


def test_zip(case: Run, here: Path) -> None:
    ran = case("export", "bundle", "--profile", "lawyer", "--zip", "-o", "out", "--json", code=0)
    path = here / ran.data["path"]
    assert path.suffix == ".zip" and zipfile.ZipFile(path).testzip() is None
    assert case("bundle", "verify", str(path), "--json", code=0).data["result"] == "ok"


def test_one_loan_alone(case: Run, here: Path) -> None:
    case("loan", "add", "--lender", "另一家银行", "--principal", "77777", "--start", "2026-01-01", code=0)
    ran = case("export", "bundle", "--profile", "lawyer", "--loan", "L1", "-o", "out", "--json", code=0)
    bag = here / ran.data["path"]
    assert "L1" in bag.name
    assert not any("77777" in path.read_text(errors="replace") for path in bag.rglob("*.md"))


def test_one_case_alone(case: Run, here: Path) -> None:
    case("loan", "add", "--lender", "示例小额贷款有限公司", "--principal", "77777", "--start", "2026-01-01", code=0)
    case("negotiate", "open", "L1", "--goal", "延期", code=0)
    case("negotiate", "open", "L2", "--goal", "别的事", code=0)
    case("log-call", "L1", "--at", "昨天", "--case", "G1", "--said", "可以先停三个月", code=0)
    terms = ("--months", "18", "--monthly", "820", "--pause", "3", "--waive", "penalty", "--waive", "interest=50%")
    case("negotiate", "offer", "G1", *terms, code=0)
    case("negotiate", "accept", "G1", "--offer", "1", "--oral", code=0)
    ran = case("export", "bundle", "--profile", "lawyer", "--case", "G1", "-o", "out", "--json", code=0)
    bag = here / ran.data["path"]
    text = (path for path in bag.rglob("*") if path.suffix in (".md", ".csv", ".json", ".jsonl"))
    pages = "\n".join(path.read_text(errors="replace") for path in text)
    assert "G1" in bag.name and "可以先停三个月" in pages
    assert "77777" not in pages and "别的事" not in pages and THREAT[:6] not in pages
    assert all(words in pages for words in ("先停 3 个月", "利息减免 50%", "共 18 期", "14,760.00"))
    assert case("bundle", "verify", str(bag), "--json", code=0).data["result"] == "ok"
    both = case(
        "export", "bundle", "--profile", "lawyer", "--case", "G1", "--loan", "L1", "-o", "two", "--json", code=2
    )
    assert failed(both) == "both_given"


# Faults by name


def test_a_flipped_byte(case: Run, bag: Path, lang: str) -> None:
    original = next(path for path in (bag / "data").rglob("*") if path.is_file() and path.suffix == ".pdf")
    raw = bytearray(original.read_bytes())
    raw[3] ^= 1
    original.chmod(0o600)
    original.write_bytes(raw)
    ran = case("bundle", "verify", str(bag), "--json", code=4)
    assert ran.json["status"] == "error" and ran.data["result"] == "altered"
    (problem,) = ran.data["problems"]
    assert set(problem) == {"path", "problem", "detail"} and problem["path"] == original.relative_to(bag).as_posix()
    assert original.name in case("bundle", "verify", str(bag), code=4).out


def test_a_missing_and_an_extra_file(case: Run, bag: Path, here: Path) -> None:
    shutil.copytree(bag, here / "two")
    next((bag / "data").rglob("*.pdf")).unlink()
    assert case("bundle", "verify", str(bag), "--json", code=4).data["result"] == "missing"
    (here / "two" / "data" / "extra.txt").write_text("x")
    ran = case("bundle", "verify", "two", "--json", code=4)
    assert ran.data["result"] == "extra" and ran.data["problems"][0]["path"] == "data/extra.txt"


def test_a_removed_tagmanifest(case: Run, bag: Path) -> None:
    (bag / "tagmanifest-sha256.txt").unlink()
    ran = case("bundle", "verify", str(bag), "--json", code=4)
    assert ran.data["result"] == "missing" and ran.data["problems"][0]["path"] == "tagmanifest-sha256.txt"


def test_verify_needs_no_journal(case: Run, bag: Path, world: Path) -> None:
    shutil.rmtree(world)
    assert case("bundle", "verify", str(bag), "--json", code=0).data["result"] == "ok"
    assert not world.exists()


@pytest.mark.parametrize(
    ("path", "code", "exit_code"), [("nowhere", "file_missing", 3), ("合同.pdf/x", "file_missing", 3)]
)
def test_no_bundle_there(run: Run, here: Path, lang: str, path: str, code: str, exit_code: int) -> None:
    assert failed(run("bundle", "verify", path, "--json", code=exit_code)) == code
    one_line(run("bundle", "verify", path, code=exit_code), lang)


@pytest.mark.parametrize("path", ["合同.pdf", "."])
def test_what_is_no_bundle(run: Run, here: Path, path: str) -> None:
    ran = run("bundle", "verify", path, "--json", code=4)
    assert ran.data["result"] == "invalid" and ran.data["problems"]


# Names and places


def test_a_lenders_name_leaves_no_folder(run: Run, here: Path, lang: str) -> None:
    """``../../x`` as lender, product, exhibit's name, profile's name: text inside, never a path."""
    evil = "../../x"
    (here / "_.._.._y.pdf").write_bytes(b"%PDF-1.4")
    flags = ("--product", "..\\..\\y", "--contract-no", "/etc/passwd", "--principal", "5", "--start", "2026-01-01")
    run("loan", "add", "--lender", evil, *flags, code=0)
    run("profile", "set", "--name", "../../z", code=0)
    run("evidence", "add", "_.._.._y.pdf", "--for", "L1", "--proves", "../../p", code=0)
    run("log-call", "L1", "--at", "昨天9点", "--said", "x", "--agency", "../../a", code=0)
    before = {path for path in here.parent.rglob("*") if path.is_file()}
    ran = run("export", "bundle", "--profile", "lawyer", "--loan", "L1", "-o", "deep/out", "--json", code=0)
    fresh = {path for path in here.parent.rglob("*") if path.is_file()} - before
    bag = here / ran.data["path"]
    assert fresh and all(path.is_relative_to(bag) for path in fresh)
    assert all(".." not in path.relative_to(bag).parts for path in fresh)
    run("bundle", "verify", str(bag), code=0)
    zipped = run("export", "bundle", "--profile", "lawyer", "--loan", "L1", "--zip", "-o", "z", "--json", code=0)
    names = zipfile.ZipFile(here / zipped.data["path"]).namelist()
    assert not any(name.startswith("/") or ".." in Path(name).parts or "\\" in name for name in names)
    for kind in ("dispute", "request-info"):
        run("letter", "draft", kind, "--loan", "L1", "-o", f"{kind}.md", code=0)


def test_what_is_there_is_never_written_over(case: Run, bag: Path, here: Path, lang: str) -> None:
    before = {path: path.read_bytes() for path in bag.rglob("*") if path.is_file()}
    ran = case("export", "bundle", "--profile", "lawyer", "-o", "out", "--json", code=2)
    assert failed(ran) == "output_exists"
    assert {path: path.read_bytes() for path in bag.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("flags", "code", "exit_code"),
    [
        (("--profile", "newspaper", "-o", "out"), "bad_choice", 2),
        (("--profile", "lawyer", "--loan", "L9", "-o", "out"), "not_found", 3),
        (("--profile", "lawyer", "-o", "合同.pdf"), "disk_failed", 5),
        (("--profile", "lawyer", "-o", "合同.pdf/deep"), "disk_failed", 5),
    ],
)
def test_what_cannot_be(
    case: Run, here: Path, world: Path, zh: str, flags: tuple[str, ...], code: str, exit_code: int
) -> None:
    before, files, mine = journal(world), files_below(world), set(here.rglob("*"))
    assert failed(case("export", "bundle", *flags, "--json", code=exit_code)) == code
    said = case("export", "bundle", *flags, code=exit_code)
    assert said.out == "" and said.err.splitlines()[-1].startswith("出错：")
    assert journal(world) == before and files_below(world) == files and set(here.rglob("*")) == mine


def test_a_broken_original_stops_the_export(case: Run, here: Path, world: Path) -> None:
    for kept in (world / "vault").rglob("*"):
        if kept.is_file():
            kept.chmod(0o600)
            kept.write_bytes(b"forged")
    ran = case("export", "bundle", "--profile", "lawyer", "-o", "out", "--json", code=4)
    assert failed(ran) == "vault_broken"
    assert not (here / "out").exists() or not any((here / "out").iterdir())
