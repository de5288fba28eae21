"""What a creditor is given stands on one page; a word processor counts, where there is one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from cli_world import Run

LINES = [
    *("budget", "set", "--weekly", "500", "--weekday", "5", "--irregular", "800", "--irregular", "1200"),
    *("--rent", "1500", "--food", "1200", "--medical", "300", "--because", "medical=降压药", "--dependants", "2"),
    *("--one-off", "学费=1200@2027-02-20", "--one-off", "门诊=300@2027-03-20"),
    *("--expected", "2027-03-01:5000", "--reserve", "100"),
]


@pytest.fixture
def written(gold: Run, here: Path) -> Run:
    """Both statements of a month that lacks 33.33: the budget's, and the agreement's with ten instalments."""
    gold("evidence", "add", "rec.m4a", "--for", "L1", code=0)
    gold(*LINES, code=0)
    gold("negotiate", "open", "L1", "--goal", "延期", code=0)
    gold("negotiate", "offer", "G1", "--by", "lender", "--months", "10", "--monthly", "2200", code=0)
    terms = ("--offer", "1", "--evidence", "合同.pdf", "--first-due", "2027-01-31", "--grace-days", "3")
    gold("negotiate", "accept", "G1", *terms, code=0)
    gold("budget", "statement", "--for", "L1", "--materials", "E1", "-o", "收支.docx", code=0)
    gold("plan", "track", "G1", "-o", "履行.docx", code=0)
    return gold


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("name", ["收支", "履行"])
def test_set_close(name: str) -> None:
    page = docx.Document(f"{name}.docx")
    body, edge = page.styles["Normal"], page.sections[0].top_margin
    assert body.font.size is not None and body.font.size.pt <= 10
    assert edge is not None and edge.mm <= 15


@pytest.mark.slow
@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("name", ["收支", "履行"])
def test_one_page_by_a_word_processor(here: Path, name: str) -> None:
    office = os.environ.get("SOFFICE") or shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    where = f"-env:UserInstallation={(here / 'office').as_uri()}"
    command = [office, where, "--headless", "--convert-to", "pdf", "--outdir", str(here), f"{name}.docx"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
    made = here / f"{name}.pdf"
    if not made.exists():
        pytest.skip(f"LibreOffice has no Writer here: {done.stderr.strip()[-80:]}")
    assert len(re.findall(rb"/Type\s*/Page\b", made.read_bytes())) == 1  # its pages are plain objects


def test_a_reserve_that_is_not_there_is_told(written: Run, lang: str) -> None:
    shown = written("budget", "statement", "--for", "L1", code=0)
    assert ("应急储备（打算留 100.00）" if lang == "zh" else "Reserve (wished for: 100.00)") in shown.out
    assert ("打算每月留 100.00 元" if lang == "zh" else "The reserve of 100.00 yuan is not there") in shown.err
    kept = written("budget", "set", "--income", "3100", "--rent", "3000", "--reserve", "100", code=0)
    assert "打算" not in kept.out and "wished" not in kept.out
