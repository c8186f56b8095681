"""One paper met under two guises is one paper; two papers under one title stay two."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

import pytest

from helpers import (
    entry_of,
    everything,
    mark,
    marks_by_title,
    only,
    paper,
    paths_in,
    record,
    seen,
    take_in,
)
from paperterm.errors import UnknownPaper
from paperterm.library import intake
from paperterm.library.door import Library
from paperterm.model.ids import parse_arxiv_id, parse_doi
from paperterm.model.marks import Marks

TITLE = "LongWriter: Unleashing 10,000+ Word Generation"
GUISES = [
    "2408.07055",
    "2408.07055v1",
    "arXiv:2408.07055v2",
    "https://arxiv.org/abs/2408.07055v3",
    "http://arxiv.org/pdf/2408.07055v1.pdf",
    "https://huggingface.co/papers/2408.07055",
    "https://doi.org/10.48550/arXiv.2408.07055",
]


def guise(spelled: str):
    """A record as a source would make it of this spelling of an id."""
    return record(TITLE, arxiv_id=parse_arxiv_id(spelled), doi=parse_doi(spelled))


@pytest.mark.parametrize("first", [None, *GUISES])
@pytest.mark.parametrize("second", GUISES)
def test_two_guises_are_one_paper(library, first, second):
    take_in(library, record(TITLE) if first is None else guise(first))
    tally = take_in(library, guise(second))
    assert tally.new == 0
    assert only(library).paper.key == "arxiv:2408.07055"


@pytest.mark.parametrize("named", [*GUISES, "arxiv:2408.07055", f"  {GUISES[0]} "])
def test_a_paper_is_found_by_every_form_of_its_id(library, named):
    take_in(library, guise(GUISES[0]), paper("Another", arxiv_id="2408.07056"))
    assert library.named(named).paper.title == TITLE


def test_a_paper_is_found_by_doi_and_by_every_key_it_had(library):
    take_in(library, paper(TITLE))
    first = only(library).paper.key
    take_in(library, paper(TITLE, doi="10.1000/long"))
    take_in(library, paper(TITLE, doi="10.1000/long", arxiv_id="2408.07055"))
    for name in (first, "10.1000/LONG", "https://doi.org/10.1000/long", "doi:10.1000/long"):
        assert library.named(name).paper.key == "arxiv:2408.07055"


@pytest.mark.parametrize("name", ["2408.07056", "", "nothing", "title:0", "\ud800", "x" * 10_000])
def test_a_name_of_no_paper_is_told(library, name):
    take_in(library, guise(GUISES[0]))
    with pytest.raises(UnknownPaper, match="There is no paper"):
        library.named(name)


@pytest.mark.parametrize(
    "variant",
    [
        TITLE.upper(),
        TITLE.replace(":", " -"),
        f"  {TITLE.replace(' ', '  ')}.",
        TITLE.replace("Unleashing", "Únleashïng"),
        TITLE.replace("LongWriter", "ＬｏｎｇＷｒｉｔｅｒ"),
    ],
)
def test_case_accents_and_punctuation_make_no_other_paper(library, variant):
    take_in(library, paper(TITLE))
    assert take_in(library, paper(variant, arxiv_id="2408.07055")).new == 0
    assert only(library).paper.arxiv_id == "2408.07055"


def test_other_words_make_another_paper(library):
    take_in(library, paper(TITLE), paper(TITLE + " II"))
    assert len(everything(library)) == 2


@pytest.mark.parametrize("fact", ["arxiv_id", "doi"])
def test_one_title_with_two_ids_is_two_papers(library, fact):
    ids = {"arxiv_id": ("2408.07055", "2501.00001"), "doi": ("10.1000/a", "10.1000/b")}[fact]
    take_in(library, *(paper("Introduction", **{fact: one}) for one in ids))
    assert {getattr(entry.paper, fact) for entry in everything(library)} == set(ids)
    assert take_in(library, paper("Introduction")).new == 0
    assert len(everything(library)) == 2


def test_one_doi_with_two_arxiv_ids_is_two_papers(library):
    take_in(library, *(paper(arxiv_id=i, doi="10.1000/a") for i in ("2408.07055", "2501.00001")))
    assert len(everything(library)) == 2


def test_what_stood_as_two_papers_becomes_one_when_an_id_joins_them(library):
    take_in(library, paper("A working title"), paper("Its real title", arxiv_id="2408.07055"))
    first, second = everything(library)
    mark(library, first, bookmarked=True)
    mark(library, second, add=("kept",))
    take_in(library, paper("A working title", arxiv_id="2408.07055"))
    assert only(library).marks == Marks(True, False, ("kept",))
    assert only(library).paper.title in ("A working title", "Its real title")
    assert library.named(first.paper.key) == library.named(second.paper.key) == only(library)


def test_it_does_not_matter_in_which_order_the_guises_come(paths, tmp_path):
    records = [
        record(TITLE, comments=3),
        record(TITLE, doi="10.1000/long", published=dt.date(2024, 8, 13)),
        record(TITLE, arxiv_id="2408.07055", abstract="It writes."),
        record(TITLE.upper(), sightings=(seen("other", None),)),
    ]
    outcomes = set()
    for number, order in enumerate(permutations(records)):
        with Library(paths_in(tmp_path / str(number))) as library:
            for one in order:
                take_in(library, one)
            outcomes.add(only(library).paper)
    assert len(outcomes) == 1


# A paper that learns its id


def test_a_paper_that_learns_its_id_keeps_its_marks(library):
    take_in(library, paper(TITLE))
    mark(library, only(library), bookmarked=True, add=("long",))
    take_in(library, paper(TITLE, arxiv_id="2408.07055"))
    assert only(library).paper.arxiv_id == "2408.07055"
    assert only(library).marks == Marks(True, False, ("long",))
    assert library.shelves().bookmarks == 1


def test_what_was_marked_before_the_id_was_learnt_can_be_taken_back(paths):
    with Library(paths) as library:
        take_in(library, paper(TITLE))
        mark(library, only(library), label="mine", bookmarked=True)
        take_in(library, paper(TITLE, doi="10.1000/long"))
        take_in(library, paper(TITLE, doi="10.1000/long", arxiv_id="2408.07055"))
    with Library(paths) as library:
        undone = library.undo()
        assert undone.label == "mine"
        assert undone.keys == ("arxiv:2408.07055",)
        assert not only(library).marks


def test_a_mark_for_a_name_the_paper_no_longer_bears_lands_on_it(library):
    take_in(library, paper(TITLE))
    before = only(library)
    take_in(library, paper(TITLE, arxiv_id="2408.07055"))
    done = mark(library, before, bookmarked=True)
    assert only(library).marks.bookmarked
    assert done.keys == ("arxiv:2408.07055",)


def test_marks_that_come_first_follow_an_id_that_comes_in_the_same_breath(library):
    take_in(
        library,
        record(TITLE, Marks(True, False, ("came along",))),
        record(TITLE, arxiv_id="2408.07055"),
    )
    assert only(library).marks == Marks(True, False, ("came along",))
    assert library.undo().keys == ("arxiv:2408.07055",)


def test_marks_that_come_with_the_id_are_taken_though_the_title_came_in_the_same_breath(library):
    take_in(library, record(TITLE), record(TITLE, Marks(read=True), arxiv_id="2408.07055"))
    assert only(library).marks == Marks(read=True)


def test_an_import_that_fails_after_the_marks_moved_leaves_them_with_their_paper(
    paths, monkeypatch
):
    """The two files can't be committed at once; the marks are, and then the power goes."""
    with Library(paths) as library:
        take_in(library, paper(TITLE))
        mark(library, only(library), bookmarked=True)

        carry = intake._carry_marks

        def and_then_fail(*arguments):
            carry(*arguments)
            raise OSError("the power goes")

        monkeypatch.setattr(intake, "_carry_marks", and_then_fail)
        with pytest.raises(OSError, match="power"):
            take_in(library, paper(TITLE, arxiv_id="2408.07055"))
    monkeypatch.undo()
    with Library(paths) as library:
        assert only(library).marks.bookmarked
        assert library.shelves().bookmarks == 1
        take_in(library, paper(TITLE, arxiv_id="2408.07055"))
        assert only(library).marks.bookmarked
        library.undo()
        assert not only(library).marks


def test_a_paper_of_the_same_name_that_comes_later_has_marks_of_its_own(paths):
    """The catalogue was lost, and with it the knowledge that the title was that paper's."""
    with Library(paths) as library:
        take_in(library, paper(TITLE))
        mark(library, only(library), bookmarked=True)
        take_in(library, paper(TITLE, arxiv_id="2408.07055"))
        mark(library, only(library), bookmarked=False)
    paths.catalogue.unlink()
    with Library(paths) as library:
        take_in(library, paper(TITLE))
        mark(library, only(library), read=True)
        library.undo()
        assert marks_by_title(library) == {}


def test_other_papers_keep_their_marks(library):
    take_in(library, paper("One"), paper("Two"))
    mark(library, entry_of(library, "One"), read=True)
    mark(library, entry_of(library, "Two"), bookmarked=True)
    take_in(library, paper("One", arxiv_id="2408.07055"))
    assert marks_by_title(library) == {"One": Marks(read=True), "Two": Marks(bookmarked=True)}
