"""``jdneg check``: contacts against the rules in force on their day."""

from __future__ import annotations

from jdneg.commands.shared.options import Text, Words
from jdneg.commands.shared.reading import Reader, words_or_file
from jdneg.errors import EmptyText
from jdneg.result import Result
from jdneg.session import Session


def check(
    session: Session,
    filter_: Words = None,
    loan: Text = None,
    text: Text = None,
    text_file: Text = None,
    kind: Text = None,
) -> Result:
    from jdneg.commands.shared.choices import KINDS
    from jdneg.domain.conduct.check import judge_text
    from jdneg.views.checked import check_page

    read = Reader(session)
    lender = read.choice(kind, KINDS) or "unknown"
    read.done()
    words = words_or_file(text, text_file, "--text")
    if words is not None and not words.strip():
        raise EmptyText(flag="--text")
    if words is not None:
        found = judge_text(words, session.as_of, lender, session.rules, session.lexicon)
        return check_page(found, 1, session.rules)
    return _journal(session, filter_, loan)


def _journal(session: Session, words: list[str] | None, loan: str | None) -> Result:
    from jdneg.commands.shared.filtering import read_filter
    from jdneg.commands.shared.judging import check_journal, check_picked
    from jdneg.views.checked import check_page

    owner = session.get(loan, "loan").id if loan else None
    wanted = read_filter(session, words, loan=owner)
    outcome = check_picked(session, wanted) if wanted.words else check_journal(session)
    return check_page(outcome.findings, outcome.checked, session.rules)
