"""The SQLite file of the index: made private, its tables, its transactions."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jdneg.errors import JdnegError
from jdneg.storage.files import FILE_MODE, open_private, private_folder

VERSION = 4
_SCHEMA = """
CREATE TABLE state (version INT, last INT, end INT, head TEXT, seq INT);
CREATE TABLE record (
    id TEXT PRIMARY KEY, kind TEXT, number INT, live INT, first INT, first_end INT, now INT, now_end INT,
    corrections INT,    day TEXT, loan TEXT, lender TEXT
) WITHOUT ROWID;
CREATE TABLE cites (target TEXT, id TEXT, PRIMARY KEY (target, id)) WITHOUT ROWID;
CREATE TABLE named (what TEXT, name TEXT, id TEXT, PRIMARY KEY (what, name, id)) WITHOUT ROWID;
CREATE INDEX named_by_id ON named (id);
CREATE INDEX cites_by_id ON cites (id);
CREATE INDEX record_by_kind ON record (kind, number);
CREATE INDEX contact_by_day ON record (day) WHERE kind = 'contact';
CREATE INDEX loan_by_lender ON record (lender) WHERE kind = 'loan';
"""


def connect(path: Path) -> sqlite3.Connection:
    """The file, made private before SQLite sees it. An unwritable one opens for reading, as SQLite does."""
    if not path.exists():
        with suppress(JdnegError, OSError):
            private_folder(path.parent)
            os.close(open_private(path, os.O_RDWR | os.O_CREAT, FILE_MODE))
        if not path.exists():
            raise sqlite3.OperationalError("no place for an index")
    db = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        return _prepared(db)
    except BaseException:
        db.close()
        raise


def in_memory() -> sqlite3.Connection:
    return _prepared(sqlite3.connect(":memory:", isolation_level=None))


def _prepared(db: sqlite3.Connection) -> sqlite3.Connection:
    db.execute("PRAGMA synchronous = OFF")  # derived: after a power cut it is made again
    if not db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
        with transaction(db):
            if not db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
                for statement in _SCHEMA.split(";\n"):
                    db.execute(statement)
    return db


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def empty(db: sqlite3.Connection) -> None:
    for table in ("state", "record", "cites", "named"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608 -- our own names
