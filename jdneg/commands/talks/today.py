"""``jdneg today``: what is due or late, the next agreed instalment on top, and one thing to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jdneg.commands.shared.options import Text
from jdneg.commands.shared.reading import Reader
from jdneg.result import Result
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.domain.agenda.known import Known


def today(session: Session, days: Text = None) -> Result:
    from jdneg.domain.agenda.agenda import agenda
    from jdneg.views.today import today_page

    read = Reader(session)
    ahead = read.number(days, least=0, most=3660)
    read.done()
    found = known(session)
    items = agenda(found, session.as_of, 14 if ahead is None else ahead)
    return today_page(items, session.as_of, loans=len(found.loans))


def known(session: Session) -> Known:
    """What the agenda is read from; of the contacts only those that can matter are decoded."""
    from jdneg.commands.contacts.calldrafts import left_call
    from jdneg.commands.shared.judging import against_promise
    from jdneg.domain.agenda.known import Known
    from jdneg.storage.texts import channels

    store = session.store
    return Known(
        loans=store.select("loan"), cases=store.select("case"), payments=store.select("payment"),
        claims=store.select("claim"), letters=store.select("letter"), complaints=store.select("complaint"),
        contacts=store.stream("contact", having=("next_at", "promises")),
        of_loan=lambda loan: store.select("contact", loan=loan),
        against=lambda case, promise: against_promise(session, case, promise),
        channels={one.id: one for one in channels()}, left_call=left_call(session),
    )  # fmt: skip
