"""Where a rule stands, in one line: the instrument, its article, how and when the text was checked."""

from __future__ import annotations

from jdneg.domain.precheck import CheckSource
from jdneg.domain.rulebook import Reference
from jdneg.i18n import pick, t
from jdneg.views.words import word


def source(reference: Reference) -> str:
    """``《…》第670条（已读原文，2026-11-22 核对；资料行 CC.670）``; what was not verified is not printed."""
    article = "" if "not verified" in reference.article else t("sheet.article", article=reference.article)
    checked = t("sheet.checked", how=word(reference.checked), day=reference.checked_on, row=reference.row)
    return f"{pick(reference.instrument)}{article}{checked}"


def source_line(one: CheckSource) -> str:
    """A source that is no rule of the book, in one line."""
    article = "" if one.article == "not verified" else t("sheet.article", article=one.article)
    since = t("card.since", since=one.since) if one.since else t("card.undated")
    how = t("card.source", level=word(one.level), checked=word(one.checked), since=since, row=one.row)
    binds = t("precheck.binds", who=pick(one.binds)) if one.binds else ""
    return f"{pick(one.instrument)}{article}{how}{binds}"
