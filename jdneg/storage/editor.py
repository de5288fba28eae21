"""The user's own editor on a private file that is never lost while somebody writes in it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from jdneg.errors import NoEditor
from jdneg.storage.files import atomic_write, private_folder, system_errors

_USUAL = ("sensible-editor", "nano", "vim", "vi", "notepad")


def editor_command(env: Mapping[str, str]) -> list[str]:
    """``$VISUAL``, else ``$EDITOR``, with its own flags; else one that is usually there. Raises NoEditor."""
    named = env.get("VISUAL") or env.get("EDITOR")
    words = shlex.split(named, posix=sys.platform != "win32") if named else []
    if words:
        if shutil.which(words[0]) is None:
            raise NoEditor(name=words[0])
        return words
    usual = next((one for one in _USUAL if shutil.which(one)), None)
    if usual is None:
        raise NoEditor(name="$EDITOR")
    return [usual]


class EditedFile:
    """A text being edited: ``drafts/amend-C1-….txt`` in the home, mode 0600."""

    def __init__(self, home: Path, record_id: str) -> None:
        folder = home / "drafts"
        private_folder(folder)
        self.path = folder / f"amend-{record_id}-{os.getpid()}-{os.urandom(2).hex()}.txt"

    def write(self, text: str) -> None:
        atomic_write(self.path, text.encode("utf-8", "replace"))

    def edit(self, command: list[str]) -> bool:
        """Run the editor; False where it could not be run or did not end well. Its words never mix with our data."""
        try:
            ran = subprocess.run([*command, str(self.path)], stdout=sys.stderr, check=False)  # noqa: S603 -- the user's own
        except (OSError, KeyboardInterrupt):
            return False
        return ran.returncode == 0

    def read(self) -> bytes | None:
        """What is there now; None where the editor took the file away."""
        with system_errors(self.path):
            try:
                return self.path.read_bytes()
            except FileNotFoundError:
                return None

    def remove(self) -> None:
        with system_errors(self.path):
            self.path.unlink(missing_ok=True)
