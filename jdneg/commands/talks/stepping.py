"""One step of a case: read, changed, written as a step, shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.domain.changes import Change
    from jdneg.domain.messages import Message
    from jdneg.domain.records.case import Case


def take_step(
    session: Session,
    case_id: str,
    change: Callable[[Case], Case],
    reason: str,
    messages: Callable[[Case], Iterable[Message]] = lambda _: (),
    *,
    also: Callable[[Case], Sequence[Change]] = lambda _: (),
) -> Result:
    """One step of a case: the new case is made from the one that is live when it is written.

    ``also`` is what is written with it; ``messages`` are asked for once both are.
    """
    from jdneg.domain import changes
    from jdneg.domain.ids import parse_id
    from jdneg.views.cases import case_blocks
    from jdneg.views.written import written

    id_ = parse_id(case_id, "case")
    made: list[Case] = []

    def decide() -> list[Change]:
        made.append(change(session.store.get(id_).record))
        return [changes.step("case", id_, made[-1], reason), *also(made[-1])]

    receipt = session.transact(decide)
    told = tuple(messages(made[-1]))
    said = t("talks.step", id=id_, reason=reason)
    live = session.store.get(id_).record
    return written(receipt, live, said, view=case_blocks(live), messages=told, record_id=id_)
