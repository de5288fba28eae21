from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from jdneg.errors import BadForeignFile, FileMissing, VaultBroken
from jdneg.storage.vault import Vault


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    (tmp_path / "home").mkdir()
    return Vault(tmp_path / "home")


def a_file(tmp_path: Path, name: str = "合同 [1].PDF", content: bytes = b"%PDF \x00\xff\r\n") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    os.utime(path, ns=(0, 1_763_600_000_123_456_000))
    return path


def test_byte_for_byte_private_and_read_only(vault: Vault, tmp_path: Path) -> None:
    path = a_file(tmp_path)
    before = path.stat()
    taken = vault.add(path)
    digest = sha256(path.read_bytes()).hexdigest()
    assert (taken.sha256, taken.size, taken.name, taken.media_type) == (digest, 9, "合同 [1].PDF", "application/pdf")
    assert taken.modified_at.isoformat() == "2025-11-20T00:53:20.123456+00:00"
    place = vault.folder / digest[:2] / digest
    assert vault.path(digest) == place
    assert place.stat().st_mode & 0o777 == 0o400
    assert place.parent.stat().st_mode & 0o777 == 0o700
    with vault.open(digest) as file:
        assert file.read() == path.read_bytes()
    after = path.stat()
    assert (after.st_ino, after.st_mode, after.st_mtime_ns) == (before.st_ino, before.st_mode, before.st_mtime_ns)


def test_the_same_bytes_twice_are_one(vault: Vault, tmp_path: Path) -> None:
    first = vault.add(a_file(tmp_path, "a.m4a"))
    second = vault.add(a_file(tmp_path, "b.m4a"))
    assert (first.sha256, first.name, second.name) == (second.sha256, "a.m4a", "b.m4a")
    assert list(vault.digests()) == [first.sha256]
    assert not list(vault.folder.glob(".incoming-*"))


def test_an_empty_file_and_a_large_one(vault: Vault, tmp_path: Path) -> None:
    for content in (b"", os.urandom(3 << 20)):
        taken = vault.add(a_file(tmp_path, "x", content))
        assert (taken.size, taken.sha256) == (len(content), sha256(content).hexdigest())
        vault.verify(taken.sha256)


def test_damage_is_told_and_never_repaired_in_silence(vault: Vault, tmp_path: Path) -> None:
    path = a_file(tmp_path)
    digest = vault.add(path).sha256
    vault.path(digest).chmod(0o600)
    vault.path(digest).write_bytes(b"changed")
    for ask in (lambda: vault.verify(digest), lambda: vault.add(path)):
        with pytest.raises(VaultBroken):
            ask()
    assert vault.path(digest).read_bytes() == b"changed"
    vault.path(digest).unlink()
    for ask in (lambda: vault.verify(digest), lambda: vault.open(digest)):
        with pytest.raises(VaultBroken):
            ask()
    assert vault.add(path).sha256 == digest


def test_what_is_no_file_is_refused(vault: Vault, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileMissing):
        vault.add(tmp_path / "nowhere.pdf")
    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(BadForeignFile):
            vault.add(path)
    assert not vault.folder.exists()


def test_a_name_that_is_no_text_becomes_one(vault: Vault, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xba\xcf\xcd\xac.pdf"  # GBK
    with Path(os.fsdecode(path)).open("wb"):
        pass
    assert vault.add(os.fsdecode(path)).name.encode("utf-8").endswith(b".pdf")
