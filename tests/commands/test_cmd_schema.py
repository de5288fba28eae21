"""``export schema``, and the guard of ``amend``."""

from __future__ import annotations

import json

from cli_world import Run

from jdneg.domain.records import RECORD_KINDS


def test_the_schema_is_one_document(run: Run, lang: str) -> None:
    printed = json.loads(run("export", "schema", code=0).out)
    assert set(printed["properties"]) == set(RECORD_KINDS)
    assert printed["$defs"]["Loan"]["additionalProperties"] is False
    assert run("export", "schema", "--json", code=0).data == {"schema": printed}


def test_an_amendment_is_held_to_the_schema(run: Run) -> None:
    terms = ("--kind", "bank", "--principal", "20000", "--start", "2026-03-10", "--rate", "18%/year")
    run("loan", "add", "--lender", "某银行", *terms, code=0)
    typed = run("loan", "amend", "L1", "--set", "rate=0.05%/日", "--reason", "合同", "--json", code=0)
    assert typed.data["record"]["rate"] == "0.05%/day"
    before = run("history", "L1", "--json", code=0).data
    run("loan", "amend", "L1", "--set", "overdue.factor=-1.5", "--reason", "合同", code=2)
    assert run("history", "L1", "--json", code=0).data == before
