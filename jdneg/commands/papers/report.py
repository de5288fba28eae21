"""``jdneg report``: the pattern of contacts, what happened by time, and all on one page."""

from __future__ import annotations

from jdneg.commands.shared.options import Switch, Text, Words
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
