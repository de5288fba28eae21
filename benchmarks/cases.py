"""What is measured: each command beside its floor, with the budget it has."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.debts import debt_measures
from benchmarks.make_journal import make_journal
from benchmarks.measure import PYTHON, Measure, jdneg
from benchmarks.messages import message_measures
from benchmarks.plans import plan_measures
from benchmarks.timing import Pairs, Runner

TYPER = (PYTHON, "-c", "import typer")
STORE = (PYTHON, "-c", "import typer, tinydb")
_PARSE = "import json, sys\nfor line in open(sys.argv[1], 'rb'): json.loads(line)"
CALL = (
    "log-call", "L1", "--at", "昨晚9点半", "--number", "95118", "--agent", "工号8812", "--result", "挂断",
    "--said", "您好，您的借款已经逾期，请今天还款，否则会影响您的征信", "--i-said", "我愿意协商，请把明细发给我",
)  # fmt: skip
LOAN = (
    "loan", "add", "--lender", "甲小额贷款有限公司", "--kind", "microlender", "--principal", "20000", "--rate",
    "0.05%/day", "--start", "2026-03-10", "--term", "12", "--due-day", "10", "--method", "equal-payment",
    "--penalty-factor", "1.5", "--penalty-base", "overdue_principal",
)  # fmt: skip


def measures(runner: Runner, work: Path, *, quick: bool) -> Iterator[Measure]:
    """One after the other, as they are done."""
    pairs = 9 if quick else 30
    sizes = (10_000,) if quick else (10_000, 100_000)
    empty = _small_home(runner, work / "empty")
    yield _pair("jdneg --version", "import typer", runner.pairs(jdneg("--version"), TYPER, pairs), 1.2)
    yield _on_empty(runner, empty, work, pairs)
    for name, words, budget in (("verify L1", (), 2.2), ("verify L1 --json", ("--json",), 1.7)):
        found = runner.pairs(jdneg("verify", "L1", *words), STORE, pairs, empty)
        yield _pair(f"jdneg {name}", "import typer, tinydb", found, budget)
    yield from debt_measures(runner, work, quick=quick)
    yield from plan_measures(quick=quick)
    yield from message_measures(quick=quick)
    for size in sizes:
        big = _big_home(runner, work / f"of-{size}", size)
        found = runner.pairs(jdneg(*CALL), jdneg(*CALL), pairs, big, _copied(empty, work / "beside"))
        yield _pair(f"log-call, {size:,} contacts", "log-call, empty journal", found, 1.3)
    yield from _scans(runner, big, empty, sizes[-1], quick=quick)


def _on_empty(runner: Runner, empty: Path, work: Path, pairs: int) -> Measure:
    home = work / "fresh"
    found = runner.pairs(jdneg(*CALL), STORE, pairs, home, before=lambda: _copied(empty, home))
    told = _told(found)
    return Measure("log-call, empty journal", "import typer, tinydb", found.ratio, 1.5, 1.7, 2.0, told)


def _scans(runner: Runner, big: Path, empty: Path, size: int, *, quick: bool) -> Iterator[Measure]:
    """What reads the whole journal: its time beside parsing alone, its memory beside the journal's size."""
    journal = big / "journal.jsonl"
    times, length = (3 if quick else 5), journal.stat().st_size
    nothing = runner.median((PYTHON, "-c", "import json"), times)
    parse = runner.median((PYTHON, "-c", _PARSE, str(journal)), times) - nothing
    # The short form has a tenth of the contacts and all of the findings, whose pages then weigh more than the scan.
    for words, budget in ((("check",), 3.0), (("report", "pattern"), 5.0)):
        start, spent = runner.median(jdneg(*words), times, empty), runner.median(jdneg(*words), times, big)
        told = f"{spent:.2f} s, of it start-up {start:.2f} s; parsing {parse:.2f} s"
        name = f"{' '.join(words)}, {size:,} contacts, less start-up"
        yield Measure(name, "json.loads of its lines", (spent - start) / parse, budget, budget, 4 * budget, told)
    whole = (("check",), ("report", "pattern"), ("contact", "list"), ("contact", "list", "--json"))
    for words in () if quick else whole:
        held = runner.memory(jdneg(*words), big)
        told = f"{held / 1e6:.0f} MB; journal {length / 1e6:.0f} MB"
        yield Measure(f"memory of {' '.join(words)}", "size of the journal", held / length, 6, 6, 6, told)


def _pair(name: str, floor: str, found: Pairs, budget: float) -> Measure:
    return Measure(name, floor, found.ratio, budget, budget, budget * 1.5, _told(found))


def _told(found: Pairs) -> str:
    return f"{found.ours * 1000:.0f} ms beside {found.floor * 1000:.0f} ms"


def _small_home(runner: Runner, home: Path) -> Path:
    """A loan, a payment and a claim, no contact; the rules parsed once."""
    for words in (
        ("init",), LOAN, ("pay", "L1", "500", "--at", "2026-05-10"),
        ("claim", "add", "L1", "--at", "2026-11-01", "--total", "21000", "--principal", "20000"), ("check",),
    ):  # fmt: skip
        runner.run(jdneg(*words), home)
    return home


def _big_home(runner: Runner, home: Path, size: int) -> Path:
    make_journal(home, size)
    runner.run(jdneg(*CALL), home)  # makes the index and the rules' cache
    return home


def _copied(source: Path, target: Path) -> Path:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    return target
