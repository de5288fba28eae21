"""Whole processes, timed in turn with their floor, so that a busy machine slows both alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Command = Sequence[str]
FOUND_SOMETHING = 1


@dataclass(frozen=True)
class Ran:
    """One process: wall seconds and the most memory it held, in bytes."""

    seconds: float
    memory: int


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
    _null: int = field(default_factory=lambda: os.open(os.devnull, os.O_RDWR))

    def run(self, command: Command, home: Path | None = None) -> Ran:
        """Raises RuntimeError when the command did not end well: a failure is always fast."""
        env = dict(self.env) | ({"JDNEG_HOME": str(home)} if home else {})
        started = time.perf_counter()
        process = subprocess.Popen(
            command, env=env, cwd=self.folder, stdin=self._null, stdout=self._null, stderr=subprocess.PIPE
        )
        assert process.stderr is not None
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stderr.close()
        if process.returncode not in (0, FOUND_SOMETHING):
            raise RuntimeError(f"{' '.join(command)}: exit {process.returncode}\n{errors.decode(errors='replace')}")
        return Ran(seconds, usage.ru_maxrss * 1024)

    def pairs(
        self, ours: Command, floor: Command, count: int, home: Path | None = None, floor_home: Path | None = None,
        before: Callable[[], object] = lambda: None,
    ) -> Pairs:  # fmt: skip
        """``before`` runs ahead of each pair, untimed; both commands are run once beforehand, untimed."""
        found = []
        for number in range(count + 1):
            before()
            one = self.run(ours, home).seconds, self.run(floor, floor_home).seconds
            if number:
                found.append(one)
        ratio = statistics.median(a / b for a, b in found)
        return Pairs(statistics.median(a for a, _ in found), statistics.median(b for _, b in found), ratio)

    def best(self, command: Command, count: int, home: Path | None = None) -> Ran:
        """The median time and the greatest memory of a few runs: for what takes seconds."""
        found = [self.run(command, home) for _ in range(count)]
        return Ran(statistics.median(one.seconds for one in found), max(one.memory for one in found))
