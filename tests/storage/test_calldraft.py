"""The draft of a call: on the disk line by line, private, held by one process, whole after a kill."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from jdneg.errors import DiskFailed
from jdneg.storage.calldraft import CallDraft, left_drafts


def test_a_draft_is_private_and_reads_back(tmp_path: Path) -> None:
    draft = CallDraft.create(tmp_path, "20261121-100000")
    draft.keep({"kind": "they", "text": "再不还\n就找你单位 \ud83d"})
    draft.keep({"kind": "me", "text": "请书面发来"})
    assert [line["kind"] for line in draft.lines()] == ["they", "me"]
    assert stat.S_IMODE(draft.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(draft.path.parent.stat().st_mode) == 0o700
    draft.close()


@pytest.mark.parametrize("torn", [b'{"kind": "me", "te', b"\xe5\x86", b"{}"])
def test_a_torn_line_is_passed_over_and_the_next_is_whole(tmp_path: Path, torn: bytes) -> None:
    draft = CallDraft.create(tmp_path, "x")
    draft.keep({"kind": "they"})
    draft.close()
    with draft.path.open("ab") as file:
        file.write(torn)
    (again,) = left_drafts(tmp_path)
    again.keep({"kind": "end"})
    assert [line.get("kind") for line in again.lines() if line] == ["they", "end"]
    again.close()


def test_only_one_process_writes_a_draft(tmp_path: Path) -> None:
    draft = CallDraft.create(tmp_path, "x")
    assert left_drafts(tmp_path) == []
    draft.close()
    (left,) = left_drafts(tmp_path)
    left.remove()
    assert left_drafts(tmp_path) == [] and not left.path.exists()


def test_every_line_is_there_after_a_kill(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from jdneg.storage.calldraft import CallDraft\n"
        f"draft = CallDraft.create(Path({str(tmp_path)!r}), 'x')\n"
        "for n in range(50): draft.keep({'kind': 'they', 'text': str(n)})\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    env = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    subprocess.run([sys.executable, "-c", code], env=env, check=False)
    (left,) = left_drafts(tmp_path)
    assert [line["text"] for line in left.lines()] == [str(n) for n in range(50)]
    left.close()


def test_a_full_disk_is_an_error_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = CallDraft.create(tmp_path, "x")

    def full(fd: int, data: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(DiskFailed):
        draft.keep({"kind": "they"})
    monkeypatch.undo()
    draft.close()


def test_a_link_is_no_draft(tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "secret").write_text("{}")
    (tmp_path / "drafts" / "call-x.jsonl").symlink_to(tmp_path / "secret")
    assert left_drafts(tmp_path) == []
