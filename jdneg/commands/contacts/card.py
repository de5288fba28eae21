"""``jdneg card``: the short card for a moment, to read or to print on one page."""

from __future__ import annotations

from jdneg.commands.shared.options import Text
from jdneg.result import Result
from jdneg.session import Session


def visit(session: Session, output: Text = None) -> Result:
    return _card(session, "visit", output)


def call(session: Session, output: Text = None) -> Result:
    return _card(session, "call", output)


def scam(session: Session, output: Text = None) -> Result:
    return _card(session, "scam", output)


def police(session: Session, output: Text = None) -> Result:
    return _card(session, "police", output)


def _card(session: Session, name: str, output: str | None) -> Result:
    from jdneg.commands.shared.pages import printed
    from jdneg.storage.texts import card
    from jdneg.views.cards import card_page

    return printed(card_page(card(name), session.rules, session.as_of), output, compact=True)
