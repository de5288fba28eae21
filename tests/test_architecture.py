"""Who may import whom: the table of the house, held against every module's imports."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1] / "jdneg"
LEAVES = {"errors", "blocks", "values"}  # plain shapes that any room may use

OURS = {
    "domain": {"domain"},
    "storage": {"domain", "storage"},
    "documents": {"domain", "documents", "i18n"},
    "importers": {"domain", "importers"},
    "views": {"domain", "documents", "importers", "storage", "views", "result", "i18n"},
    "session": {"domain", "storage"},
    "commands": {
        "domain",
        "documents",
        "importers",
        "storage",
        "session",
        "views",
        "live",
        "result",
        "i18n",
        "commands",
    },
    "console": {"console", "result", "i18n", "domain"},
    "live": {"domain", "i18n"},
    "cli": {"commands", "console", "result", "i18n", "session"},
    "i18n": {"domain"},
    "result": {"domain"},
    "blocks": set(),
    "values": set(),
    "errors": set(),
    "__main__": {"cli"},
    "__init__": set(),
}
ONLY_HERE = {
    "tinydb": {"storage"},
    "sqlite3": {"storage"},
    "fcntl": {"storage"},
    "typer": {"commands", "cli"},
    "rich": {"console"},
    "docx": {"documents"},
    "icalendar": {"documents"},
    "textual": {"live"},
    "xlsxwriter": {"documents"},
    "jinja2": {"documents"},
    "segno": {"documents"},
    "pydantic": {"domain", "importers", "storage"},
    "socket": set(),
    "urllib": set(),
    "http": set(),
    "ssl": set(),
    "requests": set(),
}


def _room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


MODULES = sorted(ROOT.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    room = _room(path)
    allowed = OURS[room] | LEAVES | {room}
    for name in _imports(path):
        head, _, rest = name.partition(".")
        if head == "jdneg":
            target = rest.partition(".")[0]
            assert target in allowed or target == "__version__", f"{room} imports jdneg.{rest}"
        elif head in ONLY_HERE:
            assert room in ONLY_HERE[head], f"{room} imports {head}"


# Inside the commands too: each room may ask the rooms before it in this list, and its own.
COMMANDS = ("shared", "home", "contacts", "talks", "debts", "papers")


@pytest.mark.parametrize("path", sorted((ROOT / "commands").glob("*/*.py")), ids=lambda path: path.stem)
def test_the_rooms_of_the_commands_go_one_way(path: Path) -> None:
    rank = COMMANDS.index(path.parent.name)
    for name in _imports(path):
        room = name.removeprefix("jdneg.commands.").partition(".")[0]
        assert room not in COMMANDS[rank + 1 :], f"{path.parent.name} imports {name}"


def test_domain_never_touches_clock_files_or_terminal() -> None:
    banned = {"os", "sys", "pathlib", "io.open", "locale", "subprocess", "tempfile", "shutil", "time", "random"}
    for path in MODULES:
        if _room(path) == "domain":
            heads = {name.partition(".")[0] for name in _imports(path)}
            assert not heads & banned, f"{path} imports {heads & banned}"


def test_nothing_imports_in_a_circle() -> None:
    """Not even inside a function, or for the sake of a type."""
    graph = {_dotted(path): _ours(path) for path in MODULES}
    list(TopologicalSorter(graph).static_order())  # CycleError names the circle


def _dotted(path: Path) -> str:
    parts = ("jdneg", *path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(part for part in parts if part != "__init__")


NAMES = {_dotted(path) for path in MODULES}


def _ours(path: Path) -> set[str]:
    found = {name if name in NAMES else name.rpartition(".")[0] for name in _imports(path)}
    return found & NAMES - {"jdneg"}
