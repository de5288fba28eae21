"""Whole processes, timed in turn with their floor, so that a busy machine slows both alike."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Command = Sequence[str]
FOUND_SOMETHING = 1
_BETWEEN = (
    "import os, sys\n"
    "_, status, used = os.wait4(os.spawnvp(os.P_NOWAIT, sys.argv[1], sys.argv[1:]), 0)\n"
    "sys.stderr.write(f'\\n{used.ru_maxrss}')\n"
    "sys.exit(os.waitstatus_to_exitcode(status))"
)


@dataclass(frozen=True)
class Pairs:
    """Two commands run in turn; the ratio is the median of the pairs' ratios, the seconds are medians."""

    ours: float
    floor: float
    ratio: float


@dataclass(frozen=True)
class Runner:
    """Runs commands in one environment and folder, their output thrown away."""

    env: Mapping[str, str]
    folder: Path

    def run(self, command: Command, home: Path | None = None) -> float:
        """Seconds. Raises RuntimeError when the command did not end well: a failure is always fast."""
        started = time.perf_counter()
        self._errors(command, home)
        return time.perf_counter() - started

    def memory(self, command: Command, home: Path | None = None) -> int:
        """The most bytes the command held. A child inherits its parent's mark, so a small process stands between."""
        between = (sys.executable, "-S", "-c", _BETWEEN, *command)
        return int(self._errors(between, home).splitlines()[-1]) * 1024

    def _errors(self, command: Command, home: Path | None) -> str:
        env = dict(self.env) | ({"JDNEG_HOME": str(home)} if home else {})
        ran = subprocess.run(
            command,
            env=env,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
        errors = ran.stderr.decode(errors="replace")
        if ran.returncode not in (0, FOUND_SOMETHING):
            raise RuntimeError(f"{' '.join(command)}: exit {ran.returncode}\n{errors}")
        return errors

    def pairs(
        self, ours: Command, floor: Command, count: int, home: Path | None = None, floor_home: Path | None = None,
        before: Callable[[], object] = lambda: None,
    ) -> Pairs:  # fmt: skip
        """``before`` runs ahead of each pair, untimed; both commands are run once beforehand, untimed."""
        found = []
        for number in range(count + 1):
            before()
            one = self.run(ours, home), self.run(floor, floor_home)
            if number:
                found.append(one)
        ratio = statistics.median(a / b for a, b in found)
        return Pairs(statistics.median(a for a, _ in found), statistics.median(b for _, b in found), ratio)

    def median(self, command: Command, count: int, home: Path | None = None) -> float:
        """Seconds, for what takes long."""
        return statistics.median(self.run(command, home) for _ in range(count))
