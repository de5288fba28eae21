"""Published figures with authoritative answers: each case prints its own difference and keeps to its own tolerance.

``pytest -s tests/domain/debt/test_published.py`` shows them all, and every item that is out of scope with its reason.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from from_samples import FILES, SAMPLES, Out, every
from published import Case, computed, restated

KEPT = list(restated())
ITEMS = [one for name in FILES for one in every(name)]
ASKED = [one for one in ITEMS if not isinstance(one, Out)]
OUT = [one for one in ITEMS if isinstance(one, Out)]


def _name(case: Case) -> str:
    return f"{case['file']}-{case['id']}-{case['ask']}-{'-'.join(case['want'])}"


def _compare(case: Case) -> None:
    found, within = computed(case), Decimal(case["within"])
    for figure, wanted in case["want"].items():
        if figure == "message":
            assert wanted in found["messages"]
            continue
        value = found[figure]
        if wanted is None or value is None:
            assert value is wanted, f"{figure} is {value}, published {wanted}"
            continue
        difference = Decimal(value) - Decimal(wanted)
        print(f"{case['file']} {case['id']} {figure}: {value:.10f}, published {wanted}, difference {difference:.2e}")
        assert abs(difference) <= within, f"{figure}: {value}, published {wanted}, within {within}"


@pytest.mark.parametrize("case", KEPT, ids=_name)
def test_restated(case: Case) -> None:
    _compare(case)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no samples folder beside the project")
@pytest.mark.parametrize("case", ASKED, ids=_name)
def test_of_the_samples_folder(case: Case) -> None:
    _compare(case)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no samples folder beside the project")
def test_what_is_out_of_scope_is_listed_with_its_reason() -> None:
    for one in OUT:
        print(f"out of scope: {one.id}: {one.reason}")
    assert len({one["id"] for one in ASKED}) > 3 * len(OUT)


def test_the_restated_cases_are_those_of_the_samples() -> None:
    """Every source has its cases here, so that they are held where the samples folder is missing."""
    assert {case["file"] for case in KEPT} == set(FILES)
    assert len(KEPT) > 100
