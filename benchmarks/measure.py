"""One figure of the page, and the command that is measured."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.timing import Command

PYTHON = sys.executable


@dataclass(frozen=True)
class Measure:
    """One ratio beside its budget. ``gate`` fails a full run, ``loose`` a short one; ``told`` are the figures."""

    name: str
    floor: str
    ratio: float
    budget: float
    gate: float
    loose: float
    told: str

    def failed(self, *, quick: bool) -> bool:
        return self.ratio > (self.loose if quick else self.gate)


def jdneg(*words: str) -> Command:
    """The installed script; `python -m` would add the search for the module."""
    script = Path(PYTHON).with_name("jdneg.exe" if sys.platform == "win32" else "jdneg")
    return (str(script), *words) if script.exists() else (PYTHON, "-m", "jdneg", *words)
