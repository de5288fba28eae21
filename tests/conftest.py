"""Every test in a world of its own: a temporary home, a fixed clock, no colour, no network, known width."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cli_world import Ran, Run
from hypothesis import HealthCheck, settings

from jdneg import i18n

NOW = "2026-11-21T10:00:00+08:00"  # a Saturday
HASH = 64
SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"

settings.register_profile("quick", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("full", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(autouse=True)
def world(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The home of this test. Sockets refuse: nothing here may reach a network."""
    home = tmp_path_factory.mktemp("home") / "jdneg"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "FORCE_COLOR", "JDNEG_DEBUG", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    fixed = {"JDNEG_HOME": str(home), "JDNEG_NOW": NOW, "JDNEG_LANG": "en", "NO_COLOR": "1", "COLUMNS": "100"}
    for name, value in fixed.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(socket.socket, "connect", _no_network)
    before = i18n.language()
    yield home
    i18n.use(before)


@pytest.fixture(scope="session", autouse=True)
def wording_parsed_once() -> Iterator[None]:
    """Every test has a home of its own and so an empty cache: what the same files say is worked out once a run."""
    from jdneg.storage import wordfiles

    parse, known = wordfiles.read_lexicon, {}

    def once(files: Any, version: str) -> Any:
        if len(version) != HASH:  # a test's own name for it
            return parse(files, version)
        if version not in known:
            known[version] = parse(files, version)
        return known[version]

    wordfiles.read_lexicon = once
    yield
    wordfiles.read_lexicon = parse


def _no_network(*_: object) -> None:
    raise AssertionError("a test reached for the network")


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in this process, as the script would; ``code`` may be asked for."""
    from jdneg.cli import main

    def command(*argv: str, code: int | None = None) -> Ran:
        capfd.readouterr()
        found = main(list(argv))
        captured = capfd.readouterr()
        ran = Ran(found, captured.out, captured.err)
        if code is not None:
            assert found == code, f"{argv}: exit {found}\n{ran.out}\n{ran.err}"
        return ran

    return command


@pytest.fixture(params=["zh", "en"])
def lang(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both languages, one after the other."""
    monkeypatch.setenv("JDNEG_LANG", request.param)
    found: str = request.param
    return found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many tests were left out because the samples folder is not beside the project."""
    skipped = [one for one in terminalreporter.stats.get("skipped", []) if "samples" in str(one.longrepr)]
    if skipped or not SAMPLES.is_dir():
        terminalreporter.write_line(f"{len(skipped)} tests skipped for want of the samples folder")
