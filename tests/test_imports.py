"""What a start-up may import: every library here costs a person milliseconds each time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Heavy, and needed by other commands alone.
NEVER = {
    "pydantic", "pydantic_core", "rich", "tinydb", "jinja2", "docx", "lxml", "tomllib", "dateutil", "hashlib", "orjson",
    "importlib.resources", "importlib.metadata", "csv", "xml", "calendar", "jdneg.domain.schema", "jdneg.storage.rulefiles",
    "jdneg.storage.wordfiles", "jdneg.storage.tables", "jdneg.documents", "jdneg.importers",
}  # fmt: skip
# Records that a call without an agreement does not meet.
OF_OTHERS = {f"jdneg.domain.records.{name}" for name in ("account", "case", "paper", "budget")}
CALL = (
    "log-call",
    "L1",
    "--at",
    "昨晚9点半",
    "--number",
    "95118",
    "--agent",
    "工号8812",
    "--said",
    "您的借款已经逾期",
)
LOAN = ("loan", "add", "--lender", "甲", "--kind", "microlender", "--principal", "20000", "--start", "2026-03-10")
_CODE = """
import json, sys
from jdneg.cli import main
code = main(sys.argv[1:])
sys.stderr.write("\\n" + json.dumps([code, sorted(sys.modules)]))
"""


def imported(*words: str) -> set[str]:
    """The modules of a whole run, in a process of its own."""
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-c", _CODE, *words], env=env, capture_output=True, text=True, check=True)
    code, modules = json.loads(ran.stderr.splitlines()[-1])
    assert code == 0, ran.stderr
    return set(modules)


@pytest.mark.parametrize(
    "words", [("--version",), ("--help",), ("log-call", "--help"), ("loan", "--help")], ids=" ".join
)
def test_help_needs_no_library(words: tuple[str, ...]) -> None:
    found = imported(*words)
    # Typer itself looks for Rich, and finds it is told not to use it.
    assert not found & (NEVER | OF_OTHERS | {"sqlite3", "zoneinfo.tzpath", "jdneg.storage.store"})


def test_help_of_a_group_imports_no_command() -> None:
    assert not {name for name in imported("--help") if name.startswith("jdneg.commands.contacts.log")}


@pytest.mark.parametrize("output", [(), ("--json",)], ids=["text", "json"])
def test_log_call_needs_no_library(world: Path, output: tuple[str, ...]) -> None:
    imported(*LOAN)
    imported(*CALL)  # parses the rules and keeps them
    assert not imported(*CALL, *output) & (NEVER | OF_OTHERS)


def test_a_list_for_a_pipe_needs_no_rich(world: Path) -> None:
    imported(*LOAN)
    assert not imported("loan", "list") & {"rich", "pydantic"}


def test_a_fraud_check_needs_no_journal(world: Path) -> None:
    """Somebody is on the phone: it has to be quick."""
    found = imported("scam", "check", "--text", "您的账单已出")
    assert not found & {"rich", "pydantic", "tinydb", "dateutil", "jdneg.storage.store", "jdneg.documents"}


def test_the_schema_is_where_pydantic_is(world: Path) -> None:
    """Were the names above misspelt, nothing would fail."""
    assert {"pydantic", "pydantic_core", "jdneg.domain.schema"} <= imported("export", "schema")
    imported(*LOAN)
    assert {"tinydb", "jdneg.storage.tables"} <= imported("loan", "list")
