"""The answer to a letter that came: what was received, whether its source is known, what is asked in return."""

from __future__ import annotations

from typing import Any

from jdneg.domain.correspondence.context import Blank, Exhibits
from jdneg.domain.correspondence.facts import Built, LetterFacts
from jdneg.domain.messages import Message
from jdneg.domain.records.base import Stored
from jdneg.domain.records.paper import Letter, SourceCheck
from jdneg.errors import BadState, MissingFlags

CLASSES = ("account", "transaction", "loan", "feedback")


def reply(facts: LetterFacts) -> Built:
    """The answer itself is the writer's: it stands as a blank. Raises BadState where nothing is answered."""
    came = facts.came
    if came is None:
        raise MissingFlags(flags="--letter")
    source = verdict(came.record)
    if source is not None and source.outcome == "fake":
        raise BadState(id=came.id, state=Message("paper.state_fake"))
    values = {
        "came": _came(came, facts.exhibits),
        "source": _source(source),
        "ask": {name: name == facts.came_class for name in CLASSES},
        "unclear": facts.came_class is None,
        "answer": Blank("answer"),
    }
    return values, (came,)


def verdict(letter: Letter) -> SourceCheck | None:
    """The latest attempt that came to an answer: a later "unknown" takes nothing back."""
    known = [one for one in letter.source_checks if one.outcome != "unknown"]
    return known[-1] if known else None


def _source(check: SourceCheck | None) -> dict[str, Any] | None:
    return None if check is None else {"at": check.at, "via": check.via, "by": check.by}


def _came(letter: Stored[Letter], exhibits: Exhibits) -> dict[str, Any]:
    record, how = letter.record, letter.record.received
    return {
        "id": letter.id,
        "at": how.happened_at if how else record.drafted_on,
        "sender": (how.agency or how.sender or how.number) if how else None,
        "via": f"way_{record.via}" if record.via else None,
        "subject": record.subject,
        "account": record.account,
        "transaction": record.transaction,
        "reply_by": record.reply_by,
        "exhibits": exhibits.label(letter.id, how.exhibits if how else ()),
    }
