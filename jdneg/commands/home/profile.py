"""``jdneg profile``: the user's own name and contact, for letters. All optional."""

from __future__ import annotations

from jdneg.blocks import Paragraph
from jdneg.commands.shared.options import Text
from jdneg.i18n import t
from jdneg.result import Result
from jdneg.session import Session


def show(session: Session) -> Result:
    from jdneg.views.words import facts

    owner = session.owner
    return Result({"profile": owner}, (facts(owner) if owner else Paragraph(t("app.no_profile")),))


def set_(
    session: Session,
    name: Text = None,
    phone: Text = None,
    id_number: Text = None,
    address: Text = None,
    email: Text = None,
) -> Result:
    from dataclasses import replace

    from jdneg.domain import changes
    from jdneg.domain.records.journal import Profile
    from jdneg.errors import MissingFlags
    from jdneg.views.words import facts
    from jdneg.views.written import written

    given = {"name": name, "phone": phone, "id_number": id_number, "address": address, "email": email}
    fresh = {key: value for key, value in given.items() if value is not None}
    if not fresh:
        raise MissingFlags(flags="--name --phone --id-number --address --email")
    known = session.store.all("profile")
    if not known:
        profile = Profile(**fresh)
        receipt = session.commit([changes.add("profile", profile)])
        return written(receipt, profile, t("app.profile_kept"), view=[facts(profile)])
    profile = replace(known[-1].record, **fresh)
    receipt = session.transact(lambda: [changes.amend("profile", known[-1].id, profile, t("app.profile_changed"))])
    return written(receipt, profile, t("app.profile_kept"), view=[facts(profile)], record_id=known[-1].id)
