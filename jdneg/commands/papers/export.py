"""``jdneg export``: everything out, to where the user names."""

from __future__ import annotations

from jdneg.commands.shared.options import Question, Switch, Text, complete
from jdneg.commands.shared.reading import choose
from jdneg.result import Result
from jdneg.session import Session


def _profile(text: str) -> str:
    return choose(text, {"lawyer": "lawyer", "association": "association"})


def bundle(
    session: Session,
    profile: Text = None,
    loan: Text = None,
    case: Text = None,
    output: Text = None,
    zip_: Switch = False,
) -> Result:
    from jdneg.commands.papers.bundling import export_bundle
    from jdneg.commands.papers.scope import scope_of

    profile, output = complete(
        session, [Question("--profile", profile, check=_profile), Question("--output", output)]
    )
    return export_bundle(session, profile, scope_of(session, loan, case), output, as_zip=zip_)


def schema(session: Session) -> Result:  # noqa: ARG001 -- the same whatever is in the journal
    import json

    from jdneg.blocks import Preformatted
    from jdneg.domain.schema import json_schemas

    found = json_schemas()
    return Result({"schema": found}, (Preformatted(json.dumps(found, ensure_ascii=False, indent=2)),))
