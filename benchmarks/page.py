"""The figures as a table for the terminal and as the page of the documentation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.measure import Measure

_HEAD = ("what", "beside", "ratio", "budget", "", "figures")


def row(one: Measure) -> tuple[str, ...]:
    verdict = (
        "ok" if one.ratio <= one.budget else "over" if one.ratio > one.gate else "over the goal, within the gate"
    )
    budget = f"{one.budget:g}" + (f" (gate {one.gate:g})" if one.gate != one.budget else "")
    return one.name, one.floor, f"{one.ratio:.2f}", budget, verdict, one.told


def line(one: Measure) -> str:
    name, floor, ratio, budget, verdict, told = row(one)
    return f"{name:38} {ratio:>6} x {floor:24} budget {budget:15} {verdict:8} {told}"


def page(measures: Sequence[Measure], machine: Mapping[str, str]) -> str:
    table = [_HEAD, ("---",) * len(_HEAD), *(row(one) for one in measures)]
    lines = "\n".join("| " + " | ".join(cells) + " |" for cells in table)
    return f"""# Benchmarks

Made by `python -m benchmarks --write docs/benchmarks.md` on {machine["date"]}:
{machine["python"]}, {machine["machine"]}.

{lines}

How it is measured. A command is a whole process, started from an installed package with compiled bytecode in a
virtual environment; schedules, rates, ledgers, searches, plans and wording are timed inside one. Start-ups run in
turn with their floor, thirty pairs; the ratio is the median of the pairs' ratios, the milliseconds are medians.
`log-call` is a complete line with its time in words (昨晚9点半), what was said, and its findings; on an empty journal
it starts each time from the same home with one loan. Contacts of the big journals are entries of about a thousand
bytes, 250 on each day, and `log-call` judges the new one beside those of its day. `check` verifies every hash of
the journal and judges every contact, `report pattern` counts them besides; their floor parses the same lines with
the standard `json` module. Messages are the lines of `tests/corpora`, each read once by a reader that remembers
none, and judged; a page is those lines under one another. Memory is the most a process held.

Run it again with `python -m benchmarks`; `--quick` is the short form that continuous integration runs, with wider
limits.
"""
