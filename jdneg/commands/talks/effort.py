"""``jdneg report negotiation``: the effort made in one case, for somebody outside."""

from __future__ import annotations

from jdneg.commands.shared.options import Need, Text
from jdneg.result import Result
from jdneg.session import Session


def negotiation(session: Session, case: Need, output: Text = None) -> Result:
    from jdneg.commands.shared.pages import noted
    from jdneg.commands.talks.negotiate import case_facts
    from jdneg.documents.writers import write
    from jdneg.domain.negotiation.effort import effort
    from jdneg.i18n import speaking
    from jdneg.session import expanded
    from jdneg.storage.texts import stuck_reasons
    from jdneg.views.effort import effort_blocks, effort_page

    facts = case_facts(session, session.get(case, "case"))
    loans = {one.id: one.record for one in session.store.select("loan")}
    found, reasons = effort(facts, loans, session.as_of), stuck_reasons()
    page = effort_page(found, reasons)
    if output is None:
        return page
    with speaking("zh"):
        path = write(effort_blocks(found, reasons), expanded(output))
    return noted(page, path)
