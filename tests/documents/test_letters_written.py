import os
import stat
from pathlib import Path

import pytest

from jdneg.blocks import Heading, Paragraph
from jdneg.documents.writers import write
from jdneg.errors import DiskFailed, OutputExists, UnknownFormat

BLOCKS = (Heading("题"), Paragraph("文"))


@pytest.mark.parametrize("name", ["异议函.md", "异议函.docx", "信.DOCX"])
def test_writes_by_ending_for_the_owner_only(tmp_path: Path, name: str) -> None:
    path = write(BLOCKS, tmp_path / name)
    assert path.stat().st_size > 0
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_refuses_other_endings(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat):
        write(BLOCKS, tmp_path / "信.pdf")
    assert not list(tmp_path.iterdir())


def test_never_writes_over_a_file_unless_told(tmp_path: Path) -> None:
    path = tmp_path / "信.md"
    path.write_text("旧", encoding="utf-8")
    with pytest.raises(OutputExists):
        write(BLOCKS, path)
    assert path.read_text(encoding="utf-8") == "旧"
    write(BLOCKS, path, force=True)
    assert path.read_text(encoding="utf-8") == "# 题\n\n文\n"
    assert [one.name for one in tmp_path.iterdir()] == ["信.md"]


def test_a_dangling_link_counts_as_there(tmp_path: Path) -> None:
    path = tmp_path / "信.md"
    path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(OutputExists):
        write(BLOCKS, path)


def test_a_folder_that_is_not_there_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(DiskFailed):
        write(BLOCKS, tmp_path / "none" / "信.md")
