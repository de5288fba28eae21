"""What is needed to be sure of a debt: there or missing, with the command of the letter that asks for it."""

from __future__ import annotations

from collections.abc import Sequence

from jdneg.blocks import Table
from jdneg.domain.debt.papers import Paper
from jdneg.i18n import t


def papers_table(papers: Sequence[Paper], loan: str, *, ask: bool = True) -> Table:
    """``ask`` False: for a reader who does not write the letters, without their commands."""
    if not ask:
        return _bare(papers)
    headers = tuple(t(f"papers.{name}") for name in ("paper", "state", "exhibit", "ask"))
    rows = tuple(
        (t(f"papers.{one.name}"), _state(one), one.exhibit or "", ask_with(one, loan) or "") for one in papers
    )
    return Table(headers, rows)


def _bare(papers: Sequence[Paper]) -> Table:
    headers = tuple(t(f"papers.{name}") for name in ("paper", "state", "exhibit"))
    return Table(headers, tuple((t(f"papers.{one.name}"), _state(one), one.exhibit or "") for one in papers))


def papers_json(papers: Sequence[Paper], loan: str) -> list[dict[str, object]]:
    return [
        {"paper": one.name, "state": one.state, "exhibit": one.exhibit, "ask_with": ask_with(one, loan)}
        for one in papers
    ]


def _state(paper: Paper) -> str:
    in_record = paper.state == "present" and paper.exhibit is None
    return t("papers.in_record") if in_record else t(f"papers.{paper.state}")


def ask_with(paper: Paper, loan: str) -> str | None:
    """The command of the letter that asks for a missing paper."""
    if paper.letter is None:
        return None
    item = f" --item {paper.item}" if paper.item else ""
    return f"jdneg letter draft {paper.letter} --loan {loan}{item}"
