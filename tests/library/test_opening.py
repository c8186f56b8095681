"""Opening a library that something has happened to, and using one that something is wrong with."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from helpers import (
    DAY,
    entry_of,
    everything,
    make_newer,
    mark,
    marks_by_title,
    numbered,
    only,
    paper,
    paths_in,
    take_in,
    tear,
    titles,
    without_power,
)
from paperterm.errors import LibraryDamaged, LibraryReadOnly, PapertermError
from paperterm.library.door import Library
from paperterm.library.view import Entry
from paperterm.model.marks import Change, Marks
from paperterm.model.parse import parse
from paperterm.model.query import Query
from paperterm.model.record import Record


@pytest.fixture
def marked(paths):
    """The folders of a library of three papers, of which two are marked."""
    with Library(paths) as library:
        take_in(library, paper("A", abstract="One.", authors=("Ada",)), numbered(2), numbered(3))
        mark(library, entry_of(library, "A"), bookmarked=True, add=("a/b",))
        mark(library, entry_of(library, "Paper number 2"), read=True)
    return paths


MARKS = {"A": Marks(True, False, ("a/b",)), "Paper number 2": Marks(read=True)}


def test_all_is_there_again(marked):
    with Library(marked) as library:
        assert len(everything(library)) == 3
        assert marks_by_title(library) == MARKS


def test_a_library_can_be_closed_twice(paths):
    library = Library(paths)
    library.close()
    library.close()


@pytest.mark.parametrize("how", ["gone", "empty"])
def test_marked_papers_come_back_when_the_catalogue_is_lost(marked, how):
    marked.catalogue.unlink()
    if how == "empty":
        marked.catalogue.touch()
    with Library(marked) as library:
        assert marks_by_title(library) == MARKS
        back = entry_of(library, "Paper number 2").paper
        assert (back.arxiv_id, back.sources) == ("2401.00002", ("page",))
        assert entry_of(library, "A").paper.authors == ("Ada",)
        assert not library.greet()
        take_in(library, paper("A", abstract="One."), numbered(2), numbered(3))
        assert len(everything(library)) == 3
        assert library.undo().keys == ("arxiv:2401.00002",)


def test_a_noted_paper_comes_back_with_its_facts_but_for_long_texts(paths):
    rich = numbered(1, venue="ACL", code="https://a.org", ai_summary="Good.", keywords=("k",))
    with Library(paths) as library:
        take_in(library, rich)
        mark(library, only(library), note="mine")
    paths.catalogue.unlink()
    with Library(paths) as library:
        assert only(library).paper == replace(rich, abstract="", ai_summary="", keywords=())
        assert only(library).marks == Marks(note="mine")


def test_older_marks_find_their_paper_under_its_better_name(marked, tmp_path):
    kept = marked.marks.read_bytes()
    with Library(marked) as library:
        take_in(library, paper("A", arxiv_id="2401.00001"))
    marked.marks.write_bytes(kept)
    with Library(marked) as library:
        assert marks_by_title(library) == MARKS
        library.undo()
        assert library.undo().keys == ("arxiv:2401.00001",)


def test_marks_of_which_nothing_is_known_do_no_harm(paths):
    with Library(paths) as library:
        library.mark([Change("title:0000000000000000", bookmarked=True)], "lost", [])
    for _ in range(2):
        with Library(paths) as library:
            assert everything(library) == []
            assert library.shelves().bookmarks == 0


# Only reading


def test_a_locked_library_can_be_read_and_searched(library, nobodys_folder):
    # Whatever is imported late must be there by now: Python's own files may be root's alone.
    library.greet()
    library.bring_up_index()
    assert titles(library, "long")
    paths = paths_in(nobodys_folder)
    with without_power():
        with Library(paths) as library:
            take_in(library, paper("A"), paper("B"))
            mark(library, entry_of(library, "A"), bookmarked=True, add=("a",))
            library.bring_up_index()
        paths.data.chmod(0o555)
        with Library(paths) as library:
            assert "can't be written to" in library.read_only
            assert not library.greet()
            assert titles(library, "is:bookmarked") == titles(library, "tag:a") == ["A"]
            assert titles(library, "b") == ["B"]
            assert library.find(parse("b")).indexed
            assert library.shelves().bookmarks == 1
            for verb in (
                lambda: mark(library, entry_of(library, "B"), read=True),
                lambda: take_in(library, paper("C")),
                library.undo,
                library.add_starter,
                library.remove_starter,
            ):
                with pytest.raises(LibraryReadOnly, match="can't be written to"):
                    verb()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root is not stopped by a locked folder")
def test_root_sees_what_it_writes_into_a_locked_folder(paths):
    with Library(paths) as library:
        take_in(library, paper("A"))
        paths.data.chmod(0o555)
        with Library(paths) as other:
            mark(library, only(library), bookmarked=True)
            assert titles(other, "is:bookmarked") == ["A"]
        paths.data.chmod(0o755)


@pytest.mark.parametrize("file", ["catalogue", "marks"])
def test_a_newer_file_is_read_and_left_as_it_is(marked, file):
    path: Path = getattr(marked, file)
    make_newer(path)
    before = path.read_bytes()
    with Library(marked) as library:
        assert "newer paperterm" in library.read_only
        assert marks_by_title(library) == MARKS
        with pytest.raises(LibraryReadOnly):
            take_in(library, numbered(9))
        with pytest.raises(LibraryReadOnly):
            library.add_starter()
        assert not library.greet()
        library.bring_up_index()
        assert set(titles(library, "number")) == {"Paper number 2", "Paper number 3"}
    assert path.read_bytes() == before


# Damage


def open_files(folder: Path) -> list[str]:
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        pytest.skip("there is no way to see which files are open")
    held = []
    for descriptor in descriptors.iterdir():
        try:
            held.append(str(descriptor.readlink()))
        except OSError:
            continue
    return [path for path in held if path.startswith(str(folder))]


def spoil(path: Path) -> None:
    path.write_text("These are my notes.\n" * 999)


@pytest.mark.parametrize("how", [spoil, tear])
@pytest.mark.parametrize("file", ["catalogue", "marks"])
def test_a_damaged_file_is_told_kept_and_let_go(marked, file, how):
    path: Path = getattr(marked, file)
    how(path)
    before = path.read_bytes()
    with pytest.raises(LibraryDamaged, match="left as it is") as raised:
        Library(marked)
    assert open_files(marked.data) == []
    assert raised.value
    assert path.read_bytes() == before


def test_marks_that_can_not_be_reunited_leave_no_file_open(marked, monkeypatch):
    marked.catalogue.unlink()
    monkeypatch.setattr(Library, "add", lambda *_: (_ for _ in ()).throw(PapertermError("No.")))
    with pytest.raises(PapertermError) as raised:
        Library(marked)
    assert open_files(marked.data) == []
    assert raised.value


def mark_many(library: Library) -> None:
    for number in range(1, 2000, 50):
        entry = Entry(number, numbered(number), Marks(), "", DAY)
        mark(library, entry, bookmarked=True)


VERBS = {
    "find all": lambda library: library.find(Query()),
    "find words": lambda library: library.find(parse("number")),
    "find facts": lambda library: library.find(parse("date:2024 tag:x is:unread")),
    "shelves": Library.shelves,
    "entries": lambda library: library.entries(range(1, 2000)),
    "named": lambda library: [library.named(f"2401.{number:05}") for number in range(1, 2000)],
    "ids_of": lambda library: library.ids_of([f"arxiv:2401.{n:05}" for n in range(1, 2000)]),
    "seen": Library.seen,
    "mark": mark_many,
    "undo": Library.undo,
    "tags": Library.tags,
    "add": lambda library: library.add(Record(numbered(n, comments=7)) for n in range(1, 2000)),
    "greet": Library.greet,
    "add_starter": Library.add_starter,
    "remove_starter": Library.remove_starter,
    "index_behind": Library.index_behind,
    "bring_up_index": Library.bring_up_index,
    "warm_up": Library.warm_up,
}
HARMLESS = {"undo", "tags", "seen", "greet", "warm_up", "index_behind"}


@pytest.mark.parametrize("verb", VERBS)
def test_damage_met_on_the_way_is_told_in_a_sentence(paths, verb):
    with Library(paths) as library:
        take_in(library, *(numbered(number) for number in range(1, 2000)))
    tear(paths.catalogue, 4096 * 30)
    with Library(paths) as library:
        try:
            VERBS[verb](library)
        except LibraryDamaged as error:
            assert "is damaged" in str(error)
            assert "doctor --repair" in str(error)
        else:
            assert verb in HARMLESS
