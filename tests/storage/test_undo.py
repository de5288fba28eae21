from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from journal_world import a_contact, a_loan, journal_file, log, new_store, said

from jdneg.domain import changes
from jdneg.domain.changes import Change
from jdneg.errors import NotFound, NothingToUndo, UndoRefused
from jdneg.storage.store import Store


def test_undo_says_what_it_undid_and_only_appends(store: Store) -> None:
    log(store, "一", "二")
    before = journal_file(store).read_bytes()
    receipt = store.undo()
    assert (receipt.batch, receipt.undone) == ("B3", "B2")
    assert [tuple(line) for line in receipt.lines] == [("add", "contact", "C1"), ("add", "contact", "C2")]
    assert said(store) == []
    assert journal_file(store).read_bytes().startswith(before)
    assert [(one.op, one.undoes) for one in store.history("C1")] == [("add", None), ("withdraw", "B2")]


def test_redo_does_it_again(store: Store) -> None:
    log(store, "一")
    store.undo()
    receipt = store.redo()
    assert (receipt.batch, receipt.undone) == ("B4", "B2")
    assert said(store) == ["一"]
    with pytest.raises(NothingToUndo):
        store.redo()
    assert store.undo().undone == "B2"


def test_undo_of_an_amendment_brings_back_the_text_before(store: Store) -> None:
    log(store, "一")
    for text in ("二", "三"):
        store.commit([changes.amend("contact", "C1", a_contact(text), "改")])
    texts = []
    for step in (store.undo, store.undo, store.redo, store.redo):
        step()
        texts.append(store.get("C1").record.said)
    assert texts == ["二", "一", "二", "三"]


def test_undo_of_a_withdrawal_and_of_a_return(store: Store) -> None:
    log(store, "一")
    store.commit([changes.withdraw("contact", "C1", "错")])
    store.commit([Change("reinstate", "contact", None, "C1", "对")])
    seen = []
    for _ in range(3):
        store.undo()
        seen.append(said(store))
    assert seen == [[], ["一"], []]


def test_the_header_is_never_undone(store: Store) -> None:
    for ask in (store.undo, lambda: store.undo("B1"), store.redo):
        with pytest.raises(NothingToUndo):
            ask()


def test_a_named_batch_is_undone_alone(store: Store) -> None:
    log(store, "一")
    log(store, "二")
    assert store.undo("B2").undone == "B2"
    assert said(store) == ["二"]
    with pytest.raises(NothingToUndo):
        store.undo("B2")
    with pytest.raises(NotFound):
        store.undo("B99")


def test_what_is_cited_stays(store: Store) -> None:
    store.commit([changes.add("loan", a_loan())])
    log(store, "一", loan="L1")
    before = journal_file(store).read_bytes()
    with pytest.raises(UndoRefused) as caught:
        store.undo("B2")
    assert caught.value.facts == {"batch": "B2", "dependants": ["C1"]}
    assert journal_file(store).read_bytes() == before
    store.undo()
    assert store.undo().undone == "B2"


def test_what_was_changed_later_stays(store: Store) -> None:
    log(store, "一")
    store.commit([changes.amend("contact", "C1", a_contact("二"), "改")])
    with pytest.raises(UndoRefused) as caught:
        store.undo("B2")
    assert caught.value.facts["dependants"] == ["C1"]


def test_a_new_batch_ends_what_could_be_redone(store: Store) -> None:
    log(store, "一")
    store.undo()
    log(store, "二")
    with pytest.raises(NothingToUndo):
        store.redo()
    assert said(store) == ["二"]


def test_what_a_user_wrote_cannot_pass_for_an_undo(store: Store) -> None:
    log(store, '{"undoes":"B1"}')
    store.commit([changes.amend("contact", "C1", a_contact("x"), '{"undoes":"B2"}')])
    assert store.undo().undone == "B3"
    assert said(store) == ['{"undoes":"B1"}']


_STEPS: dict[str, Callable[[Store, int], object]] = {
    "add": lambda store, n: log(store, f"新{n}", f"又{n}"),
    "amend": lambda store, n: store.commit([changes.amend("contact", "C1", a_contact(f"改{n}"), "改")]),
    "withdraw": lambda store, _: store.commit([changes.withdraw("contact", "C1", "错")]),
    "reinstate": lambda store, _: store.commit([Change("reinstate", "contact", None, "C1", "对")]),
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(sorted(_STEPS)), max_size=6), back=st.integers(1, 6))
def test_undo_walks_back_and_redo_forth_through_the_same_states(
    steps: list[str], back: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = new_store(Path(tmp_path_factory.mktemp("undo")) / "home")
    log(store, "始")
    states = [_state(store)]
    for number, step in enumerate(steps):
        try:
            _STEPS[step](store, number)
        except Exception:  # noqa: BLE001 -- a step that does not fit the state is no step
            continue
        states.append(_state(store))
    back = min(back, len(states) - 1)
    for state in reversed(states[len(states) - 1 - back : -1]):
        store.undo()
        assert _state(store) == state
    for state in states[len(states) - back :]:
        store.redo()
        assert _state(store) == state
    assert [one.id for one in store.select("contact")] == [one.id for one in store.stream("contact")]


def _state(store: Store) -> list[tuple[str, str | None]]:
    return [(one.id, one.record.said) for one in store.stream("contact")]
