"""Is a letter what it says, and from whom it says? Its class by its words; how its source was verified."""

from __future__ import annotations

from jdneg.commands.shared.options import Question, Text, complete
from jdneg.commands.shared.reading import Reader, words_or_file
from jdneg.errors import EmptyText, MissingFlags
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session
from jdneg.values import dataclass


@dataclass(frozen=True, slots=True)
class SourceFlags:
    """How the source was verified, as typed."""

    result: Text = None
    by: Text = None
    via: Text = None
    at: Text = None
    answer: Text = None
    agent: Text = None


def words_of_letter(session: Session, letter: str | None, text: str | None, text_file: str | None) -> str:
    """The words typed or read from a file, else those of the letter."""
    words = words_or_file(text, text_file, "--text")
    if words is None and letter is None:
        raise MissingFlags(flags="LETTER --text --text-file")
    if words is None and letter is not None:
        record = session.get(letter, "letter").record
        words = "\n".join(one for one in (record.subject, record.text) if one)
    if words is None or not words.strip():
        raise EmptyText(flag="--text")
    return words


def classify_letter(session: Session, letter: str | None, text: str | None, text_file: str | None) -> Result:
    from jdneg.commands.contacts.directory import directory_of
    from jdneg.domain.correspondence.classify import classify
    from jdneg.domain.scam.screen import screen
    from jdneg.storage.cards import letter_book
    from jdneg.views.letterkinds import classified_page

    words = words_of_letter(session, letter, text, text_file)
    hosts = directory_of(session).confirmed_hosts(session.as_of)
    return classified_page(classify(words, letter_book()), screen(words, None, session.scams, hosts))


def verify_letter(session: Session, letter: str, flags: SourceFlags) -> Result:
    """Without a result, the steps to verify it by; with one, a step of the letter's record. Refuses nothing."""
    from jdneg.commands.contacts.directory import directory_of
    from jdneg.domain import changes
    from jdneg.domain.correspondence.verified import verified
    from jdneg.domain.records.paper import SourceCheck, SourceResult
    from jdneg.views.letterkinds import steps_page
    from jdneg.views.written import written

    found = session.get(letter, "letter")
    if flags.result is None and (session.settings.no_input or not session.ports.can_ask()):
        return steps_page(found, directory_of(session))
    result, by, via = complete(
        session,
        [Question("--result", flags.result), Question("--by", flags.by), Question("--via", flags.via)],
    )
    read = Reader(session)
    outcome = read.choice(result, SourceResult)
    when = read.moment(flags.at) or session.now
    read.errors += [EmptyText(flag=flag) for flag, value in (("--by", by), ("--via", via)) if not value.strip()]
    read.done()
    fresh = SourceCheck(at=when, by=by, via=via, outcome=outcome, answer=flags.answer, agent=flags.agent)

    def decide() -> list[changes.Change]:
        live = session.store.get(found.id).record
        return [changes.step("letter", found.id, verified(live, fresh), t("paper.reason_verified"))]

    receipt = session.transact(decide)
    live = session.store.get(found.id).record
    return written(receipt, live, t(f"paper.source_{outcome}", id=found.id), record_id=found.id)
