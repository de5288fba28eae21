"""``jdneg directory``: official channels, who confirmed them, when and in what way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jdneg.commands.shared.options import Need, Question, Text, complete
from jdneg.commands.shared.reading import Reader
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.domain.directory import Directory


def directory_of(session: Session) -> Directory:
    """What ships, with the user's confirmations and own entries; works without a journal."""
    from jdneg.domain.directory import with_records
    from jdneg.storage.cards import directory

    kept = session.store.select("official") if session.home.is_dir() and session.store.exists() else []
    return with_records(directory(), kept)


def list_(session: Session) -> Result:
    from jdneg.views.directories import directory_page

    return directory_page(directory_of(session), session.as_of)


def show(session: Session, entry: Need) -> Result:
    from jdneg.views.directories import entry_page

    found = directory_of(session)
    return entry_page(found.get(entry), found, session.as_of)


def add(
    session: Session,
    name: Text = None,
    value: Text = None,
    kind: Text = None,
    source: Text = None,
    note: Text = None,
) -> Result:
    from jdneg.domain import changes
    from jdneg.domain.records.official import Official, OfficialKind
    from jdneg.views.written import written

    name, value = complete(session, [Question("--name", name), Question("--value", value)])
    read = Reader(session)
    chosen: Any = read.choice(kind, OfficialKind) or "number"
    _refuse_empty(read, {"--name": name, "--value": value})
    read.done()
    made = Official(name=name.strip(), kind=chosen, value=value.strip(), source=source, note=note)
    receipt = session.commit([changes.add("official", made)])
    return written(receipt, made, t("directory.added", id=receipt.ids[0], value=made.value))


def confirm(session: Session, entry: Need, how: Text = None, by: Text = None, at: Text = None) -> Result:
    from jdneg.domain import changes
    from jdneg.domain.directory import confirmed_record
    from jdneg.domain.records.official import Confirmation
    from jdneg.views.written import written

    how, by = complete(session, [Question("--how", how), Question("--by", by)])
    read = Reader(session)
    when = read.moment(at) or session.now
    _refuse_empty(read, {"--how": how, "--by": by})
    read.done()
    found = directory_of(session).get(entry)
    fresh = Confirmation(at=when, by=by.strip(), how=how.strip())
    if found.record is None:
        record = confirmed_record(found, fresh, None)
        receipt = session.commit([changes.add("official", record)])
        return written(receipt, record, t("directory.done", id=receipt.ids[0], value=record.value))
    live = found.record

    def decide() -> list[changes.Change]:
        record = confirmed_record(found, fresh, session.store.get(live).record)
        return [changes.step("official", live, record, t("directory.reason_confirmed"))]

    receipt = session.transact(decide)
    record = session.store.get(live).record
    return written(receipt, record, t("directory.done", id=live, value=record.value), record_id=live)


def _refuse_empty(read: Reader, given: dict[str, str]) -> None:
    from jdneg.errors import EmptyText

    read.errors += [EmptyText(flag=flag) for flag, value in given.items() if not value.strip()]
