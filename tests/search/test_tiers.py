"""Which segments become one, told by how many papers and deleted papers they have."""

from hypothesis import given
from hypothesis import strategies as st

from paperterm.search import tiers

Sizes = list[tuple[int, int]]
sizes = st.lists(
    st.integers(0, 200_000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
    max_size=40,
)


def test_a_few_segments_are_left_alone() -> None:
    assert tiers.due([(100_000, 0), *[(10, 0)] * 7]) == []
    assert tiers.due([]) == tiers.due([(9, 0)], thoroughly=True) == []


def test_small_segments_become_one_before_they_touch_a_large_one() -> None:
    assert tiers.due([(100_000, 0), *[(10, 0)] * 8]) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_thoroughly_all_become_one() -> None:
    assert tiers.due([(100_000, 0), (10, 0), (2_000, 0)], thoroughly=True) == [0, 1, 2]


def test_a_segment_with_many_deleted_papers_is_written_anew() -> None:
    assert tiers.due([(1000, 0), (1000, 300)]) == [1]
    assert tiers.due([(1000, 0), (1000, 150)]) == []


@given(sizes, st.booleans())
def test_merging_comes_to_an_end_and_makes_no_giants(given: Sizes, thoroughly: bool) -> None:
    steps = 0
    while group := tiers.due(given, thoroughly=thoroughly):
        assert group == sorted(set(group))
        living = sum(given[place][0] - given[place][1] for place in group)
        assert len(group) == 1 or living <= tiers.LARGEST
        given = [size for place, size in enumerate(given) if place not in group]
        given += [(living, 0)] if living else []
        steps += 1
        assert steps < 100


@given(st.lists(st.integers(1, 100), min_size=1, max_size=300))
def test_updates_one_after_the_other_leave_few_segments(updates: list[int]) -> None:
    given: Sizes = []
    written = 0
    for papers in updates:
        given.append((papers, 0))
        while group := tiers.due(given):
            living = sum(given[place][0] for place in group)
            given = [size for place, size in enumerate(given) if place not in group]
            given.append((living, 0))
            written += living
        assert len(given) <= tiers.MOST_SEGMENTS
    assert written <= 6 * sum(updates)
