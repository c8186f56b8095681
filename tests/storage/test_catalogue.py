"""Papers in the catalogue: put in, replaced, joined, taken out, and known by their names."""

from __future__ import annotations

import datetime as dt
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import DAY, numbered, paper, seen
from paperterm.errors import LibraryError
from paperterm.model.ids import title_key
from paperterm.model.merge import normalised
from paperterm.model.paper import Paper, Sighting
from paperterm.storage.catalogue import Catalogue, open_catalogue

ADDED = "2025-11-07T12:00:00+00:00"
LATER = "2025-11-09T12:00:00+00:00"


def put(catalogue: Catalogue, *papers: Paper, added: str = ADDED) -> list[int]:
    with catalogue.database.transaction():
        revision = catalogue.next_revision()
        return [catalogue.insert(one, added, revision) for one in papers]


def put_again(catalogue: Catalogue, paper_id: int, paper: Paper, added: str = ADDED) -> None:
    with catalogue.database.transaction():
        catalogue.replace(paper_id, paper, added, catalogue.next_revision())


def take_out(catalogue: Catalogue, *ids: int) -> None:
    with catalogue.database.transaction():
        catalogue.remove(ids, catalogue.next_revision())


FULL = paper(
    "The [MASK] of Ünïcode",
    abstract="With a \0 and\n\nparagraphs.",
    abstract_is_summary=True,
    authors=("Ada Lovelace", 'Alan "M" Turing'),
    author_count=7,
    published=dt.date(2024, 8, 13),
    comments=3,
    upvotes=0,
    arxiv_id="2408.07055",
    doi="10.1000/xyz",
    link="https://example.org/paper",
    categories=("cs.CL", "stat.ML"),
    code="https://github.com/a/b",
    project="https://example.org",
    venue="Journal of \0 Things",
    updated=dt.date(2025, 1, 2),
    submitter="AK",
    ai_summary="Says\nmuch.",
    keywords=("masks", "ünï"),
    sightings=(Sighting("jsonl"), seen("page", DAY, 4), seen("page", dt.date(2025, 11, 5), 2)),
)


def test_a_paper_comes_back_as_it_went_in(catalogue):
    full = normalised(FULL)
    bare = normalised(Paper("Only a title"))
    first, second = put(catalogue, full, bare)
    found = catalogue.papers([first, second])
    assert found[first].paper == full
    assert found[second].paper == bare
    assert found[first].added == ADDED


words = st.text(st.characters(codec="utf-8"), max_size=20)
days = st.none() | st.dates()
counts = st.none() | st.integers(0, 10**9)
sightings = st.builds(Sighting, words, days, st.integers(0, 10**6))
papers = st.builds(
    Paper,
    title=words,
    abstract=words,
    abstract_is_summary=st.booleans(),
    authors=st.lists(words, max_size=3).map(tuple),
    author_count=counts,
    published=days,
    year_assumed=st.booleans(),
    comments=counts,
    upvotes=counts,
    arxiv_id=st.none() | st.just("2408.07055"),
    doi=st.none() | st.just("10.1000/xyz"),
    link=st.none() | st.just("https://example.org"),
    categories=st.lists(words, max_size=3).map(tuple),
    code=st.none() | st.just("https://github.com/a/b"),
    project=st.none() | st.just("https://example.org"),
    venue=st.none() | words,
    updated=days,
    submitter=st.none() | words,
    ai_summary=words,
    keywords=st.lists(words, max_size=3).map(tuple),
    sightings=st.lists(sightings, max_size=4).map(tuple),
).map(normalised)


@settings(deadline=None, max_examples=60)
@given(first=papers, second=papers)
def test_any_paper_comes_back_and_can_take_anothers_place(tmp_path_factory, first, second):
    catalogue = open_catalogue(tmp_path_factory.mktemp("any") / "catalogue.db")
    try:
        (paper_id,) = put(catalogue, first)
        assert catalogue.papers([paper_id])[paper_id].paper == first
        put_again(catalogue, paper_id, second)
        assert catalogue.papers([paper_id])[paper_id].paper == second
        assert catalogue.count() == 1
    finally:
        catalogue.database.close()


def test_any_number_of_papers_comes_back_at_once(catalogue):
    ids = put(catalogue, *(numbered(number) for number in range(1, 1203)))
    found = catalogue.papers([*ids, 10**9])
    assert [found[i].paper.arxiv_id for i in ids] == [f"2401.{n:05}" for n in range(1, 1203)]
    assert len(found) == catalogue.count() == 1202
    assert catalogue.papers([]) == {}


# Names


def test_a_paper_is_known_by_id_doi_and_title(catalogue):
    one, other = put(catalogue, normalised(FULL), paper("Another"))
    for name in ("arxiv:2408.07055", "doi:10.1000/xyz", title_key("the mask of unicode")):
        assert catalogue.ids_named([name]) == [one]
    assert catalogue.ids_named(["arxiv:2408.07055", title_key("Another"), "nothing"]) == [
        one,
        other,
    ]
    assert catalogue.ids_named([]) == []
    assert catalogue.ids_named(["\ud800"]) == []


def test_more_names_than_a_statement_takes_are_looked_up(catalogue):
    ids = put(catalogue, *(numbered(number) for number in range(1, 4)))
    catalogue.database.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 999)
    many = [f"arxiv:2402.{number:05}" for number in range(2_000)]
    assert catalogue.ids_named(["arxiv:2401.00003", *many, "arxiv:2401.00001"]) == [ids[0], ids[2]]


def test_a_name_once_borne_stays_a_name(catalogue):
    (paper_id,) = put(catalogue, paper("A first title"))
    put_again(catalogue, paper_id, paper("A second title", arxiv_id="2408.07055"))
    old = title_key("A first title")
    assert catalogue.ids_named([old]) == [paper_id]
    assert catalogue.current_key(old) == "arxiv:2408.07055"
    assert catalogue.current_key("arxiv:2408.07055") == "arxiv:2408.07055"
    assert catalogue.current_key("arxiv:2408.99999") is None


def test_a_key_belongs_to_one_paper(catalogue):
    put(catalogue, numbered(1))
    with pytest.raises(LibraryError):
        put(catalogue, numbered(1))
    assert catalogue.count() == 1


def test_an_absorbed_paper_leaves_its_names_to_the_one_that_stays(catalogue):
    kept, absorbed = put(catalogue, paper("A title"), paper("Another", arxiv_id="2408.07055"))
    with catalogue.database.transaction():
        catalogue.absorb(kept, absorbed, catalogue.next_revision())
    assert catalogue.ids() == [kept]
    assert catalogue.ids_named(["arxiv:2408.07055"]) == [kept]
    assert catalogue.ids_named([title_key("Another")]) == [kept]


def test_a_paper_taken_out_leaves_nothing_of_itself(catalogue):
    gone, stays = put(catalogue, normalised(FULL), paper("Another"))
    take_out(catalogue, gone)
    assert catalogue.ids() == [stays]
    assert catalogue.papers([gone]) == {}
    assert catalogue.ids_named(["arxiv:2408.07055"]) == []
    for table in ("abstract", "alias", "sighting"):
        rows = catalogue.database.connection.execute(f"SELECT DISTINCT id FROM {table}").fetchall()
        assert rows == [(stays,)]


def test_a_number_is_never_given_twice(catalogue):
    (first,) = put(catalogue, numbered(1))
    take_out(catalogue, first)
    (again,) = put(catalogue, numbered(1))
    assert again > first


# Revisions


def test_what_changed_since_a_revision_is_told(catalogue):
    a, b = put(catalogue, numbered(1), numbered(2))
    first = catalogue.revision
    assert list(catalogue.changed_since(first)) == []
    (c,) = put(catalogue, numbered(3))
    second = catalogue.revision
    put_again(catalogue, a, numbered(1, comments=9))
    take_out(catalogue, b)
    assert second > first
    assert list(catalogue.changed_since(first)) == [a, c]
    assert list(catalogue.changed_since(second)) == [a]
    assert catalogue.removed_since(first) == catalogue.removed_since(second) == [b]
    assert catalogue.removed_since(catalogue.revision) == []
    assert catalogue.count_changed_since(first) == 2
    assert catalogue.count_changed_since(first, above=a) == 1
    assert catalogue.count_changed_since(first, upto=a) == 1
    assert catalogue.changed_since(first, above=a) == [c]
    assert catalogue.changed_since(first, most=1) == [a]
    assert catalogue.count_changed_since(second) == 1
    assert catalogue.count_changed_since(catalogue.revision) == 0


def test_a_catalogue_has_a_name_of_its_own_that_stays(tmp_path):
    names = []
    for file in ("a.db", "a.db", "b.db"):
        catalogue = open_catalogue(tmp_path / file)
        names.append(catalogue.get_meta("library"))
        catalogue.database.close()
    assert names[0] == names[1] != names[2]
    assert len(names[0]) == 16


def test_another_connections_change_is_noticed_and_ones_own_is_not(catalogue):
    before = catalogue.data_version
    put(catalogue, numbered(1))
    assert catalogue.data_version == before
    other = open_catalogue(catalogue.database.path)
    put(other, numbered(2))
    other.database.close()
    assert catalogue.data_version != before


# Days and sources


@pytest.mark.parametrize(
    ("sightings", "day"),
    [
        ((seen(day=dt.date(2025, 11, 3)), seen("other", dt.date(2025, 11, 5))), "2025-11-05"),
        ((Sighting("jsonl"),), "2025-11-07"),
        ((), "2025-11-07"),
    ],
)
def test_a_paper_stands_under_its_last_page_or_else_the_day_it_came(
    catalogue, monkeypatch, sightings, day
):
    (paper_id,) = put(catalogue, normalised(paper(sightings=sightings)))
    assert catalogue.papers([paper_id])[paper_id].day.isoformat() == day


def test_papers_are_told_by_the_sources_that_have_shown_them(catalogue):
    both = paper("Both", sightings=(seen("starter"), seen("page")))
    one = paper("One", sightings=(seen("starter"), seen("starter", dt.date(2025, 1, 1))))
    a, b, c = put(catalogue, both, one, paper("Other", sightings=(seen("page"),)))
    assert catalogue.seen_by("starter") == [a, b]
    assert catalogue.only_from("starter") == [b]
    assert catalogue.only_from("page") == [c]
    put_again(catalogue, a, paper("Both", sightings=(seen("starter"),)))
    assert catalogue.only_from("starter") == [a, b]


def test_an_empty_value_is_forgotten(catalogue):
    with catalogue.database.transaction():
        catalogue.set_meta("a", "1")
        catalogue.set_meta("a", "2")
        assert catalogue.get_meta("a") == "2"
        catalogue.set_meta("a", "")
        catalogue.set_meta("b", "")
    assert catalogue.get_meta("a") == catalogue.get_meta("b") == ""
    count = catalogue.database.connection.execute("SELECT count(*) FROM meta WHERE name < 'c'")
    assert count.fetchone()[0] == 0
