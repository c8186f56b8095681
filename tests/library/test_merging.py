"""Two records of one paper become one: whichever comes first, however often."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import only, paper, paths_in, take_in
from paperterm.library.door import Library
from paperterm.model.merge import merge, normalised, without_source
from paperterm.model.paper import Paper, Sighting

few = st.text("ab \ud800é", max_size=3)
names = st.lists(few, max_size=2).map(tuple)
counts = st.none() | st.integers(0, 3)
days = st.none() | st.dates(dt.date(2025, 1, 1), dt.date(2025, 1, 3))
sightings = st.lists(
    st.builds(Sighting, st.sampled_from(["page", "jsonl"]), days, st.integers(0, 2)), max_size=3
)
papers = st.builds(
    Paper,
    title=few,
    abstract=few,
    abstract_is_summary=st.booleans(),
    authors=names,
    author_count=counts,
    published=days,
    year_assumed=st.booleans(),
    comments=counts,
    upvotes=counts,
    arxiv_id=st.sampled_from([None, "2401.00001", "2401.00002"]),
    doi=st.sampled_from([None, "10.1000/a", "10.1000/b"]),
    link=st.sampled_from([None, "https://a.org", "https://b.org"]),
    categories=names,
    code=st.sampled_from([None, "http://a.org", "https://a.org", "https://b.org"]),
    project=st.sampled_from([None, "http://a.org", "https://b.org"]),
    venue=st.none() | few,
    updated=days,
    submitter=st.none() | few,
    ai_summary=few,
    keywords=names,
    sightings=sightings.map(tuple),
).map(normalised)
relaxed = settings(deadline=None, max_examples=120)


@relaxed
@given(papers, papers)
def test_order_does_not_matter(a, b):
    assert merge(a, b) == merge(b, a)


@relaxed
@given(papers, papers, papers)
def test_grouping_does_not_matter(a, b, c):
    assert merge(merge(a, b), c) == merge(a, merge(b, c))


@relaxed
@given(papers, papers)
def test_repetition_does_not_matter(a, b):
    assert normalised(a) == merge(a, a) == a
    assert merge(merge(a, b), b) == merge(a, b)


@relaxed
@given(papers, papers)
def test_nothing_that_was_known_is_lost(a, b):
    both = merge(a, b)
    for one in (a, b):
        assert len(both.title) >= len(one.title)
        assert len(both.authors) >= len(one.authors)
        assert bool(both.abstract) >= bool(one.abstract)
        assert (both.comments or 0) >= (one.comments or 0)
        if one.published and one.year_assumed == both.year_assumed:
            assert both.published and both.published <= one.published
        assert not (both.year_assumed and one.published and not one.year_assumed)
        assert {s.source for s in one.sightings} <= {s.source for s in both.sightings}
        assert {s.day for s in one.sightings} - {None} <= {s.day for s in both.sightings}
        assert not one.updated or (both.updated and both.updated >= one.updated)
        for name in ("author_count", "published", "upvotes", "arxiv_id", "doi", "link"):
            assert getattr(both, name) is not None or getattr(one, name) is None
        for name in ("code", "project", "venue", "submitter", "ai_summary", "keywords"):
            assert getattr(both, name) or not getattr(one, name)


@relaxed
@given(papers, papers)
def test_a_summary_never_takes_the_place_of_an_abstract(a, b):
    both = merge(a, b)
    real = [one.abstract for one in (a, b) if one.abstract and not one.abstract_is_summary]
    if real:
        assert not both.abstract_is_summary
        assert both.abstract == max(real, key=lambda text: (len(text), text))


@pytest.mark.parametrize(
    ("name", "poorer", "richer"),
    [
        ("title", "GPT 4", "GPT-4 at last"),
        ("abstract", "Short.", "Longer by far."),
        ("authors", ("Ada",), ("Ada", "Alan")),
        ("author_count", 2, 3),
        ("author_count", None, 0),
        ("published", dt.date(2025, 2, 2), dt.date(2024, 1, 1)),
        ("comments", 0, 1),
        ("comments", None, 0),
        ("upvotes", 3, 30),
        ("link", None, "https://example.org"),
        ("categories", (), ("cs.CL",)),
        ("code", "http://example.org/a", "https://example.org/b"),
        ("project", None, "https://example.org"),
        ("venue", "ACL", "ACL 2024"),
        ("updated", dt.date(2024, 1, 1), dt.date(2025, 2, 2)),
        ("submitter", None, "AK"),
        ("ai_summary", "", "It works."),
        ("keywords", ("state space",), ("state space", "scan")),
    ],
)
def test_the_richer_value_wins(name, poorer, richer):
    one, other = paper(**{name: poorer}), paper(**{name: richer})
    assert getattr(merge(one, other), name) == getattr(merge(other, one), name) == richer


def test_a_day_makes_some_day_superfluous():
    day = dt.date(2025, 1, 1)
    some, dated = paper(sightings=(Sighting("p"),)), paper(sightings=(Sighting("p", day, 7),))
    better = paper(sightings=(Sighting("p", day, 3), Sighting("q")))
    assert merge(some, dated).sightings == (Sighting("p", day, 7),)
    assert merge(dated, better).sightings == (Sighting("p", day, 3), Sighting("q"))
    assert without_source(merge(some, better), "p").sightings == (Sighting("q"),)


def test_half_a_character_does_not_reach_the_disk(library):
    take_in(library, paper("Half \ud835", authors=("\udc00",), abstract="\ud800"))
    found = only(library).paper
    assert (found.title, found.authors, found.abstract) == ("Half \ufffd", ("\ufffd",), "\ufffd")
    assert take_in(library, paper("Half \ud835", authors=("\udc00",))).unchanged == 1


# In the library


def test_the_abstract_takes_the_summarys_place(library):
    summary = paper(abstract="A long summary of ours.", abstract_is_summary=True)
    take_in(library, summary)
    assert only(library).paper.abstract_is_summary
    take_in(library, paper(abstract="Real."))
    take_in(library, summary)
    assert only(library).paper.abstract == "Real."
    assert not only(library).paper.abstract_is_summary


def test_an_import_fills_the_gaps(library):
    take_in(library, paper(comments=4))
    take_in(library, paper(published=dt.date(2024, 8, 13), author_count=9))
    found = only(library).paper
    assert (found.comments, found.author_count) == (4, 9)
    assert found.published == dt.date(2024, 8, 13)


@settings(deadline=None, max_examples=25)
@given(records=st.lists(papers.map(lambda p: replace(p, title="One")), min_size=1, max_size=5))
def test_the_library_holds_what_merging_gives(tmp_path_factory, records):
    one = [replace(record, arxiv_id="2401.00001") for record in records]
    with Library(paths_in(tmp_path_factory.mktemp("any"))) as library:
        take_in(library, *one)
        merged = one[0]
        for record in one[1:]:
            merged = merge(merged, record)
        assert only(library).paper == merged


def test_a_date_told_whole_is_never_beaten_by_one_whose_year_was_worked_out():
    told = Paper("A", published=dt.date(2025, 6, 23))
    assumed = Paper("A", published=dt.date(2024, 6, 23), year_assumed=True)
    for one, other in ((told, assumed), (assumed, told)):
        assert merge(one, other).published == dt.date(2025, 6, 23)
        assert not merge(one, other).year_assumed
    assert merge(assumed, Paper("A")).year_assumed
