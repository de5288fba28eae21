"""Write ``reference.md`` and ``reference.zh-CN.md`` from the commands themselves; ``--check`` only compares.

Run from the checkout: ``python docs/reference.py``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from jdneg import i18n
from jdneg.cli import build
from jdneg.commands.table import TABLE
from jdneg.i18n import t

HERE = Path(__file__).parent
PAGES = {"en": HERE / "reference.md", "zh": HERE / "reference.zh-CN.md"}
TITLES = {"en": "Every command", "zh": "全部命令"}
NOTES = {
    "en": "Made from the program by `python docs/reference.py`; the tests run every example on this page.",
    "zh": "由 `python docs/reference.py` 从程序本身生成；本页的每个例子都在测试中运行。",
}


EVERYWHERE = {"--json": "json", "--lang": "lang", "--home": "home", "--as-of": "as_of", "--no-input": "no_input",
              "--color": "color", "--help": "help"}  # fmt: skip
OPTIONS = {
    "en": "Options of every command, before or after its name:",
    "zh": "每个命令都接受的选项，写在命令名前后都可以：",
}


def page(lang: str) -> str:
    i18n.use(lang)
    shared = "\n".join(f"- `{flag}` {t(f'flag.{key}')}" for flag, key in EVERYWHERE.items())
    parts = [f"# {TITLES[lang]}", NOTES[lang], t("help.epilog"), OPTIONS[lang], shared]
    for path, entry in entries():
        command = build(entry, path)
        context = command.context_class(command, info_name=f"jdneg {path}", terminal_width=100, max_content_width=100)
        parts += [f"## jdneg {path}", "```text\n" + _trim(command.get_help(context)) + "\n```"]
    return "\n\n".join(parts) + "\n"


def entries() -> Iterator[tuple[str, object]]:
    for name, entry in TABLE.items():
        yield name, entry
        for verb, inner in entry.entries.items():
            yield f"{name} {verb}", inner


def _trim(text: str) -> str:
    """Without the exit codes and the options of every command, which the top of the page says once."""
    lines = [line.rstrip() for line in text.splitlines()]
    epilog = next((n for n, line in enumerate(lines) if line.strip().startswith(t("help.epilog")[:8])), len(lines))
    return "\n".join(line for line in lines[:epilog] if line.strip().split(" ")[0] not in EVERYWHERE).rstrip()


def main() -> int:
    wanted = {lang: page(lang) for lang in PAGES}
    stale = [
        path.name for lang, path in PAGES.items() if not path.exists() or path.read_text("utf-8") != wanted[lang]
    ]
    if "--check" in sys.argv:
        if stale:
            sys.stderr.write(f"out of date: {', '.join(stale)}; run python docs/reference.py\n")
        return 1 if stale else 0
    for lang, path in PAGES.items():
        path.write_text(wanted[lang], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
