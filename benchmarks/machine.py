"""What is measured on, and whether it may be: without bytecode every start-up is three times as long."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

# Run in the measured interpreter, away from the checkout: where jdneg stands and which modules are not compiled.
_LOOK = """
import importlib.util, json, pathlib, sys, sysconfig
import jdneg, tinydb, typer
folders = [pathlib.Path(one.__file__).parent for one in (jdneg, tinydb, typer)]
sources = [path for folder in folders for path in folder.rglob("*.py")]
bare = [str(path) for path in sources if not pathlib.Path(importlib.util.cache_from_source(str(path))).exists()]
inside = pathlib.Path(sysconfig.get_path("purelib")) in folders[0].parents
hooks = [path.name for path in folders[2].parent.glob("*.pth") if "coverage" in path.name or "editable" in path.name]
print(json.dumps({"venv": sys.prefix != sys.base_prefix, "inside": inside, "bare": bare, "hooks": hooks}))
"""


def clean_environment() -> dict[str, str]:
    """Ours without what would change a start-up or a language."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JDNEG", "LC_"))}
    return kept | {"LANG": "C.UTF-8", "NO_COLOR": "1", "JDNEG_LANG": "zh", "JDNEG_NOW": "2026-11-21T10:00:00+08:00"}


def objections(folder: Path) -> tuple[list[str], list[str]]:
    """(what forbids measuring here, what makes it doubtful)."""
    found = subprocess.run(
        [sys.executable, "-c", _LOOK],
        env=clean_environment(),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if found.returncode:
        return [f"jdneg cannot be imported outside the checkout: {found.stderr.strip().splitlines()[-1]}"], []
    seen = json.loads(found.stdout)
    against, doubts = [], []
    if seen["bare"]:
        compile_it = f"{sys.executable} -m compileall -q {Path(seen['bare'][0]).parents[1]}"
        against.append(f"{len(seen['bare'])} modules have no bytecode, such as {seen['bare'][0]}; run {compile_it}")
    if not seen["inside"]:
        against.append("jdneg is not installed in this environment (an editable install does not count)")
    if not seen["venv"]:
        doubts.append("this is no virtual environment: a global interpreter may carry start-up hooks")
    if seen["hooks"]:
        doubts.append(f"this environment runs code at start-up: {', '.join(seen['hooks'])}")
    if os.environ.get("PYTHONDONTWRITEBYTECODE"):
        doubts.append("PYTHONDONTWRITEBYTECODE was set; the measured processes run without it")
    return against, doubts


def description() -> dict[str, str]:
    return {
        "date": time.strftime("%Y-%m-%d"),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "machine": f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}",
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
