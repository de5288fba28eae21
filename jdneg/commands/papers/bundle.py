"""``jdneg bundle verify``: is a bundle whole? Needs no journal."""

from __future__ import annotations

from jdneg.commands.shared.options import Need
from jdneg.result import Result
from jdneg.session import Session, expanded


def verify(session: Session, path: Need) -> Result:  # noqa: ARG001 -- every command takes the session
    from jdneg.documents.bundle_verify import verify_bag
    from jdneg.errors import FileMissing
    from jdneg.views.bundles import report_page

    found = expanded(path)
    if not found.exists():
        raise FileMissing(path=path)
    return report_page(verify_bag(found), path)
