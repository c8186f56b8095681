"""The life of the index: missing, behind, foreign, broken; right again afterwards."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from helpers import everything, numbered, paper, paths_in, take_in, titles
from paperterm.errors import IndexUnusable
from paperterm.library import indexing
from paperterm.library.builder import bring_up_beside
from paperterm.library.door import Library
from paperterm.library.outcome import Outcome
from paperterm.model.marks import Change
from paperterm.model.parse import parse


def here(library: Library, **how) -> Outcome:
    return library.bring_up_index(**how)


def beside(library: Library, **how) -> Outcome:
    return bring_up_beside(library.paths, **how)


@pytest.fixture
def ten(library):
    take_in(library, *(numbered(number) for number in range(1, 11)))
    return library


def indexed_titles(library: Library, text: str) -> list[str]:
    assert library.find(parse(text, typing=False)).indexed
    return titles(library, text)


@pytest.mark.parametrize("bring_up", [here, beside])
def test_a_missing_index_is_built(ten, bring_up):
    assert ten.index_behind() is None
    assert not ten.find(parse("number")).indexed
    assert bring_up(ten) is Outcome.BUILT
    assert ten.index_behind() == 0
    assert len(indexed_titles(ten, "number")) == 10
    assert bring_up(ten) is Outcome.FRESH


@pytest.mark.parametrize("bring_up", [here, beside])
def test_an_index_follows_what_comes_changes_and_goes(ten, bring_up):
    ten.add_starter()
    bring_up(ten)
    take_in(ten, paper("A zebra"), replace(numbered(3), abstract="Nothing but a giraffe."))
    ten.remove_starter()
    ten.add_starter()
    assert ten.index_behind() == 2 + 84 + 84
    bring_up(ten)
    take_in(ten, paper("Another zebra"))
    assert ten.index_behind() == 1
    assert bring_up(ten) is Outcome.UPDATED
    assert ten.index_behind() == 0
    assert set(indexed_titles(ten, "zebra")) == {"A zebra", "Another zebra"}
    assert indexed_titles(ten, "giraffe") == ["Paper number 3"]
    assert len(indexed_titles(ten, '"abstract of number"')) == 9
    assert len(indexed_titles(ten, "-zebra")) == 94


def test_what_came_since_the_index_was_made_is_found_once_it_has_followed(ten):
    ten.bring_up_index()
    take_in(ten, paper("A zebra"))
    assert titles(ten, "zebra") == []
    ten.bring_up_index()
    assert titles(ten, "zebra") == ["A zebra"]


def test_an_open_search_notices_that_another_copy_brought_the_index_up(paths):
    with Library(paths) as one, Library(paths) as other:
        take_in(one, paper("A zebra"))
        one.bring_up_index()
        assert indexed_titles(one, "zebra") == ["A zebra"]
        take_in(other, paper("Another zebra"))
        other.bring_up_index()
        assert set(indexed_titles(one, "zebra")) == {"A zebra", "Another zebra"}


def test_an_empty_library_has_an_index_too(library):
    assert library.bring_up_index() is Outcome.BUILT
    assert indexed_titles(library, "anything") == []


@pytest.mark.parametrize("bring_up", [here, beside])
def test_progress_is_told(library, bring_up):
    take_in(library, *(numbered(number) for number in range(1, 302)))
    told: list[tuple[int, int]] = []
    bring_up(library, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (301, 301)
    assert told == sorted(told)
    assert {total for _, total in told} == {301}
    assert len(told) > 2


@pytest.mark.parametrize("bring_up", [here, beside])
def test_an_index_can_be_built_anew(ten, bring_up):
    bring_up(ten)
    assert bring_up(ten, anew=True) is Outcome.BUILT


class Stopped(Exception):
    pass


def test_an_index_being_built_is_searched_batch_by_batch_and_goes_on_where_it_stopped(
    library, monkeypatch
):
    monkeypatch.setattr(indexing, "_FIRST_BATCH", 200)
    monkeypatch.setattr(indexing, "_BATCH", 300)
    take_in(library, *(numbered(number) for number in range(1, 1001)))
    seen: list[tuple[int, str]] = []

    def look(done: int, total: int) -> None:
        assert total == 1000
        view = other.find(parse("number", typing=False))
        if view.indexed:
            seen.append((len(view.ids), view.hint))
        if done == 700:
            raise Stopped

    with Library(library.paths) as other, pytest.raises(Stopped):
        library.bring_up_index(look)
    assert {found for found, _ in seen} == {200, 500}
    assert seen[-1] == (500, "500 papers are not in the search index yet")
    assert library.index_behind() == 500
    take_in(library, numbered(2000), replace(numbered(3), abstract="Nothing but a giraffe."))
    assert library.index_behind() == 502
    told: list[tuple[int, int]] = []
    assert library.bring_up_index(lambda *how: told.append(how)) is Outcome.UPDATED
    assert told[0] == (599, 1001)
    assert library.index_behind() == 0
    assert len(indexed_titles(library, "number")) == 1001
    assert indexed_titles(library, "giraffe") == ["Paper number 3"]
    assert len(indexed_titles(library, "number -giraffe")) == 1000


def test_many_changes_are_searched_batch_by_batch_too(library, monkeypatch):
    monkeypatch.setattr(indexing, "_FIRST_BATCH", 200)
    monkeypatch.setattr(indexing, "_BATCH", 300)
    take_in(library, *(numbered(number) for number in range(1, 101)))
    library.bring_up_index()
    take_in(library, *(numbered(number, abstract="A zebra. " * 30) for number in range(50, 1001)))
    seen: dict[int, str] = {}

    def look(done: int, total: int) -> None:
        view = other.find(parse("zebra", typing=False))
        seen[len(view.ids)] = view.hint

    assert library.index_behind() == 951
    with Library(library.paths) as other:
        library.bring_up_index(look)
    assert seen == {
        0: "951 papers are not in the search index yet",
        200: "751 papers are not in the search index yet",
        500: "451 papers are not in the search index yet",
        800: "151 papers are not in the search index yet",
    }
    assert len(indexed_titles(library, "zebra")) == 951


# Indexes that are not to be used


@pytest.mark.parametrize("bring_up", [here, beside])
def test_another_librarys_index_is_not_believed(ten, tmp_path, bring_up):
    other_paths = paths_in(tmp_path / "other")
    with Library(other_paths) as other:
        take_in(other, *(paper(f"Zebra {number}") for number in range(10)))
        other.bring_up_index()
    shutil.copytree(other_paths.index, ten.paths.index)
    assert ten.index_behind() is None
    assert not ten.find(parse("number")).indexed
    assert titles(ten, "zebra") == []
    assert bring_up(ten) is Outcome.BUILT
    assert len(indexed_titles(ten, "number")) == 10


def test_an_index_from_a_later_day_than_the_catalogue_is_not_believed(paths):
    with Library(paths) as library:
        take_in(library, numbered(1))
    kept = paths.catalogue.read_bytes()
    with Library(paths) as library:
        take_in(library, paper("A zebra"))
        library.bring_up_index()
    paths.catalogue.write_bytes(kept)
    with Library(paths) as library:
        assert library.index_behind() is None
        view = library.find(parse("zebra"))
        assert list(view.ids) == []
        assert not view.indexed
        assert library.bring_up_index() is Outcome.BUILT
        assert len(indexed_titles(library, "number")) == 1


def files_of(index: Path) -> list[Path]:
    return sorted(path for path in index.rglob("*") if path.is_file())


@pytest.mark.parametrize("how", ["flipped", "cut", "gone"])
def test_a_damaged_index_gives_no_wrong_answer_and_is_built_anew(paths, how):
    with Library(paths) as library:
        take_in(library, *(numbered(number) for number in range(1, 40)))
        library.bring_up_index()
        expected = sorted(titles(library, "number"))
        count = len(files_of(paths.index))
    assert count >= 3
    for which in range(count):
        path = files_of(paths.index)[which]
        content = bytearray(path.read_bytes())
        if how == "gone":
            path.unlink()
        elif how == "cut":
            path.write_bytes(content[:-1])
        else:
            middle = len(content) // 2
            content[middle] ^= 0xFF
            path.write_bytes(content)
        with Library(paths) as library:
            assert sorted(titles(library, "number")) == expected
            assert sorted(titles(library, '"number 7" OR -number')) == ["Paper number 7"]
            assert library.index_behind() is None
            assert library.bring_up_index() is Outcome.BUILT
            assert sorted(indexed_titles(library, "number")) == expected
            assert library.bring_up_index() is Outcome.FRESH
        assert len(files_of(paths.index)) == count


def test_damage_met_by_a_search_gives_no_wrong_answer_and_is_mended(paths):
    """In an index so large that opening it does not look at all of it."""
    with Library(paths) as library:
        every = range(1, 700)
        words = {n: " ".join(f"w{n}x{k}" for k in range(60)) for n in every}
        take_in(library, *(numbered(n, abstract=words[n]) for n in every))
        library.bring_up_index()
        largest = max(files_of(paths.index), key=lambda path: path.stat().st_size)
        content = bytearray(largest.read_bytes())
        block = 1 << 16
        assert len(content) > 6 * block
        for start in range(block, len(content), block):
            content[start + 99 : start + 200] = bytes(101)
    largest.write_bytes(content)
    with Library(paths) as library:
        assert library.index_behind() == 0
        assert titles(library, "w500x7") == ["Paper number 500"]
        assert library.index_behind() is None
        assert library.bring_up_index() is Outcome.BUILT
        assert indexed_titles(library, "w500x7") == ["Paper number 500"]


def test_rubbish_in_the_indexs_place_is_replaced(ten):
    ten.paths.index.mkdir(parents=True)
    (ten.paths.index / "manifest").write_text("rubbish")
    assert ten.index_behind() is None
    assert ten.bring_up_index() is Outcome.BUILT


# Others at it


LOCKER = """
import sys, time
from pathlib import Path
from paperterm.search import store
with store.lock(Path(sys.argv[1])) as ours:
    print(ours, flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("bring_up", [here, beside])
def test_while_another_process_is_at_it_nothing_is_done(ten, bring_up):
    command = [sys.executable, "-c", LOCKER, str(ten.paths.index)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"True\n"
        assert bring_up(ten) is Outcome.BUSY
        assert ten.index_behind() is None
        other.stdin.close()
    assert bring_up(ten) is Outcome.BUILT


def test_a_child_that_fails_is_told(ten):
    with pytest.raises(IndexUnusable, match="could not be built"):
        bring_up_beside(ten.paths, started=lambda process: process.kill())
    assert len(everything(ten)) == 10
    assert bring_up_beside(ten.paths) is Outcome.BUILT


def test_a_child_tells_what_is_wrong_with_the_catalogue(paths):
    paths.data.mkdir()
    paths.catalogue.write_text("These are my notes.\n" * 400)
    with pytest.raises(IndexUnusable, match="is damaged"):
        bring_up_beside(paths)


def test_a_search_says_when_papers_are_not_in_the_index_yet(library):
    take_in(library, numbered(1))
    library.bring_up_index()
    take_in(library, paper("Zebrafish in the wild"))
    view = library.find(parse("zebrafish"))
    assert len(view.ids) == 0
    assert view.hint == "1 paper is not in the search index yet"
    library.bring_up_index()
    view = library.find(parse("zebrafish"))
    assert (len(view.ids), view.hint) == (1, "")


def test_a_bookmark_breaks_a_tie_at_once(library):
    take_in(library, *(paper(f"A zebra {letter}") for letter in "abc"))
    library.bring_up_index()
    first, *_, last = library.find(parse("zebra")).ids
    entries = library.entries([last])
    library.mark([Change(entries[0].paper.key, bookmarked=True)], "bookmark", entries)
    assert library.find(parse("zebra")).ids[0] == last
    library.undo()
    assert library.find(parse("zebra")).ids[0] == first
