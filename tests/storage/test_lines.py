from __future__ import annotations

import json
from hashlib import sha256

import pytest
from hypothesis import given, strategies as st

from jdneg.errors import InvalidValue
from jdneg.storage.lines import NO_HASH, BadLine, Header, build_line, check_line, dumps, read_line

HEADER = Header(
    seq=7, batch="B3", op="add", kind="contact", id="C5", recorded_at="2026-11-22T10:00:00+08:00", clock_set=True,
    prev=NO_HASH, commit=2, counters={"B": 4, "C": 6},
)  # fmt: skip


def a_line(payload: object) -> bytes:
    return build_line(HEADER, dumps({"record": payload}))[0]


def test_fields_stand_in_the_order_of_the_design() -> None:
    fields = list(json.loads(a_line({"said": "喂"})))
    assert fields == [
        "seq", "batch", "op", "kind", "id", "recorded_at", "clock", "payload_sha256", "prev", "commit", "counters",
        "hash", "payload",
    ]  # fmt: skip


def test_hashes_are_over_raw_bytes() -> None:
    raw = a_line({"said": "喂"})
    parsed = json.loads(raw)
    assert parsed["hash"] == sha256(raw[: raw.index(b',"hash"')]).hexdigest()
    assert parsed["payload_sha256"] == sha256('{"record":{"said":"喂"}}'.encode()).hexdigest()


@given(
    st.dictionaries(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")) | st.integers(0, 9))
)
def test_any_text_comes_back_and_stays_on_one_line(payload: dict[str, object]) -> None:
    raw = a_line(payload)
    line = check_line(raw, 40)
    assert raw.count(b"\n") == 1
    assert line.read() == {"record": payload}
    assert (line.seq, line.batch, line.id, line.commit, line.counters) == (7, "B3", "C5", 2, {"B": 4, "C": 6})
    assert (line.offset, line.end, line.clock_set) == (40, 40 + len(raw), True)


@given(st.data())
def test_no_byte_can_change(data: st.DataObject) -> None:
    raw = bytearray(a_line({"said": "请还款", "sender": "x"}))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(BadLine):
        check_line(bytes(raw), 0)


def test_a_purged_payload_is_a_hole_not_damage() -> None:
    raw = a_line({"said": "x"})
    hole = raw[: raw.index(b'"payload":')] + b'"payload":null}\n'
    assert check_line(hole, 0).purged


def test_quick_reading_still_refuses_what_is_no_line() -> None:
    with pytest.raises(BadLine):
        read_line(b'{"seq":1}\n', 0)


def test_text_that_is_no_unicode_is_refused() -> None:
    with pytest.raises(InvalidValue):
        dumps({"said": "bad \udc80"})
