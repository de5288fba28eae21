"""``journal.jsonl``: whole batches at its end, never anything else.

A writer holds the lock from look to fsync, and alone may set an unfinished tail aside. Readers take no lock: what
stands before the last commit never changes, and they stop there.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from jdneg.errors import HeadMoved, JournalBroken, JournalShort, LaterFormat, NoHome
from jdneg.storage.batch import Draft, Receipt, make_batch
from jdneg.storage.files import (
    NotAFile,
    open_private,
    open_regular,
    private_folder,
    state_of,
    sync_folder,
    system_errors,
    write_all,
)  # fmt: skip
from jdneg.storage.head import never_again, read_head, refuse_short, shortfall, write_head
from jdneg.storage.lines import FORMAT, BadLine, Line, check_line, expect_many, format_of, read_line
from jdneg.storage.lock import locked
from jdneg.storage.tail import START, Tail, find_tail

_HEADER_LIMIT = 1 << 16
SCAN_BUFFER = 1 << 18
PLACE_BUFFER = 1 << 11
_LOOKS = 5
_MANY = 1 << 18  # bytes from which on fast libraries are worth their loading
_NOT_A_LINE = "not_a_line"


class Journal:
    """The file, its lock and its order. It knows lines and batches, not what the records mean."""

    def __init__(self, home: Path, on_wait: Callable[[], None] | None = None) -> None:
        self.home = home
        self.path = home / "journal.jsonl"
        self.lock_path = home / "journal.lock"
        self.head_path = home / "journal.head"
        self._on_wait = on_wait
        # What `replay` learnt of the file, with the state the file was in.
        self.learnt: tuple[object, Any] | None = None
        self._known: object = None  # the state of the file whose format was looked at
        # What the last look at its end found missing: a reader is warned, a writer refused.
        self.short: JournalShort | None = None

    def exists(self) -> bool:
        """Whether a first entry was ever committed here.

        Raises LaterFormat, JournalBroken, JournalShort (there was one, and it is gone), DiskFailed.
        """
        try:
            with self.open(PLACE_BUFFER) as file:
                tail = self.tail(file)
        except NoHome:
            return False
        if tail == START:
            refuse_short(self.path, tail, read_head(self.head_path))
        return tail != START

    @contextmanager
    def open(self, buffer: int = SCAN_BUFFER) -> Iterator[BinaryIO]:
        """The journal to read, its format known to be ours. Raises NoHome, LaterFormat, JournalShort, DiskFailed.

        ``buffer`` is `PLACE_BUFFER` for single places, where reading far ahead would be wasted.
        """
        with system_errors(self.path):
            try:
                file = open_regular(self.path, buffer)
            except (FileNotFoundError, NotADirectoryError) as error:
                refuse_short(self.path, START, read_head(self.head_path))
                raise NoHome(home=str(self.home)) from error
            except NotAFile as error:
                raise JournalBroken(path=str(self.path), line=1, reason=BadLine("not_a_file").reason) from error
            with file:
                self._check_format(file)
                yield file

    def _check_format(self, file: BinaryIO) -> None:
        """Before any other look: of a later format we know nothing but that it is later."""
        state = state_of(file)
        if state == self._known:
            return
        first = file.readline(_HEADER_LIMIT)
        stated = format_of(first)
        if stated is not None and stated > FORMAT:
            raise LaterFormat(path=str(self.path), found=stated, known=FORMAT)
        if first.endswith(b"\n") and stated != FORMAT:
            raise JournalBroken(path=str(self.path), line=1, reason=BadLine(_NOT_A_LINE).reason)
        self._known = state

    def tail(self, file: BinaryIO) -> Tail:
        """Where the last committed batch ends. A writer may be at work: what moved meanwhile is looked at again."""
        for _ in range(_LOOKS):
            head = read_head(self.head_path)  # before the journal is looked at: what a writer adds then is beyond it
            before = os.fstat(file.fileno())
            try:
                found = find_tail(file, before.st_size)
                self.short = shortfall(self.path, found, head)
                return found
            except BadLine as bad:
                after = os.fstat(file.fileno())
                if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
                    raise self._broken_at_end(file, bad) from bad
        raise JournalBroken(path=str(self.path), line="?", reason=BadLine(_NOT_A_LINE).reason)

    def _broken_at_end(self, file: BinaryIO, bad: BadLine) -> JournalBroken:
        """The first broken line from the front, which is what the reader of the error wants to see."""
        file.seek(0)
        number, offset = 0, 0
        for number, raw in enumerate(file, 1):  # noqa: B007 -- the last number is used below
            try:
                offset = check_line(raw, offset).end
            except BadLine as first:
                bad = first
                break
        return JournalBroken(path=str(self.path), line=number, reason=bad.reason)

    def batches(self, file: BinaryIO, start: Tail = START, end: Tail | None = None) -> Iterator[list[Line]]:
        """The committed batches after ``start``, every hash and the chain checked. Raises JournalBroken."""
        stop = (end or self.tail(file)).end
        if stop - start.end > _MANY:
            expect_many()
        file.seek(start.end)
        offset, seq, prev = start.end, start.seq, start.head.encode()
        pending: list[Line] = []
        try:
            while offset < stop:
                line = check_line(file.readline(), offset)
                prev = line.follow(prev, seq)
                seq += 1
                offset += len(line.raw)
                commits = line.commit
                if commits == 1 and not pending:  # almost every batch
                    yield [line]
                    continue
                pending.append(line)
                if commits is not None:
                    _check_batch(pending)
                    yield pending
                    pending = []
        except BadLine as bad:
            raise JournalBroken(path=str(self.path), line=seq + 1, reason=bad.reason) from bad

    def lines(self, file: BinaryIO, start: int, stop: int) -> Iterator[Line]:
        """Lines of a stretch that was checked before, fast. ``start`` is where a line starts."""
        file.seek(start)
        while start < stop:
            line = read_line(file.readline(), start)
            start += len(line.raw)
            yield line

    def at(self, file: BinaryIO, places: Iterable[int]) -> Iterator[Line]:
        """The lines that start at these places, which were checked before. Neighbours are read in one go."""
        here = -1
        for place in places:
            if place != here:
                file.seek(place)
            line = read_line(file.readline(), place)
            here = place + len(line.raw)
            yield line

    def append(
        self,
        drafts: Sequence[Draft],
        clock: Callable[[], dt.datetime],
        clock_set: bool,
        head: str | None = None,
        *,
        accept_loss: bool = False,
    ) -> Receipt:
        """Write one batch, whole or not at all, and return when the disk has it.

        With ``head``, only if the journal still ends there (HeadMoved). Raises NoHome, LockTimeout, DiskFailed,
        JournalBroken, LaterFormat, and JournalShort unless ``accept_loss``.
        """
        with self.open(PLACE_BUFFER), locked(self.lock_path, self._on_wait):
            return self._append(drafts, clock, clock_set, head, accept_loss=accept_loss)

    def create(
        self, header: Draft, clock: Callable[[], dt.datetime], clock_set: bool, *, accept_loss: bool = False
    ) -> None:
        """Make the journal with its first entry, unless it is there; a failure leaves no file behind."""
        private_folder(self.home)
        with locked(self.lock_path, self._on_wait):
            if not accept_loss and self.exists():
                return
            with system_errors(self.path):
                os.close(open_private(self.path, os.O_WRONLY | os.O_CREAT))
                sync_folder(self.home)
            try:
                self._append([header], clock, clock_set, None, accept_loss=accept_loss)
            except BaseException:
                self._remove_empty()
                raise

    def _remove_empty(self) -> None:
        """Take back the file made a moment ago; one with anything in it stays."""
        with suppress(OSError):
            if self.path.stat().st_size == 0:
                self.path.unlink()

    def _append(
        self,
        drafts: Sequence[Draft],
        clock: Callable[[], dt.datetime],
        clock_set: bool,
        head: str | None,
        *,
        accept_loss: bool = False,
    ) -> Receipt:
        """The lock is held."""
        with self.open(PLACE_BUFFER) as file:
            tail = self.tail(file)
            known = read_head(self.head_path)
            if accept_loss:
                tail = never_again(tail, known)
            else:
                refuse_short(self.path, tail, known)
            if head is not None and head != tail.head:
                raise HeadMoved()
            data, receipt, after = make_batch(drafts, tail, clock(), clock_set)
            with self.path.open("r+b", 0) as writable:
                self._set_aside(writable.fileno(), tail, receipt.recorded_at)
                _write(writable.fileno(), tail.end, data)
            write_head(self.head_path, after)
        return receipt

    def _set_aside(self, fd: int, tail: Tail, now: dt.datetime) -> None:
        """Move what follows the last commit to ``journal.torn-TIME``; no byte is thrown away."""
        size = os.fstat(fd).st_size
        if size == tail.end:
            return
        os.lseek(fd, tail.end, os.SEEK_SET)
        torn = open_private(self._torn_path(now), os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            while block := os.read(fd, SCAN_BUFFER):
                write_all(torn, block)
            os.fsync(torn)
        finally:
            os.close(torn)
        sync_folder(self.home)
        os.ftruncate(fd, tail.end)
        os.fsync(fd)

    def _torn_path(self, now: dt.datetime) -> Path:
        name = f"journal.torn-{now:%Y%m%dT%H%M%S}"
        path, number = self.home / name, 1
        while path.exists():
            number += 1
            path = self.home / f"{name}-{number}"
        return path


def _check_batch(lines: Sequence[Line]) -> None:
    last = lines[-1]
    if last.commit != len(lines) or any(line.batch != last.batch for line in lines[:-1]):
        raise BadLine("batch_wrong")


def _write(fd: int, end: int, data: bytes) -> None:
    """One write, one fsync; whatever stops us, the file is cut back to its last commit."""
    try:
        os.lseek(fd, end, os.SEEK_SET)
        write_all(fd, data)
        os.fsync(fd)
    except BaseException:
        os.ftruncate(fd, end)
        raise
