"""SHA-256 for a few kilobytes: Python's own code, because `hashlib` loads OpenSSL, which takes a ``log-call`` 3 ms.

For files and long journals use `hashlib`: it is five times as fast once it is there.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any


def _built_in() -> Any:
    for module in ("_sha2", "_sha256"):  # since 3.12, before 3.12; private, so their absence must cost time alone
        try:
            return import_module(module).sha256
        except (ImportError, AttributeError):
            continue
    return import_module("hashlib").sha256


if TYPE_CHECKING:
    from hashlib import sha256
else:
    sha256 = _built_in()

__all__ = ["sha256"]
