"""``export csv`` and ``export json``: the contacts a filter means, as a file or on standard output."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jdneg.blocks import Block, Paragraph, Preformatted
from jdneg.commands.shared.options import Switch, Text, Words
from jdneg.domain.messages import Message, hint
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session


def csv(
    session: Session,
    filter_: Words = None,
    output: Text = None,
    no_bom: Switch = False,
    findings: Switch = False,
    reveal: Switch = False,
) -> Result:
    from jdneg.documents.csvout import table
    from jdneg.views.contact_export import headers, rows

    shown, found, told, words = _asked(session, filter_, findings=findings, reveal=reveal)
    heads, plain = headers(findings=findings), session.settings.json and output is None
    made = table(heads, rows(shown, found), mark=output is not None and not no_bom)
    told_rows = [list(one) for one in rows(shown, found)] if plain else []  # of many contacts: not for nothing
    data = {"count": len(shown), "filter": words, "headers": list(heads), "rows": told_rows}
    text = made.decode("utf-8").replace("\r\n", "\n").removesuffix("\n")
    return _given(made, output, data, Preformatted(text), told)


def json_(
    session: Session, filter_: Words = None, output: Text = None, findings: Switch = False, reveal: Switch = False
) -> Result:
    import json

    from jdneg.views.contact_export import document

    shown, found, told, words = _asked(session, filter_, findings=findings, reveal=reveal)
    data = document(shown, words, found, masked=not reveal)
    text = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True)
    return _given((text + "\n").encode("utf-8", "replace"), output, data, Preformatted(text), told)


def _asked(
    session: Session, typed: Sequence[str] | None, *, findings: bool, reveal: bool
) -> tuple[list[Any], Any, tuple[Message, ...], list[str]]:
    """The contacts in time, masked unless revealed, with their findings where these are asked for."""
    from jdneg.commands.shared.filtering import by_contact, picked, read_filter
    from jdneg.commands.shared.judging import check_picked
    from jdneg.domain.redact import mask_list
    from jdneg.views.contacts import in_order

    wanted = read_filter(session, typed)
    meant = in_order(picked(session, wanted))
    found = by_contact(check_picked(session, wanted).findings) if findings else None
    if reveal:
        return meant, found, (), list(wanted.words)
    shown = mask_list(meant)
    told = (hint("app.masked"),) if shown != meant else ()
    return shown, found, told, list(wanted.words)


def _given(made: bytes, output: str | None, data: dict[str, Any], text: Block, told: tuple[Message, ...]) -> Result:
    """To the file the user names, which must not be there yet; else to standard output."""
    from jdneg.commands.shared.pages import target
    from jdneg.documents.writers import save

    if output is None:
        return Result(data, (text,), told)
    path = target(output)
    save(path, made)
    said = Paragraph(t("contact.exported", count=data["count"], path=str(path)))
    return Result({"path": str(path), "count": data["count"], "filter": data["filter"]}, (said,), told)
