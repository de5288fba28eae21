import datetime as dt

import pytest

from jdneg.domain.correspondence.freezing import freeze
from jdneg.domain.records.base import Stored
from jdneg.domain.records.contact import Contact
from jdneg.domain.records.paper import Cited
from jdneg.errors import NotFound

CALL = Stored(
    "C1",
    Contact(channel="call", happened_at=dt.date(2026, 11, 22)),
    dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
    "the hash of that day",
)


def test_each_cited_record_is_held_by_the_hash_of_the_day_in_the_order_given() -> None:
    other = Stored("C2", CALL.record, CALL.recorded_at, "another")
    held = freeze(("C2", "C1"), {"C1": CALL, "C2": other})
    assert held == (Cited(id="C2", payload_sha256="another"), Cited(id="C1", payload_sha256="the hash of that day"))


def test_a_record_that_is_gone_cannot_be_cited() -> None:
    with pytest.raises(NotFound) as refused:
        freeze(("C1", "C9"), {"C1": CALL})
    assert refused.value.facts == {"id": "C9"}
