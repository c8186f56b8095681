"""Papers known by title alone get their ids, but only for sure."""

from __future__ import annotations

import datetime as dt

import pytest

from helpers import everything, mark, only, paper, take_in
from paperterm.model.likeness import Likeness, likeness
from paperterm.model.paper import Paper

from .world import atom, wrapper

Y2017, Y2018, Y2024 = (dt.date(year, 6, 12) for year in (2017, 2018, 2024))
NEED = Paper("Attention Is All You Need", authors=("Ashish Vaswani",), published=Y2017)


@pytest.mark.parametrize(
    ("wanted", "found", "degree"),
    [
        (Paper("Attention is all you need!"), NEED, Likeness.SURE),
        (Paper("Attention is all you need", authors=("Vaswani, A.",)), NEED, Likeness.SURE),
        (Paper("Attention is all you need", authors=("Li Wei",)), NEED, Likeness.DOUBTFUL),
        (Paper("Attention is all you need", published=Y2024), NEED, Likeness.DOUBTFUL),
        (Paper("Attention is all you need", published=Y2018), NEED, Likeness.SURE),
        (Paper("Attention is all we need"), NEED, Likeness.DOUBTFUL),
        (
            Paper("Attention is al you need", authors=("A. Vaswani",), published=Y2018),
            NEED,
            Likeness.SURE,
        ),
        (
            Paper("Attention is al you need", authors=("A. Vaswani",)),
            NEED,
            Likeness.DOUBTFUL,
        ),
        (Paper("Mamba: Linear-Time Sequence Modeling"), NEED, Likeness.NONE),
        (Paper("Attention"), NEED, Likeness.NONE),
        (Paper("Attention is all"), NEED, Likeness.DOUBTFUL),
        (Paper(""), NEED, Likeness.NONE),
    ],
)
def test_a_match_is_as_sure_as_what_is_known_allows(wanted, found, degree):
    assert likeness(wanted, found) is degree
    assert likeness(found, wanted) is degree


def test_a_second_part_is_not_the_first():
    known = {"authors": ("Ada Lovelace",), "published": Y2017}
    first = Paper("On piles of heaps and their heaping, part 1", **known)
    second = Paper("On piles of heaps and their heaping, part 2", **known)
    assert likeness(first, second) is Likeness.DOUBTFUL


def test_a_sure_match_gives_a_paper_its_id_and_it_keeps_its_marks(office, world, library):
    take_in(library, paper("On heaps"))
    mark(library, only(library), bookmarked=True)
    world.put_json("/api/papers/search", [wrapper(9), wrapper(1, title="On Heaps.")])
    (resolved,) = office.resolve(10)
    assert resolved.found is not None
    entry = only(library)
    assert (entry.paper.key, entry.marks.bookmarked) == ("arxiv:2511.00001", True)
    assert entry.paper.sources == ("page",), "nobody has listed it again"
    assert list(office.resolve(10)) == []


def test_a_doubtful_match_is_not_taken_unless_it_is_settled(office, world, library):
    take_in(library, paper("On heaps of sand"))
    world.put_json("/api/papers/search", [wrapper(1, title="On heaps of salt")])
    world.put("/api/query", atom())
    (resolved,) = office.resolve(10)
    assert (resolved.found, only(library).paper.arxiv_id) == (None, None)
    office.settle(resolved.paper, resolved.doubtful[0])
    assert only(library).paper.arxiv_id == "2511.00001"


def test_two_papers_of_the_same_title_are_in_doubt(office, world, library):
    take_in(library, paper("On heaps"))
    same = [wrapper(1, title="On heaps"), wrapper(2, title="On Heaps")]
    world.put_json("/api/papers/search", same)
    world.put("/api/query", atom())
    (resolved,) = office.resolve(10)
    assert resolved.found is None
    assert len(resolved.doubtful) == 2


def test_what_was_not_found_is_left_alone_for_a_week(office, world, library, clock):
    take_in(library, paper("On heaps"), paper("On piles"), paper("Known", arxiv_id="2511.00001"))
    world.put_json("/api/papers/search", [])
    world.put("/api/query", atom())
    clock.now = dt.datetime.now(dt.UTC)
    assert [one.paper.title for one in office.resolve(1)] == ["On heaps"]
    assert [one.paper.title for one in office.resolve(9)] == ["On piles"]
    assert list(office.resolve(9)) == []
    clock.go(days=8)
    assert len(list(office.resolve(9))) == 2


def test_offline_nothing_counts_as_looked_for(office, offline, world, library):
    take_in(library, paper("On heaps"), paper("On piles"))
    (resolved,) = offline.resolve(10)
    assert "can't be reached" in str(resolved.error)
    world.put_json("/api/papers/search", [wrapper(1, title="On heaps")])
    world.put("/api/query", atom())
    assert [one.paper.title for one in office.resolve(10)] == ["On heaps", "On piles"]


def test_a_paper_met_twice_becomes_one_when_its_id_is_learnt(office, world, library):
    take_in(
        library,
        paper("On heeps of sand", authors=("A. Lovelace",), published=dt.date(2025, 11, 5)),
        paper("On heaps of sand", arxiv_id="2511.00001"),
    )
    world.put_json("/api/papers/search", [wrapper(1, title="On heaps of sand")])
    (resolved,) = office.resolve(10)
    assert resolved.found is not None
    assert only(library).paper.arxiv_id == "2511.00001"
    assert len(everything(library)) == 1


def test_unasked_a_doubtful_paper_is_left_to_who_asks(office, world, library, clock):
    take_in(library, paper("On heaps"), paper("Nobody knows it"))
    near = [wrapper(1, title="On heaps"), wrapper(2, title="On heaps")]
    world.put_json("/api/papers/search", near)
    world.put("/api/query", atom())
    found = {one.paper.title: one for one in office.resolve(10, unasked=True)}
    assert len(found["On heaps"].doubtful) == 2
    assert [one.paper.title for one in office.resolve(10, unasked=True)] == []
    clock.go(hours=1)
    asked = [one.paper.title for one in office.resolve(10)]
    assert asked == ["On heaps"], "and who asks is not asked about the other for a week"
    assert len(everything(library)) == 2, "nothing was taken"
