"""Make ``terminal.png``, the README's picture, from the program's real output. Needs Chromium and a Noto CJK font.

Run from the checkout: ``python docs/picture.py``.
"""

from __future__ import annotations

import html
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
QUIET = (
    "loan add --lender 示例小额贷款有限公司 --kind microlender --product 金条 --principal 20000 --rate 0.05%/day"
    " --start 2026-03-10 --term 12 --due-day 10 --method equal-payment --penalty-factor 1.5"
    " --penalty-base overdue_principal",
    "pay L1 1836.91 --at 2026-04-10",
    "claim add L1 --at 2026-11-20 --total 23480.55 --principal 18500 --interest 2312 --penalty 2668.55 --source sms",
)
SHOWN = (
    "log-call L1 --at 昨晚22点17分 --number 01000000001 --agent 工号3301"
    ' --said "再不还就打电话到你单位" --result 挂断',
    "contact list",
    "verify L1",
)
STYLE = """
body { margin: 0; padding: 22px 26px; background: #16181d; color: #e6e6e6; width: 1130px }
pre { margin: 0; font: 15px/1.5 "Noto Sans Mono CJK SC", monospace; white-space: pre-wrap }
b { color: #8fd18f; font-weight: normal }
"""
LONGEST = 18  # lines of one command's output


def main() -> int:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.stderr.write("Chromium is needed to draw the picture\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(_page(Path(folder) / "home"), encoding="utf-8")
        command = [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
            "--disable-background-networking", f"--user-data-dir={folder}/profile", "--hide-scrollbars",
            "--window-size=1182,740", f"--screenshot={HERE / 'terminal.png'}", page.as_uri(),
        ]  # fmt: skip
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return 0


def _page(home: Path) -> str:
    for command in QUIET:
        _run(command, home)
    shown = "\n".join(f"<b>$ jdneg {html.escape(one)}</b>\n{html.escape(_clipped(_run(one, home)))}" for one in SHOWN)
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><pre>{shown}</pre>"


def _run(command: str, home: Path) -> str:
    env = {**os.environ, "JDNEG_HOME": str(home), "JDNEG_NOW": "2026-11-21T10:00:00+08:00", "PYTHONUTF8": "1"}
    argv = [sys.executable, "-m", "jdneg", "--lang", "zh", *shlex.split(command)]
    done = subprocess.run(argv, env=env, capture_output=True, encoding="utf-8", check=False)
    return done.stdout


def _clipped(text: str) -> str:
    lines = text.rstrip().splitlines()
    return "\n".join(lines[:LONGEST] + (["…"] if len(lines) > LONGEST else [])) + "\n"


if __name__ == "__main__":
    sys.exit(main())
