"""``demo``: a whole case in a throw-away home; what it leaves verifies by itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cli_world import Run
from command_world import failed

KEYS = {"folder", "files", "steps"}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_demo_plays_and_leaves_its_papers(run: Run, here: Path, world: Path, language: str) -> None:
    ran = run("demo", "--lang", language, "--json", code=0)
    assert set(ran.data) == KEYS and ran.data["folder"] == "jdneg-demo"
    left = set(ran.data["files"])
    assert {"协商结果确认函.docx", "账务异议函.docx", "停止联系第三人函.md", "投诉信.docx", "致消费者协会.md"} <= left
    assert {
        "report.html",
        "欠款核对.xlsx",
        "还款日历.ics",
        "联系规律.html",
        "还法比较.html",
        "bundle-L1-2026-11-21-lawyer",
        "bundle-L1-2026-11-21-association.zip",
    } <= left
    assert all(set(step) == {"command", "exit_code", "output"} for step in ran.data["steps"])
    assert {step["exit_code"] for step in ran.data["steps"]} == {0, 1}
    assert all(step["output"] for step in ran.data["steps"])
    assert not any(hint in step["output"] for step in ran.data["steps"] for hint in ("Traceback", "【app", "{id}"))
    bag = here / "jdneg-demo" / "bundle-L1-2026-11-21-lawyer"
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--quiet", "--strict", "-c", manifest], cwd=bag, check=True)
    report = (here / "jdneg-demo" / "report.html").read_text(encoding="utf-8")
    assert "<script" not in report and "http://" not in report and "https://" not in report
    assert not world.exists()  # the user's own home is never touched


def test_a_folder_that_is_there_is_left_alone(run: Run, here: Path) -> None:
    (here / "file").write_text("x")
    assert failed(run("demo", "-o", str(here / "file" / "deep"), "--json", code=5)) == "disk_failed"
    assert sorted(path.name for path in here.iterdir()) == ["file", "rec.m4a", "合同.pdf"]
