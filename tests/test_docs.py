"""The docs are run: every example of the help, the tutorial and the README's tour; the reference is up to date."""

from __future__ import annotations

import json
import re
import runpy
import shlex
import shutil
from pathlib import Path

import pytest
from cli_world import Run

from jdneg import i18n

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
FINE = {0, 1}  # 1: a command that found something


def _commands(text: str) -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    joined = "\n".join(blocks).replace("\\\n", " ")
    return [line[2:].partition(" # ")[0].strip() for line in joined.splitlines() if line.startswith("$ jdneg")]


def _files(folder: Path) -> None:
    """The files the examples name."""
    demo = ROOT / "jdneg" / "data" / "demo"
    for name in ("合同.pdf", "确认短信.png"):
        (folder / name).write_bytes(name.encode())
    shutil.copy(demo / "短信备份.xml", folder / "sms.xml")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    _files(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", ["docs/tutorial.md", "docs/tutorial.zh-CN.md", "README.md", "README.zh-CN.md"])
def test_a_page_runs_from_top_to_bottom(page: str, here: Path, run: Run) -> None:
    commands = _commands((ROOT / page).read_text(encoding="utf-8"))
    assert len(commands) >= 11
    for command in commands:
        ran = run(*shlex.split(command)[1:], "--no-input")
        assert ran.code in FINE, f"{command}\n{ran.out}\n{ran.err}"


def test_both_tutorials_and_readmes_show_the_same_commands() -> None:
    for english, chinese in (("docs/tutorial.md", "docs/tutorial.zh-CN.md"), ("README.md", "README.zh-CN.md")):
        both = [_commands((ROOT / name).read_text(encoding="utf-8")) for name in (english, chinese)]
        assert both[0] == both[1]


def _examples() -> list[str]:
    texts = json.loads((ROOT / "jdneg/data/catalogue/zh/help.json").read_text(encoding="utf-8"))
    lines = {line.strip() for text in texts.values() for line in text.splitlines() if line.startswith("  jdneg ")}
    return sorted(line.partition(" > ")[0] for line in lines - {"jdneg demo"})  # the demo has a test of its own


# What the examples take for granted, so that each stands on a journal where it makes sense.
BEFORE = [
    "loan add --lender 示例小额贷款有限公司 --kind microlender --product 金条 --principal 20000 --rate 0.05%/day --start 2026-03-10 --term 12 --due-day 10 --method equal-payment",
    "evidence add 合同.pdf --for L1",
    'log-call L1 --at 昨晚9点半 --said "今天必须还清"',
    "claim add L1 --at 2026-11-20 --total 16480.55",
    "pay L1 1900 --at 2026-04-10",
    "budget set --income 6200 --rent 1800",
    "negotiate open L1 --goal 延长24期",
    "negotiate offer G1 --months 24 --waive penalty",
    "letter draft dispute --loan L1",
    'log-letter L1 --via post --from 某律师事务所 --at 昨天 --text "请于三日内还款"',
    "complain draft --to platform --loan L1",
]
ALSO = {
    "jdneg view drop": ["view save 夜间 type:call"],
    "jdneg negotiate confirm": ["negotiate accept G1 --offer 1 --oral"],
    "jdneg bundle verify": ["export bundle --profile lawyer --loan L1 -o out/"],
    "jdneg redo": ["undo"],
    "jdneg plan track": ["negotiate accept G1 --offer 1 --oral"],
    "jdneg negotiate end": ["negotiate accept G1 --offer 1 --oral"],
    "jdneg negotiate promise G1 --set": ["negotiate promise G1 --by lender --what 停止催收"],
    "jdneg loan close L1 --auto-debit-off": ["loan close L1 --at 今天"],
}


@pytest.mark.parametrize("example", _examples())
def test_every_example_of_the_help_runs(example: str, here: Path, run: Run) -> None:
    extra = next((more for start, more in ALSO.items() if example.startswith(start)), [])
    if not example.startswith(("jdneg init", "jdneg demo")):
        for command in [*BEFORE, *extra]:
            run(*shlex.split(command), "--no-input", code=0)
    example = example.replace("bundle-L1-2026-11-22", "bundle-L1-2026-11-21-lawyer")
    ran = run(*shlex.split(example)[1:], "--no-input")
    assert ran.code in FINE, f"{example}\n{ran.out}\n{ran.err}"


def test_the_reference_is_what_the_commands_say() -> None:
    made = runpy.run_path(str(DOCS / "reference.py"))
    for lang, path in made["PAGES"].items():
        assert path.read_text(encoding="utf-8") == made["page"](lang), "run python docs/reference.py"
    i18n.use("en")


def test_pages_link_only_to_what_is_there() -> None:
    for page in [*ROOT.glob("*.md"), *DOCS.glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} -> {target}"
