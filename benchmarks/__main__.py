"""``python -m benchmarks [--quick] [--write FILE]``: exit 1 when a limit is passed, 2 where it may not measure."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.cases import measures
from benchmarks.machine import clean_environment, description, objections
from benchmarks.page import line, page
from benchmarks.timing import Runner


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs, 10,000 contacts, wider limits")
    parser.add_argument("--write", metavar="FILE", type=Path, help="write the page with all figures")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jdneg-benchmarks-") as folder:
        work = Path(folder)
        against, doubts = objections(work)
        for objection in (*against, *doubts):
            print(f"benchmarks: {objection}", file=sys.stderr)
        if against:
            return 2
        machine = description()
        print(", ".join(machine.values()))
        done = []
        for one in measures(Runner(clean_environment(), work), work, quick=asked.quick):
            print(line(one), flush=True)
            done.append(one)
    if asked.write:
        asked.write.write_text(page(done, machine), encoding="utf-8")
    failed = [one.name for one in done if one.failed(quick=asked.quick)]
    if failed:
        print(f"over their limit: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
