"""``jdneg demo``: a whole case in a throw-away home, by the same commands a user types."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jdneg.commands.shared.options import Text
from jdneg.errors import DemoFailed
from jdneg.i18n import language, pick, t
from jdneg.result import Result
from jdneg.session import Session, expanded
from jdneg.values import dataclass

_DATA = Path(__file__).parents[2] / "data" / "demo"
_FINE = (0, 1)  # 1: something was found, which a demo is there to show


@dataclass(frozen=True, slots=True)
class Played:
    """One command of the demo and what it printed."""

    title: str
    command: str
    exit_code: int
    output: str


def demo(session: Session, output: Text = None) -> Result:
    from jdneg.blocks import Facts, Paragraph

    out = _fresh(expanded(output) if output else Path("jdneg-demo"))
    played = []
    with tempfile.TemporaryDirectory(prefix="jdneg-demo-") as home:
        for one in _play(Path(home), out):
            played.append(one)
            session.ports.echo(f"\n# {one.title}\n$ {one.command}\n{one.output}")
            if one.exit_code not in _FINE:
                raise DemoFailed(command=one.command, exit_code=one.exit_code)
    _report(out, played)
    files = sorted(str(path.relative_to(out)) for path in out.iterdir())
    data = {
        "folder": str(out),
        "files": files,
        "steps": [{"command": one.command, "exit_code": one.exit_code, "output": one.output} for one in played],
    }
    rows = tuple((name, t("demo.left")) for name in files)
    return Result(data, (Paragraph(t("demo.done", count=len(played), folder=str(out))), Facts(rows)))


def _fresh(wanted: Path) -> Path:
    """A folder of that name that did not exist: what is there is never written over."""
    from jdneg.storage.files import system_errors

    path, number = wanted, 1
    with system_errors(wanted):
        while path.exists():
            number += 1
            path = wanted.with_name(f"{wanted.name}-{number}")
        path.mkdir(parents=True)
    return path


def _play(home: Path, out: Path) -> Iterator[Played]:
    script = tomllib.loads((_DATA / "case.toml").read_text(encoding="utf-8"))
    env = {**os.environ, "JDNEG_HOME": str(home / "home"), "JDNEG_NOW": script["now"], "PYTHONUTF8": "1"}
    # The same jdneg as this one, wherever the user stands.
    places = [str(Path(__file__).parents[3]), *filter(None, [env.get("PYTHONPATH")])]
    env["PYTHONPATH"] = os.pathsep.join(places)
    for step in script["step"]:
        for words in step["run"]:
            yield _run(pick(step["title"]), words, {"files": str(_DATA), "out": str(out)}, env)


def _run(title: str, words: list[str], places: dict[str, str], env: dict[str, str]) -> Played:
    """One command in a process of its own, just as a user would run it."""
    filled = [word.format(**places) if "{" in word else word for word in words]
    argv = [sys.executable, "-m", "jdneg", "--lang", language(), "--no-input", *filled]
    done = subprocess.run(  # noqa: S603 -- our own program, our own script
        argv, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", check=False,
    )  # fmt: skip
    return Played(title, "jdneg " + " ".join(_quoted(word) for word in filled), done.returncode, done.stdout)


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word or not word else word


def _report(out: Path, played: list[Any]) -> None:
    """The whole run as one page, so that it can be read again."""
    from jdneg.blocks import Block, Heading, Paragraph, Preformatted
    from jdneg.documents.html import page
    from jdneg.documents.writers import save

    blocks: list[Block] = [Paragraph(t("demo.invented"))]
    title = ""
    for one in played:
        if one.title != title:
            blocks.append(Heading(one.title, 2))
        title = one.title
        blocks.append(Preformatted(f"$ {one.command}\n{one.output}".rstrip()))
    save(out / "report.html", page(t("demo.report"), blocks, language()).encode())
