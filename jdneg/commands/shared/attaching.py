"""Files the user names, into the vault; the exhibits are recorded in the same batch as what cites them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jdneg.commands.shared.reading import existing
from jdneg.domain import changes
from jdneg.domain.ids import Id, LocalRef, parse_id
from jdneg.errors import BadId
from jdneg.i18n import t
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.commands.shared.patience import Step

MAIN = LocalRef(0)


def attachments(session: Session, named: Sequence[str] | None) -> tuple[list[changes.Change], tuple[Id, ...]]:
    """Changes to follow the main record (which is the batch's first), and the exhibits it cites.

    Each word is an exhibit's id (``E3``) or a file. The same bytes twice are one exhibit. Every file is looked
    at before the first is taken.
    """
    if not named:
        return [], ()
    ids = [look_at(session, word) for word in named]
    paths = [existing(word) for word, found in zip(named, ids, strict=True) if found is None]
    if paths:
        session.start_writing()
    exhibits = {one.record.sha256: one for one in session.store.select("exhibit")}
    extra: list[changes.Change] = []
    cited: list[Id] = [found for found in ids if found is not None]
    for path in paths:
        cited.append(_take(session, path, exhibits, extra))
    amended = [one for one in exhibits.values() if one.id in cited]
    return [*extra, *(_support(one) for one in amended)], tuple(dict.fromkeys(cited))


def copying(session: Session) -> Step | None:
    """How far the copy of a big file is, in megabytes."""
    from jdneg.commands.shared.patience import progress

    return progress(session, "view.copying", 1_000_000)


def look_at(session: Session, word: str) -> str | None:
    """The id when the word is one; None when it must be a file."""
    try:
        record_id = parse_id(word, "exhibit")
    except BadId:
        existing(word)
        return None
    return session.store.get(record_id).id


def _take(session: Session, path: Any, exhibits: dict[str, Any], extra: list[changes.Change]) -> Id:
    from jdneg.storage.exhibits import exhibit_of

    exhibit = exhibit_of(session.store.vault.add(path, copying(session)), (MAIN,), None)
    if exhibit.sha256 in exhibits:
        same: Id = exhibits[exhibit.sha256].id
        return same
    for index, change in enumerate(extra, 1):
        if change.record == exhibit:
            return LocalRef(index)
    extra.append(changes.add("exhibit", exhibit))
    return LocalRef(len(extra))


def _support(found: Any) -> changes.Change:
    """A known exhibit now supports the new record too."""
    record = replace(found.record, supports=(*found.record.supports, MAIN))
    return changes.step("exhibit", found.id, record, t("evidence.supports_more"))
