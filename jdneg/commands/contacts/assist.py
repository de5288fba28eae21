"""``jdneg assist call``: beside a call while it goes on; ends as a draft to confirm."""

from __future__ import annotations

from jdneg.commands.shared.options import Arg, Switch
from jdneg.result import Result
from jdneg.session import Session


def call(
    session: Session,
    loan: Arg = None,
    out: Switch = False,
    resume: Switch = False,
    new: Switch = False,
    plain: Switch = False,
) -> Result:
    from jdneg.commands.contacts.assisting import assist, script_alone

    if session.settings.no_input or session.settings.json:
        return script_alone(session, loan)
    return assist(session, loan, out=out, resume=resume, new=new, plain=plain)
