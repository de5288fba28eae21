"""One step of a case: read, changed, written as a step, shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session

if TYPE_CHECKING:
    from jdneg.domain.messages import Message
    from jdneg.domain.records.case import Case


def take_step(
    session: Session,
    case_id: str,
    change: Callable[[Case], Case],
    reason: str,
    messages: Callable[[Case], tuple[Message, ...]] = lambda _: (),
    *,
    extra: Any = (),
    warn: bool = False,
) -> Result:
    """One step of a case: the new case is made from the one that is live when it is written."""
    from jdneg.commands.shared.dossier import dossier
    from jdneg.commands.shared.limits import limitation_notice
    from jdneg.domain import changes
    from jdneg.domain.ids import parse_id
    from jdneg.views.cases import case_blocks
    from jdneg.views.written import written

    found = session.store.get(parse_id(case_id, "case"))
    notice = limitation_notice(session, dossier(session, found.record.loans[0])) if warn else ()
    made: list[Case] = []

    def decide() -> list[changes.Change]:
        made.append(change(session.store.get(found.id).record))
        return [changes.step("case", found.id, made[-1], reason), *extra]

    receipt = session.transact(decide)
    told = (*notice, *messages(made[-1]))
    said = t("talks.step", id=found.id, reason=reason)
    live = session.store.get(found.id).record
    return written(receipt, live, said, view=case_blocks(live), messages=told, record_id=found.id)
