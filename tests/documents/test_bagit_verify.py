"""Judging bags: the conformance suite, and what may be done to one of ours after it was made."""

from __future__ import annotations

import os
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from jdneg.documents.bagit import FolderSink, ZipSink, from_bytes, write_bag
from jdneg.documents.bundle_verify import BagReport, verify_bag
from jdneg.errors import FileMissing

SUITE = Path(__file__).resolve().parents[2].parent / "shared" / "samples" / "bagit" / "suite"
CASES = sorted(one for one in SUITE.glob("v*/*/*/")) if SUITE.is_dir() else []
# The folder we were given lost this bag's .DS_Store, as its name foretells.
LOST = {"special-system-files": {"data/.DS_Store"}}


@pytest.mark.skipif(not CASES, reason="no BagIt conformance suite beside the project")
@pytest.mark.parametrize("bag", CASES, ids=lambda one: "/".join(one.parts[-3:]))
def test_the_conformance_suite(bag: Path) -> None:
    report = verify_bag(bag)
    if bag.name in LOST and not (bag / "data/.DS_Store").exists():
        assert {one.path for one in report.problems} == LOST[bag.name]
    elif bag.parent.name in ("valid", "warning"):
        assert (report.result, report.problems) == ("ok", ())
        assert report.warnings or bag.parent.name == "valid"
    else:
        assert report.result != "ok"
        assert report.problems


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    root = tmp_path / "bag"
    root.mkdir()
    payload = [from_bytes("data/1-1_合同.pdf", b"%PDF"), from_bytes("data/4-1_录音.m4a", b"sound")]
    tags = [from_bytes("02-证据目录.csv", b"x"), from_bytes("meta/records.json", b"{}")]
    write_bag(FolderSink(root), payload, lambda _: tags, [("Bagging-Date", "2026-11-22")])
    return root


def problems(report: BagReport) -> set[tuple[str, str]]:
    return {(one.path, one.problem) for one in report.problems}


def flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.write_bytes(raw)


@pytest.mark.parametrize(
    ("deed", "result", "named"),
    [
        (lambda bag: flip(bag / "data/4-1_录音.m4a"), "altered", {("data/4-1_录音.m4a", "altered")}),
        (lambda bag: flip(bag / "02-证据目录.csv"), "altered", {("02-证据目录.csv", "altered")}),
        (lambda bag: flip(bag / "bag-info.txt"), "altered", {("bag-info.txt", "altered")}),
        (lambda bag: (bag / "data/1-1_合同.pdf").unlink(), "missing", {("data/1-1_合同.pdf", "missing")}),
        (
            lambda bag: shutil.rmtree(bag / "data"),
            "missing",
            {("data/1-1_合同.pdf", "missing"), ("data/4-1_录音.m4a", "missing")},
        ),
        (lambda bag: (bag / "meta/records.json").unlink(), "missing", {("meta/records.json", "missing")}),
        (lambda bag: (bag / "bagit.txt").unlink(), "missing", {("bagit.txt", "missing")}),
        (lambda bag: (bag / "manifest-sha256.txt").unlink(), "missing", {("manifest-sha256.txt", "missing")}),
        (lambda bag: (bag / "tagmanifest-sha256.txt").unlink(), "missing", {("tagmanifest-sha256.txt", "missing")}),
        (lambda bag: (bag / "data/new.txt").write_text("x"), "extra", {("data/new.txt", "extra")}),
        (lambda bag: (bag / "note.txt").write_text("x"), "extra", {("note.txt", "extra")}),
        (lambda bag: (bag / "meta/more.json").write_text("x"), "extra", {("meta/more.json", "extra")}),
        (
            lambda bag: (bag / "data/4-1_录音.m4a").rename(bag / "data/4-2_录音.m4a"),
            "missing",
            {("data/4-1_录音.m4a", "missing"), ("data/4-2_录音.m4a", "extra")},
        ),
    ],
)
def test_each_thing_done_to_our_bag_is_named(
    bag: Path, deed: Callable[[Path], object], result: str, named: set[tuple[str, str]]
) -> None:
    assert verify_bag(bag).result == "ok"
    deed(bag)
    report = verify_bag(bag)
    assert (report.result, problems(report)) == (result, named)


def test_all_faults_are_listed_at_once(bag: Path) -> None:
    flip(bag / "data/4-1_录音.m4a")
    (bag / "data/1-1_合同.pdf").unlink()
    (bag / "note.txt").write_text("x")
    report = verify_bag(bag)
    assert problems(report) == {
        ("data/4-1_录音.m4a", "altered"),
        ("data/1-1_合同.pdf", "missing"),
        ("note.txt", "extra"),
    }
    assert report.result == "altered"


def test_a_changed_size_in_bag_info_is_seen_even_without_a_tagmanifest(bag: Path) -> None:
    info = bag / "bag-info.txt"
    info.write_text(info.read_text().replace("Payload-Oxum: 9.2", "Payload-Oxum: 8.2").replace("Jdneg-Tag", "X-Tag"))
    (bag / "tagmanifest-sha256.txt").unlink()
    assert problems(verify_bag(bag)) == {("bag-info.txt", "altered")}


def test_other_peoples_bags_need_no_tagmanifest_and_may_hold_more_root_files(bag: Path) -> None:
    info = bag / "bag-info.txt"
    info.write_text(info.read_text().replace("Jdneg-Tagmanifest: required\n", ""))
    (bag / "tagmanifest-sha256.txt").unlink()
    (bag / "note.txt").write_text("x")
    assert verify_bag(bag).result == "ok"


def test_several_manifests_are_all_checked(bag: Path) -> None:
    import hashlib

    good = hashlib.md5(b"%PDF").hexdigest()
    (bag / "manifest-md5.txt").write_text(f"{good}  data/1-1_合同.pdf\n{'0' * 32}  data/4-1_录音.m4a\n", "utf-8")
    report = verify_bag(bag)
    assert ("data/4-1_录音.m4a", "altered") in problems(report)
    assert ("data/1-1_合同.pdf", "altered") not in problems(report)


@pytest.mark.parametrize(
    "line",
    ["data/../../etc/passwd", "/etc/passwd", "C:\\x", "data\\x", "~/x", "outside.txt", "data//x"],
)
def test_a_manifest_that_points_outside_is_invalid_and_nothing_outside_is_read(bag: Path, line: str) -> None:
    (bag.parent / "outside.txt").write_text("x")
    with (bag / "manifest-sha256.txt").open("a") as out:
        out.write(f"{'0' * 64}  {line}\n")
    report = verify_bag(bag)
    assert report.result == "invalid"
    assert (line, "invalid") in problems(report)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_and_pipes_are_refused_and_never_followed(bag: Path) -> None:
    (bag / "data/4-1_录音.m4a").unlink()
    (bag / "data/4-1_录音.m4a").symlink_to("/dev/zero")
    (bag / "loop").symlink_to(bag)
    os.mkfifo(bag / "data/pipe")
    found = problems(verify_bag(bag))
    assert {("data/4-1_录音.m4a", "invalid"), ("loop", "invalid"), ("data/pipe", "invalid")} <= found


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="this user reads everything")
def test_what_cannot_be_read_is_unverifiable(bag: Path) -> None:
    (bag / "data/4-1_录音.m4a").chmod(0)
    assert problems(verify_bag(bag)) == {("data/4-1_录音.m4a", "unverifiable")}


def test_a_hash_we_do_not_know_is_unverifiable(bag: Path) -> None:
    info = bag / "bag-info.txt"
    info.write_text(info.read_text().replace("Jdneg-Tagmanifest: required\n", ""))
    (bag / "tagmanifest-sha256.txt").unlink()
    (bag / "manifest-sha256.txt").rename(bag / "manifest-whirlpool.txt")
    report = verify_bag(bag)
    assert (report.result, problems(report)) == ("unverifiable", {("manifest-whirlpool.txt", "unverifiable")})


def test_a_file_still_to_be_fetched_is_unverifiable_and_nothing_is_fetched(bag: Path) -> None:
    info = bag / "bag-info.txt"
    info.write_text(info.read_text().replace("Jdneg-Tagmanifest: required\n", ""))
    (bag / "tagmanifest-sha256.txt").unlink()
    (bag / "data/1-1_合同.pdf").unlink()
    (bag / "fetch.txt").write_text("http://localhost:1/x - data/1-1_合同.pdf\n", "utf-8")
    assert problems(verify_bag(bag)) == {("data/1-1_合同.pdf", "unverifiable")}


# -- zips


def pack(bag: Path, target: Path, top: str = "bag/") -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for one in sorted(bag.rglob("*")):
            if one.is_file():
                archive.write(one, top + one.relative_to(bag).as_posix())
    return target


@pytest.mark.parametrize("top", ["bag/", ""])
def test_a_zip_is_read_where_it_lies(bag: Path, tmp_path: Path, top: str) -> None:
    report = verify_bag(pack(bag, tmp_path / "bag.zip", top))
    assert (report.result, report.files) == ("ok", 8)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["bag", "bag.zip"]


def test_a_flipped_byte_in_a_zip_names_its_file(tmp_path: Path) -> None:
    path = tmp_path / "bag.zip"
    with zipfile.ZipFile(path, "w") as archive:
        write_bag(ZipSink(archive, "b"), [from_bytes("data/a.txt", b"UNIQUE-CONTENT")], lambda _: [], [])
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"UNIQUE-CONTENT", b"UNIQUE-CONTENU"))
    assert problems(verify_bag(path)) == {("data/a.txt", "altered")}


def test_what_lies_beside_the_bag_in_a_zip_is_extra(bag: Path, tmp_path: Path) -> None:
    path = pack(bag, tmp_path / "bag.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("else.txt", "x")
    assert problems(verify_bag(path)) == {("else.txt", "extra")}


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/evil.txt", "bag/data/../../evil.txt", "C:/evil.txt", "bag\\evil.txt"]
)
def test_zip_slip_is_refused(bag: Path, tmp_path: Path, name: str) -> None:
    path = pack(bag, tmp_path / "bag.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), "x")
    report = verify_bag(path)
    assert report.result == "invalid"
    assert (name, "invalid") in problems(report)


def test_a_link_in_a_zip_is_refused(bag: Path, tmp_path: Path) -> None:
    path = pack(bag, tmp_path / "bag.zip")
    entry = zipfile.ZipInfo("bag/data/link")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(entry, "/etc/passwd")
    assert verify_bag(path).result == "invalid"


def test_a_zip_that_would_swell_beyond_reason_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jdneg.documents.bag_source.SMALL_ENOUGH", 1 << 20)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bag/bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        archive.writestr("bag/data/zero", b"\0" * (4 << 20))
    assert problems(verify_bag(path)) == {(".", "invalid")}


def test_too_many_files_are_refused(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jdneg.documents.bag_source.MOST_FILES", 5)
    assert problems(verify_bag(bag)) == {(".", "invalid")}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no", b"hello"])
def test_a_file_that_is_no_zip_is_invalid(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    assert problems(verify_bag(tmp_path / "x.zip")) == {("x.zip", "invalid")}


def test_an_empty_folder_is_no_bag_and_nothing_is_not_found(tmp_path: Path) -> None:
    assert verify_bag(tmp_path).result == "invalid"
    with pytest.raises(FileMissing):
        verify_bag(tmp_path / "absent")


@pytest.mark.parametrize("encoding", ["punycode", "rot13", "no-such", "unicode_escape"])
def test_an_encoding_that_is_none_is_invalid(bag: Path, encoding: str) -> None:
    (bag / "bagit.txt").write_text(f"BagIt-Version: 1.0\nTag-File-Character-Encoding: {encoding}\n")
    assert ("bagit.txt", "invalid") in problems(verify_bag(bag))
