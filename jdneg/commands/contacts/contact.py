"""``jdneg contact``: the log, read and corrected."""

from __future__ import annotations

from jdneg.commands.shared.options import Many, Need, Switch, Text, Words
from jdneg.commands.shared.reading import Reader
from jdneg.result import Result
from jdneg.session import Session


def list_(
    session: Session,
    filter_: Words = None,
    loan: Text = None,
    last: Text = None,
    page: Text = None,
    reveal: Switch = False,
) -> Result:
    from jdneg.commands.shared.filtering import picked, read_filter
    from jdneg.views.contacts import contact_list

    read = Reader(session)
    shown = read.page(last, page)
    wanted = read.read("", lambda _: read_filter(session, filter_, loan=loan))
    read.done()
    return contact_list(picked(session, wanted), shown, wanted.words, reveal=reveal)


def show(session: Session, contact: Need) -> Result:
    from jdneg.views.letters import letter_page
    from jdneg.views.records import record_page

    if _is_letter(contact):
        return letter_page(session.get(contact, "letter"))
    return record_page(session.get(contact, "contact"))


def amend(session: Session, contact: Need, set_: Many = None, reason: Text = None, edit: Switch = False) -> Result:
    from jdneg.commands.shared.amending import amend

    return amend(session, contact, "letter" if _is_letter(contact) else "contact", set_, reason, edit=edit)


def withdraw(session: Session, contact: Need, reason: Text = None) -> Result:
    from jdneg.commands.shared.amending import withdraw_record

    return withdraw_record(session, contact, "letter" if _is_letter(contact) else "contact", reason)


def _is_letter(text: str) -> bool:
    """A letter that came stands in the list too, and is spoken of there by its own id."""
    return text.strip().upper().startswith("T")
