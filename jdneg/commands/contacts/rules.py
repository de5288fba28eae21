"""``jdneg rules``: the rule book, as it stands on a day."""

from __future__ import annotations

from jdneg.commands.shared.options import Need, Text
from jdneg.result import Result
from jdneg.session import Session


def list_(session: Session, on: Text = None) -> Result:
    from jdneg.views.rules import rule_list

    return rule_list(session.rules, session.day(on) if on else session.as_of)


def stale(session: Session, on: Text = None, older_than: Text = None) -> Result:
    from jdneg.commands.shared.reading import Reader
    from jdneg.domain.rulestale import HORIZON, stale
    from jdneg.views.rules import stale_list

    read = Reader(session)
    horizon = read.number(older_than, most=100_000)
    day = read.day(on, prefer="future") or session.as_of
    read.done()
    horizon = HORIZON if horizon is None else horizon
    return stale_list(stale(session.rules, day, horizon), day, horizon)


def show(session: Session, rule: Need, on: Text = None) -> Result:
    from jdneg.views.rules import rule_page

    return rule_page(session.rules.get(rule), session.day(on, prefer="future") if on else session.as_of)
