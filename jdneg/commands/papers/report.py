"""``jdneg report``: the pattern of contacts, what happened by time, all on one page, the effort made in a case."""

from __future__ import annotations

from jdneg.commands.shared.options import Need, Switch, Text, Words
from jdneg.result import Result
from jdneg.session import Session


def pattern(
    session: Session, filter_: Words = None, split: Text = None, output: Text = None, reveal: Switch = False
) -> Result:
    from jdneg.commands.papers.reporting import pattern_page
    from jdneg.commands.shared.pages import printed
    from jdneg.views.patterns import pattern_blocks, pattern_result

    page = pattern_page(session, filter_, split, reveal=reveal)
    return printed(pattern_result(page), output, blocks=pattern_blocks(page) if output else ())


def timeline(session: Session, filter_: Words = None, output: Text = None, reveal: Switch = False) -> Result:
    from jdneg.commands.papers.reporting import timeline_page
    from jdneg.commands.shared.pages import printed

    return printed(timeline_page(session, filter_, reveal=reveal), output)


def summary(session: Session, output: Text = None, reveal: Switch = False) -> Result:
    from jdneg.commands.papers.reporting import summary_page
    from jdneg.commands.shared.pages import printed

    return printed(summary_page(session, reveal=reveal), output, compact=True)


def negotiation(session: Session, case: Need, output: Text = None, reveal: Switch = False) -> Result:
    """The file is for somebody outside, so it is in Chinese."""
    from jdneg.commands.papers.reporting import effort_in
    from jdneg.commands.shared.pages import noted
    from jdneg.documents.writers import write
    from jdneg.i18n import speaking
    from jdneg.session import expanded
    from jdneg.views.effort import effort_blocks, effort_page

    found, reasons = effort_in(session, case, reveal=reveal)
    page = effort_page(found, reasons, masked=not reveal)
    if output is None:
        return page
    with speaking("zh"):
        path = write(effort_blocks(found, reasons), expanded(output))
    return noted(page, path)
