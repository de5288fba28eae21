"""Our bags: written streamed, named safely, the same bytes each time, and accepted by the reference program."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from jdneg.documents.bag_manifest import decode_path
from jdneg.documents.bagit import BagFile, FolderSink, HashMoved, ZipSink, encode_path, from_bytes, write_bag
from jdneg.documents.bundle_verify import verify_bag
from jdneg.errors import UnsafeName

PAYLOAD = (from_bytes("data/合同 1.txt", "甲".encode()), from_bytes("data/sub/a b.bin", b"\0" * 10))
INFO = (("Bagging-Date", "2026-11-22"), ("Bag-Software-Agent", "jdneg\r\nPayload-Oxum: 0.0"))


def write(root: Path, payload: tuple[BagFile, ...] = PAYLOAD, tag: str = "01-摘要.md") -> Path:
    root.mkdir()
    write_bag(FolderSink(root), payload, lambda digest: [from_bytes(tag, digest.encode())], INFO)
    return root


def test_a_bag_is_what_the_standard_says(tmp_path: Path) -> None:
    bag = write(tmp_path / "bag")
    assert (bag / "bagit.txt").read_bytes() == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    info = (bag / "bag-info.txt").read_text(encoding="utf-8").splitlines()
    assert info == [
        "Bagging-Date: 2026-11-22",
        "Bag-Software-Agent: jdneg Payload-Oxum: 0.0",
        "Payload-Oxum: 13.2",
        "Jdneg-Tagmanifest: required",
    ]
    listed = [line.split("  ", 1)[1] for line in (bag / "tagmanifest-sha256.txt").read_text("utf-8").splitlines()]
    assert listed == ["01-摘要.md", "bag-info.txt", "bagit.txt", "manifest-sha256.txt"]
    assert verify_bag(bag).result == "ok"


def test_the_readers_of_the_tag_files_get_the_manifests_hash(tmp_path: Path) -> None:
    import hashlib

    bag = write(tmp_path / "bag")
    assert (bag / "01-摘要.md").read_text() == hashlib.sha256((bag / "manifest-sha256.txt").read_bytes()).hexdigest()


def test_the_reference_program_accepts_it(tmp_path: Path) -> None:
    pytest.importorskip("bagit")
    bag = write(tmp_path / "bag")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", str(bag)], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def test_a_zip_is_the_same_each_time_and_nothing_in_it_is_compressed(tmp_path: Path) -> None:
    made = []
    for name in ("one.zip", "two.zip"):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            write_bag(ZipSink(archive, "bag"), PAYLOAD, lambda _: [], INFO)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert verify_bag(tmp_path / "one.zip").result == "ok"


@pytest.mark.parametrize(
    "path",
    ["data/../x", "/data/x", "data//x", "data/./x", "x", "data\\x", "data/a\\b", "data/x\0", "../data/x"],
)
def test_a_payload_name_that_leaves_data_is_refused(path: str, tmp_path: Path) -> None:
    with pytest.raises(UnsafeName):
        write(tmp_path / "bag", (from_bytes(path, b""),))


@pytest.mark.parametrize(("one", "two"), [("a.txt", "A.TXT"), ("n\u0303.txt", "\u00f1.txt"), ("x", "x")])
def test_two_names_that_some_disk_takes_for_one_are_refused(one: str, two: str, tmp_path: Path) -> None:
    with pytest.raises(UnsafeName):
        write(tmp_path / "bag", (from_bytes(f"data/{one}", b""), from_bytes(f"data/{two}", b"")))


def test_names_are_written_in_composed_form(tmp_path: Path) -> None:
    bag = write(tmp_path / "bag", (from_bytes("data/n\u0303.txt", b""),))
    assert [one.name for one in (bag / "data").iterdir()] == ["\u00f1.txt"]


def test_percent_and_line_ends_are_encoded_and_read_back(tmp_path: Path) -> None:
    bag = write(tmp_path / "bag", (from_bytes("data/a%0Ab\nc.txt", b"x"),))
    assert (bag / "manifest-sha256.txt").read_text().endswith("  data/a%250Ab%0Ac.txt\n")
    assert verify_bag(bag).result == "ok"


@given(st.text(alphabet=st.sampled_from("a%\r\n025DAda汉"), max_size=12))
def test_decode_undoes_encode(name: str) -> None:
    encoded = encode_path(name)
    assert decode_path(encoded) == name
    assert "\n" not in encoded
    assert "\r" not in encoded


def test_a_source_that_is_not_what_was_said_stops_the_bag(tmp_path: Path) -> None:
    moved = BagFile("data/a", lambda: BytesIO(b"x"), "0" * 64)
    with pytest.raises(HashMoved):
        write(tmp_path / "bag", (moved,))


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.text(alphabet="abc汉 ._-", min_size=1, max_size=8), st.binary(max_size=64), max_size=5))
def test_whatever_is_written_verifies(files: dict[str, bytes]) -> None:
    import tempfile

    payload = tuple(from_bytes(f"data/{name}", content) for name, content in files.items() if name not in (".", ".."))
    with tempfile.TemporaryDirectory() as folder:
        report = verify_bag(write(Path(folder) / "bag", payload))
    assert (report.result, report.problems) == ("ok", ())
