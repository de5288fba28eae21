"""``jdneg complain``: complaints to the lender's platform and the consumer association."""

from __future__ import annotations

from jdneg.commands.shared.options import Need, Question, Text, complete
from jdneg.commands.shared.reading import Reader
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session


def draft(session: Session, to: Text = None, loan: Text = None, case: Text = None, output: Text = None) -> Result:
    from jdneg.commands.papers.drafting import draft_complaint

    (to,) = complete(session, [Question("--to", to)])
    return draft_complaint(session, to, loan, case, output)


def filed(session: Session, complaint: Need, no: Text = None, at: Text = None, note: Text = None) -> Result:
    from dataclasses import replace

    from jdneg.commands.papers.drafting import frozen_cites
    from jdneg.domain import changes
    from jdneg.domain.complaint.channels import channel
    from jdneg.domain.records.paper import Complaint
    from jdneg.errors import BadState
    from jdneg.storage.texts import channels
    from jdneg.views.complaints import clock_messages
    from jdneg.views.written import written

    at, no = complete(session, [Question("--at", at, check=session.moment), Question("--no", no, optional=True)])
    read = Reader(session)
    when = read.moment(at)
    read.done()
    found = session.get(complaint, "complaint")
    made: list[Complaint] = []

    def decide() -> list[changes.Change]:
        live = session.store.get(found.id).record
        if live.filed_at is not None:
            raise BadState(id=found.id, state=t("paper.state_filed"))
        frozen = frozen_cites(session, live.cites)
        made.append(replace(live, filed_at=when, number=no, frozen=frozen, note=note or live.note))
        return [changes.step("complaint", found.id, made[-1], t("paper.reason_filed"))]

    receipt = session.transact(decide)
    said = t("paper.filed", id=found.id, count=len(made[-1].frozen))
    kind = session.store.get(str(made[-1].loan)).record.kind
    told = clock_messages(made[-1], channel(channels(), made[-1].to), kind)
    return written(receipt, made[-1], said, messages=told, record_id=found.id)


def list_(session: Session) -> Result:
    from jdneg.views.complaints import complaint_list

    return complaint_list(session.store.all("complaint"))


def show(session: Session, complaint: Need) -> Result:
    from jdneg.commands.papers.drafting import with_moved
    from jdneg.views.records import record_page

    found = session.get(complaint, "complaint")
    return with_moved(session, record_page(found), found.record)
