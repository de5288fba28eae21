"""How well wording and fraud are told: ``python -m benchmarks.words [--write FILE] [--misses]``.

Measured on lines of our own making (``tests/corpora``) and, where it stands beside the project, on the samples
folder. A third of our first lines, by the hash of their ids, is held out: what is missed there is not looked at.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from math import sqrt
from pathlib import Path

from jdneg.domain.conduct.check import judge_text
from jdneg.domain.conduct.lexicon import Lexicon
from jdneg.domain.conduct.wording import Reader
from jdneg.domain.correspondence.classify import classify
from jdneg.domain.rulebook import RuleBook
from jdneg.domain.scam.screen import screen
from jdneg.domain.scam.signals import ScamBook
from jdneg.storage.cards import letter_book
from jdneg.storage.datafiles import rule_book, scams, wording

ROOT = Path(__file__).resolve().parents[1]
CORPORA = ROOT / "tests" / "corpora"
FIRST = ROOT / "tests" / "domain" / "conduct" / "messages.jsonl"
SAMPLES = ROOT.parent / "shared" / "samples" / "texts"
KINDS = ("microlender", "bank", "consumer_finance", "private", "unknown")
DAY = dt.date(2026, 11, 20)
ABUSIVE = frozenset({"abusive", "abusive_dunning"})
_RANK = ("none", "cannot_tell", "review", "breach")
_FOUND = ("breach", "review")
_95 = 1.959964


@dataclass(frozen=True)
class Line:
    id: str
    label: str
    text: str


@dataclass(frozen=True)
class Share:
    """k of n, with Wilson's 95 % interval."""

    k: int
    n: int

    def __str__(self) -> str:
        if not self.n:
            return "0 of 0"
        low, high = self.interval
        return f"{self.k} of {self.n} = {self.k / self.n:.3f} ({low:.3f}–{high:.3f})"

    @property
    def interval(self) -> tuple[float, float]:
        share, square = self.k / self.n, _95**2
        middle = (share + square / (2 * self.n)) / (1 + square / self.n)
        half = _95 / (1 + square / self.n) * sqrt(share * (1 - share) / self.n + square / (4 * self.n**2))
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Measure:
    """One kind of answer on one set of lines."""

    name: str
    part: str
    precision: Share
    recall: Share
    wrong: tuple[Line, ...]
    missed: tuple[Line, ...]


def held_out(line: Line) -> bool:
    """A third, fixed by their ids alone; of the lines of some rounds (V, R, A, C) none."""
    return line.id[0] not in "VRAC" and sha256(line.id.encode()).digest()[0] % 3 == 0


def read(path: Path) -> tuple[Line, ...]:
    rows = (json.loads(one) for one in path.read_text(encoding="utf-8").splitlines())
    return tuple(Line(row["id"], row["label"], row["text"]) for row in rows)


@cache
def worst(text: str, kind: str) -> str:
    """The gravest answer of ``check --text`` under one kind of lender."""
    if not _reader()(text).hits:
        return "none"
    found = (one.result for one in judge_text(text, DAY, kind, *_laws()))
    return max(found, key=_RANK.index, default="none")


@cache
def _laws() -> tuple[RuleBook, Lexicon]:
    return rule_book(), wording()


@cache
def _reader() -> Reader:
    """Most lines hold no such words, and need no judging."""
    return Reader(_laws()[1])


@cache
def _book() -> ScamBook:
    return scams()


@cache
def answer(text: str) -> str:
    """The worst under the kinds whose rules reach furthest: pressing to borrow is the banks' rule alone."""
    return max((worst(text, kind) for kind in ("microlender", "bank")), key=_RANK.index)


def verdict(text: str) -> str:
    return screen(text, None, _book()).verdict


def measure(
    name: str, part: str, lines: Iterable[Line], wanted: Callable[[Line], bool], told: Callable[[Line], bool]
) -> Measure:
    rows = [(one, wanted(one), told(one)) for one in lines]
    right = sum(1 for _, should, did in rows if should and did)
    wrong = tuple(one for one, should, did in rows if did and not should)
    missed = tuple(one for one, should, did in rows if should and not did)
    return Measure(name, part, Share(right, right + len(wrong)), Share(right, right + len(missed)), wrong, missed)


def own_wording() -> tuple[Line, ...]:
    names = (
        "wording.jsonl",
        "wording_later.jsonl",
        "wording_frames.jsonl",
        "wording_eighth.jsonl",
        "wording_ninth.jsonl",
        "wording_tenth.jsonl",
    )
    return (*read(FIRST), *(line for name in names for line in read(CORPORA / name)))


def own_scam() -> tuple[Line, ...]:
    names = ("scam.jsonl", "scam_later.jsonl", "scam_eighth.jsonl", "scam_ninth.jsonl", "scam_tenth.jsonl")
    return tuple(line for name in names for line in read(CORPORA / name))


def unseen(kind: str) -> tuple[Line, ...]:
    """Lines written by somebody who had never seen the reader, which nobody who works on it looks at."""
    return read(CORPORA / f"{kind}_unseen.jsonl")


def parts(lines: tuple[Line, ...]) -> Iterator[tuple[str, tuple[Line, ...]]]:
    yield "own, developed on", tuple(one for one in lines if not held_out(one))
    yield "own, held out", tuple(one for one in lines if held_out(one))


def samples() -> tuple[Line, ...]:
    path = SAMPLES / "messages.jsonl"
    return read(path) if path.exists() else ()


def measures() -> Iterator[Measure]:
    """Every figure of the page, in its order."""
    found = samples()
    for part, lines in (*parts(own_wording()), *([("samples", found)] if found else [])):
        yield measure("abusive, found", part, lines, _is_abusive, lambda one: answer(one.text) in _FOUND)
        yield measure("abusive, breach", part, lines, _is_abusive, lambda one: answer(one.text) == "breach")
    for part, lines in (*parts(own_scam()), *([("samples", found)] if found else [])):
        yield measure("fraud, likely", part, lines, _is_scam, lambda one: verdict(one.text) == "scam_likely")
        yield measure("fraud, any doubt", part, lines, _is_scam, lambda one: verdict(one.text) != "no_signal")


def unseen_rows() -> tuple[str, ...]:
    """Rows of the page on lines that nobody learnt from, and their harmless ones that are called a breach."""
    words_, frauds = unseen("wording"), unseen("scam")
    every = (*words_, *frauds)
    found = measure("abusive, found", "unseen", words_, _is_abusive, lambda one: answer(one.text) in _FOUND)
    breach = measure("abusive, breach", "unseen", words_, _is_abusive, lambda one: answer(one.text) == "breach")
    likely = measure("fraud, likely", "unseen", frauds, _is_scam, lambda one: verdict(one.text) == "scam_likely")
    doubt = measure("fraud, any doubt", "unseen", frauds, _is_scam, lambda one: verdict(one.text) != "no_signal")
    harmless = [one for one in every if one.label not in {*ABUSIVE, "scam"}]
    wrong = sum(1 for one in harmless if any(worst(one.text, kind) == "breach" for kind in KINDS))
    return (
        *map(row, (found, breach, likely, doubt)),
        f"| harmless, called a breach | unseen | {wrong} of {len(harmless)} | |",
    )


def _is_abusive(line: Line) -> bool:
    return line.label in ABUSIVE


def _is_scam(line: Line) -> bool:
    return line.label == "scam"


def gate() -> tuple[int, tuple[str, ...]]:
    """How many harmless lines there are, and which are called a breach under any kind of lender. None may be."""
    lines = [one for one in (*own_wording(), *own_scam(), *samples()) if one.label not in {*ABUSIVE, "scam"}]
    return len(lines), tuple(one.id for one in lines for kind in KINDS if worst(one.text, kind) == "breach")


# Before any pattern was changed for these lines: the lexicon as it stood, the fraud signals as first drafted.
FIRST_FIGURES = (
    ("abusive, found", "own, developed on", "45 of 51", "45 of 88"),
    ("abusive, found", "own, held out", "29 of 32", "29 of 60"),
    ("abusive, found", "samples", "15 of 16", "15 of 18"),
    ("fraud, likely", "own, developed on", "49 of 50", "49 of 73"),
    ("fraud, likely", "own, held out", "30 of 30", "30 of 35"),
    ("fraud, likely", "samples", "35 of 37", "35 of 38"),
    ("abusive, found", "first later round", "13 of 16", "13 of 40"),
    ("abusive, found", "second later round", "5 of 5", "5 of 30"),
    ("abusive, found", "third later round", "13 of 13", "13 of 24"),
    ("abusive, found", "fourth later round", "20 of 28", "20 of 70"),
    ("abusive, found", "fifth later round", "20 of 24", "20 of 71"),
    ("abusive, found", "sixth later round", "39 of 45", "39 of 60"),
    ("abusive, found", "seventh later round", "not measured", "26 of 40"),
    ("abusive, found", "tenth later round", "53 of 54", "53 of 80"),
    ("abusive, breach", "tenth later round", "3 of 3", "3 of 80"),
    ("fraud, likely", "first later round", "10 of 10", "10 of 24"),
    ("fraud, any doubt", "first later round", "12 of 12", "12 of 24"),
    ("fraud, likely", "tenth later round", "6 of 6", "6 of 40"),
    ("fraud, any doubt", "tenth later round", "15 of 15", "15 of 40"),
)


def page() -> str:
    """``docs/wording.md``. The rows of the samples folder stand only where it was there to measure."""
    count, broken = gate()
    first = (f"| {name} | {part} | {right} | {found} |" for name, part, right, found in FIRST_FIGURES)
    template = Path(__file__).with_name("wording.md").read_text(encoding="utf-8")
    measured = "\n".join(map(row, measures()))
    facts = {
        "measured": measured,
        "unseen": "\n".join(unseen_rows()),
        "first": "\n".join(first),
        "letters": "\n".join(letter_rows()),
        "with_fraud": with_fraud(),
    }
    return template.format(count=count, broken=len(broken), **facts)


def with_fraud() -> str:
    """Precision on the samples where a false consequence in a fraud message counts as the abusive wording it is."""
    found = [one for one in samples() if answer(one.text) in _FOUND]
    right = sum(1 for one in found if _is_abusive(one) or _is_scam(one))
    return str(Share(right, len(found)))


def row(one: Measure) -> str:
    return f"| {one.name} | {one.part} | {one.precision} | {one.recall} |"


@dataclass(frozen=True)
class Letters:
    """``kinds``: classes told right; ``doubted``: with red flags and doubted; ``spared``: without and not doubted."""

    kinds: Share
    doubted: Share
    spared: Share
    forged: Share


def letters() -> Letters | None:
    """The samples folder's letters; None without it. Forged ones have no class; any doubt counts."""
    path = SAMPLES / "letters.json"
    if not path.exists():
        return None
    book = letter_book()
    rows = [(one, classify(one["text"], book)) for one in json.loads(path.read_text(encoding="utf-8"))["items"]]
    real = [(one, told) for one, told in rows if one["kind"] != "scam"]
    right = [told.kind is not None and told.kind.id == one["kind"].split()[-1] for one, told in real]
    doubted = [bool(told.doubts) for one, told in rows if one["red_flags"]]
    spared = [not told.doubts for one, told in rows if not one["red_flags"]]
    forged = [verdict(one["text"]) != "no_signal" for one, _ in rows if one["kind"] == "scam"]
    return Letters(*(Share(sum(one), len(one)) for one in (right, doubted, spared, forged)))


def letter_rows() -> tuple[str, ...]:
    found = letters()
    if found is None:
        return ()
    return (
        f"| class told right | {found.kinds} |",
        f"| with red flags, doubted | {found.doubted} |",
        f"| without red flags, not doubted | {found.spared} |",
        f"| forged, likely fraud or suspicious | {found.forged} |",
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.words", description=__doc__)
    parser.add_argument("--write", metavar="FILE", type=Path, help="write the page")
    parser.add_argument("--misses", action="store_true", help="print what was missed among the lines developed on")
    asked = parser.parse_args()
    for one in measures():
        print(f"{one.name:18}{one.part:20}precision {one.precision}; recall {one.recall}")
        if asked.misses and "held" not in one.part:
            for mark, rows in (("wrong", one.wrong), ("missed", one.missed)):
                for line in rows:
                    print(f"    {mark} {line.id} {line.label}: {line.text}")
    print("\n".join(letter_rows()))
    count, broken = gate()
    print(f"hard gate: {len(broken)} of {count} harmless lines called a breach {' '.join(broken)}")
    if asked.write:
        asked.write.write_text(page(), encoding="utf-8")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
