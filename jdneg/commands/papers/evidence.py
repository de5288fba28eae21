"""``jdneg evidence``: files into the vault, byte for byte; the user's own file is never touched."""

from __future__ import annotations

from jdneg.commands.shared.options import Many, Need, Text
from jdneg.commands.shared.reading import Reader, words_of
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session


def add(
    session: Session,
    file: Need,
    for_: Many = None,
    as_: Text = None,
    original: Text = None,
    proves: Text = None,
    pages: Text = None,
    note: Text = None,
) -> Result:
    from dataclasses import replace

    from jdneg.commands.shared.attaching import copying
    from jdneg.commands.shared.choices import PAPERS
    from jdneg.commands.shared.reading import existing
    from jdneg.domain import changes
    from jdneg.domain.ids import parse_id
    from jdneg.storage.exhibits import exhibit_of
    from jdneg.views.words import facts
    from jdneg.views.written import written

    read = Reader(session)
    count = read.number(pages, least=1)
    paper = read.choice(as_, PAPERS)
    supports = tuple(session.store.get(parse_id(one)).id for one in words_of(for_))
    read.done()
    path = existing(file)
    session.start_writing()
    fresh = exhibit_of(session.store.vault.add(path, copying(session)), supports, original)
    exhibit = replace(fresh, proves=proves, paper=paper, pages=count, note=note)
    same = next((one for one in session.store.select("exhibit") if one.record.sha256 == exhibit.sha256), None)
    if same is not None:
        return _again(session, same, exhibit)
    receipt = session.commit([changes.add("exhibit", exhibit)])
    said = t("evidence.added", id=receipt.ids[0], name=exhibit.name)
    return written(receipt, exhibit, said, view=[facts(exhibit, skip=("name",))])


def _again(session: Session, same, fresh) -> Result:  # type: ignore[no-untyped-def]
    """The same bytes once more: one exhibit, which may now support more records."""
    from dataclasses import replace

    from jdneg.domain import changes
    from jdneg.domain.messages import info
    from jdneg.views.written import unchanged, written

    known = info("evidence.same_file", id=same.id)
    supports = tuple(dict.fromkeys((*same.record.supports, *fresh.supports)))
    record = replace(same.record, supports=supports, paper=fresh.paper or same.record.paper)
    if record == same.record:
        return unchanged(same.id, same.record, known)
    receipt = session.transact(lambda: [changes.step("exhibit", same.id, record, t("evidence.supports_more"))])
    return written(receipt, record, t("app.amended", id=same.id), messages=[known], record_id=same.id)


def list_(session: Session, last: Text = None, page: Text = None) -> Result:
    from jdneg.views.evidence import exhibit_list

    read = Reader(session)
    shown = read.page(last, page)
    read.done()
    return exhibit_list(session.store.all("exhibit"), shown)


def show(session: Session, exhibit: Need) -> Result:
    from jdneg.views.records import record_page

    return record_page(session.get(exhibit, "exhibit"))
