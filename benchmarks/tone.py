"""Learns what abusive and fraudulent messages read like: ``python -m benchmarks.tone``.

Writes ``jdneg/data/*/tone.toml``: logistic regression on runs of one to three characters, by plain stochastic
gradient descent, from the lines of `benchmarks.words` that are not held out: always the same from the same lines.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from math import exp
from pathlib import Path

from benchmarks.words import ABUSIVE, Line, held_out, own_scam, own_wording
from jdneg.domain.conduct.textform import Simplifier
from jdneg.domain.tone import runs
from jdneg.storage.datafiles import DATA
from jdneg.storage.wordfiles import read_spelling

Model = tuple[float, dict[str, float]]  # bias and weights, log-odds
KEPT = 2500  # runs; more of them change nothing that can be measured
_ROUNDS = 40
_STEP = 0.4
_SHRINK = 0.0006  # of every weight, each time its run is met
FILES = {
    "abusive": (DATA / "wording" / "tone.toml", lambda one: one.label in ABUSIVE),
    "fraud": (DATA / "scam" / "tone.toml", lambda one: one.label == "scam"),
}


def lines() -> tuple[Line, ...]:
    return tuple(one for one in (*own_wording(), *own_scam()) if not held_out(one))


def version(known: Iterable[Line]) -> str:
    """Says from which lines the weights were learnt."""
    return sha256("\n".join(f"{one.id} {one.label} {one.text}" for one in known).encode()).hexdigest()[:16]


def _simplifier() -> Simplifier:
    names = [f"wording/{name}.toml" for name in ("traditional", "homophones")]
    return Simplifier(*read_spelling({name: (DATA / name).read_bytes() for name in names}))


def learnt(known: Sequence[Line], is_one: Callable[[Line], bool]) -> Model:
    """The model of these lines: learnt twice, the second time from the runs that weighed most."""
    simplify = _simplifier()
    seen = Counter(run for one in known for run in runs(simplify(one.text).text))
    often = {run for run, count in seen.items() if count > 1}
    # In an order that has nothing to do with the labels.
    order = sorted(known, key=lambda one: sha256(one.id.encode()).digest())
    rows = [(sorted(runs(simplify(one.text).text) & often), is_one(one)) for one in order]
    first = _descend(rows)
    _, weights = first
    heavy = set(sorted(often, key=lambda run: (-abs(weights.get(run, 0.0)), run))[:KEPT])
    return _descend([([run for run in row if run in heavy], label) for row, label in rows])


def _descend(rows: Sequence[tuple[Sequence[str], bool]]) -> Model:
    """Both labels weigh the same in all, however many lines each has."""
    share = sum(1 for _, label in rows if label) / len(rows)
    cost = {True: 0.5 / share, False: 0.5 / (1 - share)}
    weights: dict[str, float] = {}
    bias = 0.0
    for turn in range(_ROUNDS):
        step = _STEP / (1 + turn)
        for row, label in rows:
            odds = bias + sum(weights.get(run, 0.0) for run in row)
            wrong = (label - 1 / (1 + exp(-max(min(odds, 50.0), -50.0)))) * cost[label]
            bias += step * wrong
            for run in row:
                old = weights.get(run, 0.0)
                weights[run] = old + step * (wrong - _SHRINK * old * len(rows) / 100)
    return bias, weights


def written(name: str, model: Model, made_from: str) -> str:
    bias, weights = model
    whole = {run: round(weight * 100) for run, weight in weights.items()}
    heavy = sorted(whole.items(), key=lambda one: (-one[1], one[0]))
    rows = (f'"{_escaped(run)}" = {weight}' for run, weight in heavy if weight)
    return (
        f"# What {name} messages read like, in hundredths of log-odds. Made by python -m benchmarks.tone.\n"
        f'lines = "{made_from}"\nbias = {round(bias * 100)}\n\n[weights]\n' + "\n".join(rows) + "\n"
    )


def _escaped(run: str) -> str:
    return "".join(f"\\u{ord(char):04x}" if char in '"\\' or ord(char) < 0x20 else char for char in run)


def main() -> int:
    argparse.ArgumentParser(prog="python -m benchmarks.tone", description=__doc__).parse_args()
    known = lines()
    for name, (path, is_one) in FILES.items():
        text = written(name, learnt(known, is_one), version(known))
        Path(path).write_text(text, encoding="utf-8")
        print(f"{path.relative_to(DATA.parent)}: {len(text.splitlines()) - 5} runs from {len(known)} lines")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
