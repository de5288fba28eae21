from __future__ import annotations

from pathlib import Path

import pytest
from journal_world import new_store

from jdneg.storage.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A fresh journal with nothing in it but its header."""
    return new_store(tmp_path / "home")
