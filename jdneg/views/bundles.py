"""What ``bundle verify`` found: every fault by name."""

from __future__ import annotations

from jdneg.blocks import Block, Paragraph, Table
from jdneg.documents.bundle_verify import BagReport
from jdneg.i18n import t
from jdneg.result import Result

_BROKEN = 4


def report_page(report: BagReport, path: str) -> Result:
    """``bundle verify``."""
    problems = [{"path": one.path, "problem": one.problem, "detail": one.detail} for one in report.problems]
    data: dict[str, object] = {"result": report.result, "files": report.files, "problems": problems}
    said = t(f"pack.result_{report.result}", path=path, files=report.files)
    blocks: list[Block] = [Paragraph(said, strong=True)]
    if report.problems:
        headers = (t("view.place"), t("view.problem"), t("view.detail"))
        blocks.append(Table(headers, tuple((one.path, one.problem, one.detail) for one in report.problems)))
    data["warnings"] = [{"path": one.path, "problem": one.problem, "detail": one.detail} for one in report.warnings]
    return Result(data, tuple(blocks), (), 0 if report.result == "ok" else _BROKEN)
