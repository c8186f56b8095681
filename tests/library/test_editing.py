"""What a reader corrects of a paper stands over what services tell, and both go on."""

from __future__ import annotations

import datetime as dt
import io
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import entry_of, everything, mark, numbered, only, paper, paths_in, take_in, titles
from paperterm.library.door import Library
from paperterm.model.edits import Edit, edit_of, edited_fields, read
from paperterm.model.paper import Paper
from paperterm.model.record import Context
from paperterm.storage.marks import MarkStore, open_marks

MINE = Edit("My own title", ("Ann", "Bob"), dt.date(2020, 1, 2), "My own abstract.")
texts = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=9)
edits = st.builds(
    Edit,
    st.none() | texts,
    st.none() | st.lists(texts, min_size=1, max_size=3).map(tuple),
    st.none() | st.dates(),
    st.none() | texts,
)


def edited(library: Library) -> Paper:
    take_in(library, numbered(1))
    library.edit(only(library).paper, MINE)
    return only(library).paper


def test_an_edited_paper_is_shown_found_and_sorted_as_it_was_edited(library):
    take_in(library, numbered(2))
    take_in(library, numbered(1))
    library.bring_up_index()
    library.edit(entry_of(library, "Paper number 1").paper, MINE)
    shown = entry_of(library, "My own title").paper
    assert (shown.authors, shown.author_count) == (("Ann", "Bob"), 2)
    assert (shown.published, shown.abstract) == (dt.date(2020, 1, 2), "My own abstract.")
    assert shown.told == numbered(1)
    assert library.index_behind() == 1
    for indexed in (False, True):
        if indexed:
            library.bring_up_index()
        else:
            assert titles(library, "date:2020") == ["My own title"]
            assert titles(library, "sort:title")[0] == "My own title"
    for query in ("title:own", "author:bob", "abstract:own"):
        assert titles(library, query) == ["My own title"]
    assert titles(library, '"Abstract of number 1"') == []


@pytest.mark.parametrize("first", [paper("A title alone"), numbered(1)], ids=["title", "arxiv"])
def test_its_marks_stay_with_it_and_it_is_found_again_when_it_comes_again(library, first):
    take_in(library, first)
    mark(library, only(library), bookmarked=True)
    library.edit(only(library).paper, MINE)
    mark(library, only(library), add=("a",))
    take_in(library, replace(first, upvotes=7))
    entry = only(library)
    assert (entry.paper.title, entry.paper.upvotes) == ("My own title", 7)
    assert (entry.marks.bookmarked, entry.marks.tags) == (True, ("a",))
    assert entry.paper.key == first.key
    assert library.named(first.key).id == entry.id


def test_what_services_tell_later_stands_beside_the_edit_and_comes_out_when_it_is_taken_back(
    library,
):
    take_in(library, numbered(1, abstract=""))
    library.edit(only(library).paper, Edit(title="My own title"))
    take_in(library, numbered(1, abstract="Come at last."))
    assert (only(library).paper.title, only(library).paper.abstract) == (
        "My own title",
        "Come at last.",
    )
    library.undo()
    assert only(library).paper == numbered(1, abstract="Come at last.")
    library.redo()
    assert edited_fields(only(library).paper) == ("title",)


def test_a_paper_that_learns_its_id_keeps_the_edit(library):
    take_in(library, paper("A title alone"))
    library.edit(only(library).paper, Edit(abstract="Mine."))
    take_in(library, paper("A title alone", arxiv_id="2401.00007", abstract="Theirs."))
    entry = only(library)
    assert (entry.paper.key, entry.paper.abstract) == ("arxiv:2401.00007", "Mine.")
    library.undo()
    assert only(library).paper.abstract == "Theirs."


def test_what_says_just_what_services_tell_is_no_edit(library):
    take_in(library, numbered(1))
    before = only(library).paper
    assert not library.edit(before, Edit(title=before.title)).keys
    library.edit(before, MINE)
    done = library.edit(only(library).paper, Edit())
    assert (done.label, only(library).paper) == ("edits taken away", before)
    assert [one.label for one in library.history(9)] == [
        "edits taken away",
        "edit of title, authors, date, abstract",
    ]
    library.undo()
    assert edit_of(only(library).paper) == MINE


def test_an_edit_survives_the_loss_of_the_catalogue_and_travels_with_the_library(tmp_path: Path):
    paths = paths_in(tmp_path / "one")
    with Library(paths) as library:
        before = edited(library)
        lines = "\n".join(library.whole.lines()).encode()
    for file in paths.data.glob("catalogue.db*"):
        file.unlink()
    with Library(paths) as library:
        assert only(library).paper.title == "My own title"
        assert only(library).paper.as_told.title == "Paper number 1"
    with Library(paths_in(tmp_path / "two")) as library:
        library.read(io.BytesIO(lines), Context("all.jsonl"))
        assert only(library).paper == before
        library.undo()
        assert only(library).paper == numbered(1)


def test_an_edit_that_is_elsewhere_first_waits_for_its_paper(tmp_path: Path):
    with Library(paths_in(tmp_path / "one")) as library:
        edited(library)
        lines = [line for line in library.whole.lines() if '"title": "Paper' not in line]
        damaged = [line.replace('"subjects"', '"subject"') for line in lines]
    with Library(paths_in(tmp_path / "two")) as library:
        library.read(io.BytesIO("\n".join(damaged).encode()), Context("x.jsonl"), "jsonl")
        library.read(io.BytesIO("\n".join(lines).encode()), Context("x.jsonl"), "jsonl")
        take_in(library, numbered(1))
        assert only(library).paper.title == "My own title"


def test_two_copies_see_each_others_edits(tmp_path: Path):
    paths = paths_in(tmp_path)
    with Library(paths) as one, Library(paths) as other:
        edited(one)
        assert only(other).paper.title == "My own title"
        other.undo()
        assert only(one).paper == numbered(1)


def test_an_edited_paper_counts_as_marked(library):
    library.add_starter()
    library.edit(everything(library)[0].paper, MINE)
    assert library.remove_starter()[1] == 1
    assert only(library).paper.title == "My own title"


@settings(deadline=None)
@given(edits)
def test_an_edit_is_read_as_it_was_written(edit):
    assert read(edit.text) == edit


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{}",
        "{",
        '{"title": 1}',
        '{"doi": "x"}',
        '{"authors": []}',
        '{"title":"x"}',
        "[" * 9999,
    ],
    ids=["list", "empty", "cut", "number", "field", "nobody", "spacing", "deep"],
)
def test_what_is_no_edit_is_refused(text):
    with pytest.raises(ValueError, match=r".") as caught:
        read(text)
    assert caught.value.args


def test_a_service_that_comes_to_tell_the_same_leaves_nothing_edited(library):
    take_in(library, numbered(1, abstract=""))
    library.edit(only(library).paper, Edit(abstract="The abstract."))
    take_in(library, numbered(1, abstract="The abstract."))
    assert only(library).paper == numbered(1, abstract="The abstract.")


def test_an_edit_that_was_taken_back_before_a_kill_is_gone_when_the_library_opens(tmp_path: Path):
    """The marks are on the disk first; the catalogue follows when it is opened."""
    paths = paths_in(tmp_path)
    with Library(paths) as library:
        edited(library)
        for wanted in (numbered(1).title, "My own title"):
            with closing(open_marks(paths.marks).database) as database, database.transaction():
                store = MarkStore(database)
                assert store.undo() if wanted == numbered(1).title else store.redo()
            with Library(paths) as again:
                assert only(again).paper.title == wanted
