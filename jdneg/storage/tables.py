"""TinyDB over the journal: one table a kind, for reading.

A document is ``{"id", "seq", "recorded_at", "payload_sha256", "amended", "clock_set", "record": {payload}}``, so a
query reads ``where("record")["loan"] == "L1"``. Documents are read from the journal while it runs, none are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from jdneg.domain.ids import number_of
from jdneg.domain.records import RECORD_KINDS
from jdneg.storage.journal import Journal
from jdneg.storage.lines import Json
from jdneg.storage.replay import document_of, versions


class JournalStorage(Storage):
    """What `TinyDB` reads; it writes nothing: every change goes through `Store.commit`."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def read(self) -> dict[str, Any]:
        return {kind: KindTable(self._journal, kind) for kind in RECORD_KINDS}

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:
        raise NotImplementedError("the journal is append-only: use Store.commit")


class KindTable(Mapping[str, Json]):
    """The live records of a kind by TinyDB's own document id, the id's number."""

    def __init__(self, journal: Journal, kind: str) -> None:
        self._journal = journal
        self._kind = kind

    def __iter__(self) -> Iterator[str]:
        return (str(number_of(version.first.id)) for version in versions(self._journal, self._kind))

    def __len__(self) -> int:
        return sum(1 for _ in versions(self._journal, self._kind))

    def __getitem__(self, doc_id: str) -> Json:
        for version in versions(self._journal, self._kind):
            if str(number_of(version.first.id)) == doc_id:
                return document_of(version)
        raise KeyError(doc_id)

    def items(self) -> Any:
        """Each document once, as it is read: Mapping's own way would look every one up again."""
        for version in versions(self._journal, self._kind):
            yield str(number_of(version.first.id)), document_of(version)

    def values(self) -> Any:
        for _, document in self.items():
            yield document


class _UncachedTable(Table):
    """TinyDB would answer a repeated query from memory, and another process may have written since."""

    def __init__(self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        super().__init__(storage, name, cache_size, persist_empty)


class JournalTables(TinyDB):
    """``JournalTables(journal).table("contact").search(where("record")["loan"] == "L1")``."""

    table_class = _UncachedTable
    default_storage_class = JournalStorage  # type: ignore[assignment]  # TinyDB's hint is narrower than its code
