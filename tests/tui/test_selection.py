"""A selection is a set of papers of a list, whatever it is made of."""

from __future__ import annotations

import time
from array import array

from hypothesis import given
from hypothesis import strategies as st

from paperterm.tui.selection import Selection

IDS = st.lists(st.integers(1, 40), unique=True, max_size=30)


@st.composite
def selected(draw: st.DrawFn) -> tuple[Selection, set[int]]:
    """A selection, come to by any steps, and the ids that are meant by them."""
    ids = draw(IDS)
    selection, meant = Selection(array("q", ids)), set[int]()
    places = st.integers(0, max(0, len(ids) - 1))
    for step in draw(st.lists(st.sampled_from(["one", "along", "all", "none"]), max_size=12)):
        one, other = draw(places), draw(places)
        if step == "all":
            selection, meant = (selection.along(0, len(ids) - 1) if ids else selection), set(ids)
        elif step == "none":
            selection, meant = selection.nothing(), set()
        elif not ids:
            continue
        elif step == "one":
            selection, meant = selection.toggled(one), meant ^ {ids[one]}
        else:
            first, last = sorted((one, other))
            selection, meant = selection.along(one, other), meant | set(ids[first : last + 1])
    return selection, meant


@given(selected())
def test_a_selection_holds_what_was_selected(made: tuple[Selection, set[int]]) -> None:
    selection, meant = made
    ids = list(selection.ids)
    assert list(selection.chosen()) == [i for i in ids if i in meant]
    assert len(selection) == len(meant)
    assert {ids[place] for place in range(len(ids)) if place in selection} == meant
    assert selection.whole == (bool(ids) and len(meant) == len(ids))


@given(selected(), IDS)
def test_in_another_list_the_same_papers_are_selected(
    made: tuple[Selection, set[int]], others: list[int]
) -> None:
    selection, meant = made
    there = selection.onto(array("q", others))
    assert list(there.chosen()) == [i for i in others if i in meant]


@given(selected(), IDS, IDS, st.integers(0, 30), st.integers(0, 30))
def test_papers_that_come_and_go_leave_the_others_selected(
    made: tuple[Selection, set[int]], before: list[int], after: list[int], start: int, end: int
) -> None:
    selection, meant = made
    kept = list(selection.ids)[start : len(selection.ids) - end]
    new = [*(100 + i for i in before), *kept, *(200 + i for i in after)]
    there = selection.onto(array("q", new))
    assert list(there.chosen()) == [i for i in new if i in meant]


def test_all_of_a_hundred_thousand_costs_nothing() -> None:
    ids = array("q", range(100_000))
    selection = Selection(ids).along(0, 99_999).toggled(7).toggled(99_000)
    grown = array("q", [200_000, 200_001, *ids])
    begun = time.perf_counter()
    for place in range(1_000):
        assert (place in selection) == (place != 7)
        assert len(selection) == 99_998
    assert len(selection.onto(grown)) == 99_998
    assert len(selection.onto(grown).chosen()) == 99_998
    assert time.perf_counter() - begun < 0.5
