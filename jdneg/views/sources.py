"""Where a rule stands, in one line: the instrument, its article, how and when the text was checked."""

from __future__ import annotations

from jdneg.domain.rulebook import Reference
from jdneg.i18n import pick, t
from jdneg.views.words import word


def source(reference: Reference) -> str:
    """``《…》第670条（已读原文，2026-11-22 核对；资料行 CC.670）``; what was not verified is not printed."""
    article = "" if "not verified" in reference.article else t("sheet.article", article=reference.article)
    checked = t("sheet.checked", how=word(reference.checked), day=reference.checked_on, row=reference.row)
    return f"{pick(reference.instrument)}{article}{checked}"
