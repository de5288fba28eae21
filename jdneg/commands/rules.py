"""``jdneg rules``: the rule book, as it stands on a day."""

from __future__ import annotations

from jdneg.commands.options import Need, Text
from jdneg.result import Result
from jdneg.session import Session


def list_(session: Session, on: Text = None) -> Result:
    from jdneg.views.rules import rule_list

    return rule_list(session.rules, session.day(on) if on else session.as_of)


def show(session: Session, rule: Need) -> Result:
    from jdneg.views.rules import rule_page

    return rule_page(session.rules.get(rule))
