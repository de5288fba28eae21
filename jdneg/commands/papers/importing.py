"""``jdneg import``: what the phone kept. A preview unless ``--commit``; one undoable batch."""

from __future__ import annotations

from jdneg.commands.shared.options import Need, Switch, Text
from jdneg.commands.shared.reading import existing
from jdneg.result import Result
from jdneg.session import Session


def sms(session: Session, file: Need, loan: Text = None, all_: Switch = False, commit: Switch = False) -> Result:
    from jdneg.commands.shared.patience import counted
    from jdneg.domain import changes
    from jdneg.importers.plan import plan_import
    from jdneg.importers.sms_backup import SmsBackup
    from jdneg.views.imported import import_page

    path = existing(file)
    owner = session.get(loan, "loan") if loan else None
    loans = (owner,) if owner else session.store.all("loan")
    rows = counted(session, "view.reading_so_far", SmsBackup(session.zone).extract(path))
    plan = plan_import(
        rows, session.store.all("contact"), loans, only_known=not all_, loan=owner.id if owner else None,
        now=session.now,
    )  # fmt: skip
    batch = None
    if commit and plan.new:
        receipt = session.commit([changes.add("contact", one.record) for one in plan.new])
        batch = receipt.batch
    return import_page(plan, batch, committed=commit)
