"""A pipe, a device or a folder where a file should be is refused at once, never waited for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from cli_world import Run
from command_world import failed, journal

from jdneg.documents.bundle_verify import verify_bag

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no pipes with a name")


@pytest.fixture(params=["pipe", "folder", "device"])
def no_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "x.xml"
    if request.param == "pipe":
        os.mkfifo(path)
    elif request.param == "folder":
        path.mkdir()
    else:
        path = Path("/dev/null")
    return path


def test_what_is_no_file_is_refused(gold: Run, world: Path, no_file: Path) -> None:
    before = journal(world)
    for words in (
        ("evidence", "add", str(no_file)),
        ("import", "sms", str(no_file)),
        ("log-call", "L1", "--at", "2026-11-20 10:00", "--said-file", str(no_file)),
        ("log-call", "L1", "--at", "2026-11-20 10:00", "--said", "x", "--recording", str(no_file)),
    ):
        assert failed(gold(*words, "--json", code=2)) == "bad_foreign_file"
    assert journal(world) == before


def test_a_pipe_is_no_bundle(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "bag.zip")
    assert verify_bag(tmp_path / "bag.zip").result == "invalid"
    assert run("bundle", "verify", str(tmp_path / "bag.zip")).code == 4
