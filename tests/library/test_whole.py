"""A whole library leaves as lines, and an empty one becomes the same; another one loses nothing."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import entry_of, everything, mark, numbered, paths_in, take_in
from paperterm.library.door import Library
from paperterm.library.intake import Tally
from paperterm.library.marking import Marked
from paperterm.model.edits import Edit
from paperterm.model.parse import parse
from paperterm.model.part import Part
from paperterm.model.record import Context, Record

from . import marks_machine
from .marks_machine import World

CALM = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
SEEDS = st.integers(0, 2**32)


def lived(folder: Path, seed: int, steps: int) -> World:
    """A library with a random life behind it."""
    return marks_machine.run(steps, seed, folder)


def lines_of(library: Library) -> list[str]:
    return list(library.whole.lines())


def take_over(library: Library, lines: list[str]) -> Tally:
    """As `paperterm import` does."""
    tally = Tally(label="import")
    library.read(io.BytesIO("\n".join(lines).encode()), Context("whole.jsonl"), tally=tally)
    library.book(tally)
    return tally


def told(library: Library) -> dict[str, Any]:
    """All that a reader can see."""
    entries = library.entries([*library.find(parse("", typing=False)).ids, *hidden(library)])
    return {
        "papers": [(one.paper, one.marks, one.added, one.day) for one in entries],
        "shelves": library.shelves(),
        "tags": library.tags(),
        "colours": library.tagging.colours().chosen,
        "likely": library.tagging.known().ranked,
        "history": library.history(10**6),
        "feeds": [(one.feed.name, one.paused) for one in library.feeds.all()],
        "searches": library.searches.written().searches,
    }


def choose_feeds(library: Library) -> None:
    library.feeds.add("arxiv:cs.CL")
    library.feeds.add("hf-search:mamba")
    library.feeds.pause("arxiv:cs.CL")
    library.feeds.remove("daily-papers")


def hidden(library: Library) -> list[int]:
    return list(library.find(parse("is:removed", typing=False)).ids)


def some_undone(library: Library, chance: random.Random) -> list[Marked | None]:
    """What a few turns back and forth come to."""
    return [library.undo() if chance.random() < 0.7 else library.redo() for _ in range(25)]


@CALM
@given(SEEDS, st.integers(0, 50))
def test_an_empty_library_becomes_the_same_and_goes_on_the_same(tmp_path_factory, seed, steps):
    folder = tmp_path_factory.mktemp("whole")
    world = lived(folder / "one", seed, steps)
    with Library(world.paths) as one, Library(paths_in(folder / "other")) as other:
        one.tagging.set_colour("a", "teal")
        one.searches.file.add("Mine", "tag:a is:unread")
        choose_feeds(one)
        for entry in everything(one)[:2]:
            one.edit(entry.paper, Edit(f"A title for {entry.id}", abstract="Words."))
        lines = lines_of(one)
        tally = take_over(other, lines)
        assert (tally.refused, tally.remarks) == ([], [])
        assert told(other) == told(one)
        assert lines_of(other) == lines
        turned = [some_undone(library, random.Random(seed)) for library in (one, other)]
        assert turned[0] == turned[1]
        for name in ("papers", "shelves", "tags", "feeds"):
            assert told(other)[name] == told(one)[name]


@CALM
@given(SEEDS, SEEDS)
def test_two_libraries_that_take_each_other_over_have_the_same_marks(tmp_path_factory, a, b):
    folder = tmp_path_factory.mktemp("two")
    worlds = [lived(folder / name, seed, 25) for name, seed in (("a", a), ("b", b))]
    with Library(worlds[0].paths) as one, Library(worlds[1].paths) as two:
        theirs = lines_of(one), lines_of(two)
        chance = random.Random(a)
        for library, lines in ((two, theirs[0]), (one, theirs[1])):
            beside = lines[1:]
            chance.shuffle(beside)
            take_over(library, lines[:1] + beside)
            take_over(library, lines)
        assert marks(one) == marks(two)


def marks(library: Library) -> dict[str, object]:
    """What was said of papers; that one is not shown may depend on how it came."""
    found = library.holdings([*library.find(parse("", typing=False)).ids, *hidden(library)])
    return {one.key: one.marks for one in found if one.marks}


def small(library: Library) -> None:
    take_in(library, numbered(1), numbered(2))
    mark(library, entry_of(library, "Paper number 1"), bookmarked=True, add=("llm/ssm",))
    mark(library, entry_of(library, "Paper number 2"), note="Read this.")


@pytest.fixture
def lines(tmp_path: Path) -> list[str]:
    with Library(paths_in(tmp_path / "from")) as library:
        small(library)
        return lines_of(library)


def test_what_another_machine_did_later_is_not_taken_back_here(tmp_path, lines):
    """A library that became another one keeps the other's past, not its future."""
    with Library(paths_in(tmp_path / "from")) as library:
        mark(library, everything(library)[0], read=True)
        later = lines_of(library)
    with Library(paths_in(tmp_path / "to")) as library:
        take_over(library, lines)
        take_over(library, later)
        assert [one.own for one in library.history(9)] == [False, True, True]
        assert library.undo().label == "note"


def test_a_library_with_a_life_of_its_own_keeps_it_and_can_take_the_import_back(tmp_path, lines):
    with Library(paths_in(tmp_path / "to")) as library:
        take_in(library, numbered(2), numbered(3))
        mark(library, entry_of(library, "Paper number 2"), note="My own words.")
        tally = take_over(library, lines)
        assert (tally.new, tally.unchanged, tally.entries) == (1, 1, 2)
        both = entry_of(library, "Paper number 2").marks.note.split("\n\n")
        assert sorted(both) == ["My own words.", "Read this."]
        assert library.undo().label == "import: 1 new paper"
        assert library.history(1)[0].label == "import: 1 new paper"


def test_an_import_that_was_cut_short_is_gone_on_with(tmp_path, lines):
    with Library(paths_in(tmp_path / "from")) as library:
        before = told(library)
    with Library(paths_in(tmp_path / "to")) as library:
        take_over(library, lines[:4])
        take_over(library, lines)
        assert told(library) == before
        assert library.undo().label == "note"


def test_a_library_in_which_nothing_was_done_comes_into_another_as_an_import(tmp_path):
    with Library(paths_in(tmp_path / "from")) as library:
        take_in(library, numbered(1))
        nothing_done = lines_of(library)
    with Library(paths_in(tmp_path / "to")) as library:
        take_in(library, numbered(2))
        mark(library, everything(library), bookmarked=True)
        take_over(library, nothing_done)
        assert library.undo().label == "import: 1 new paper"
        assert [entry.paper.title for entry in everything(library)] == ["Paper number 2"]


@pytest.mark.parametrize("place", range(6))
def test_a_damaged_line_costs_only_itself(tmp_path, lines, place):
    damaged = [*lines[:place], lines[place][:-9], *lines[place + 1 :]]
    with Library(paths_in(tmp_path / "to")) as library:
        tally = take_over(library, damaged)
        assert [one.line for one in tally.refused] == [place + 1]
        papers = len(everything(library))
    kinds = [json.loads(line).get("paperterm", "paper") for line in damaged if line.endswith("}")]
    assert tally.entries == kinds.count("entry")
    assert papers == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"paperterm": "mood"}', "this paperterm does not know what the line tells"),
        ('{"paperterm": ["entry"]}', "this paperterm does not know what the line tells"),
        ('{"paperterm": "entry"}', "An entry of the journal has no stamp"),
        ('{"paperterm": "colour", "tag": "a", "colour": "mud"}', "There is no such colour"),
        ('{"paperterm": "use", "tag": "a", "weight": "1"}', "There is no number of uses"),
        ('{"paperterm": "search", "name": "x"}', "A saved search needs a query"),
        ('{"paperterm": "library"}', "The line does not tell whose library it is"),
        ('{"paperterm": "entry", "part": 2, "parts": 1}', "The line is no part of an entry of"),
    ],
    ids=["later", "odd", "entry", "colour", "use", "search", "library", "part"],
)
def test_a_line_that_tells_nothing_is_refused_by_itself(tmp_path, lines, line, reason):
    with Library(paths_in(tmp_path / "to")) as library:
        tally = take_over(library, [*lines[:2], line, *lines[2:]])
        assert [(one.line, one.reason.startswith(reason)) for one in tally.refused] == [(3, True)]
        assert tally.entries == 2


def test_an_entry_that_no_machine_can_have_made_is_refused_and_those_around_it_are_not(
    tmp_path, lines
):
    entries = [json.loads(line) for line in lines if '"entry"' in line]
    forged = json.dumps(entries[0] | {"seq": 2, "stamp": f"{5:016d}-{entries[0]['machine']}"})
    with Library(paths_in(tmp_path / "to")) as library:
        tally = take_over(library, [*lines, forged])
        assert [one.line for one in tally.refused] == [len(lines) + 1]
        assert tally.entries == 2


def test_a_bulk_action_on_very_many_papers_goes_in_lines_of_a_bearable_length(tmp_path):
    papers = [Record(numbered(number)) for number in range(1, 2001)]
    with Library(paths_in(tmp_path / "from")) as library:
        take_in(library, *papers)
        mark(library, everything(library), add=("bulk",), read=True)
        lines, before = lines_of(library), told(library)
    assert max(map(len, lines)) < 10**6
    places = [place for place, line in enumerate(lines) if '"part"' in line]
    assert len(places) > 2
    with Library(paths_in(tmp_path / "to")) as library:
        take_over(library, lines)
        assert told(library) == before
    with Library(paths_in(tmp_path / "less")) as library:
        tally = take_over(library, [line for n, line in enumerate(lines) if n != places[1]])
        assert tally.refused
        assert library.shelves().inbox == 2000


def test_only_the_papers_that_are_asked_for_come_and_bring_their_marks(tmp_path, lines):
    with Library(paths_in(tmp_path / "to")) as library:
        context = Context("whole.jsonl", part=Part(("cs.CL",)))
        tally = library.read(io.BytesIO("\n".join(lines).encode()), context)
        assert (tally.new, tally.passed, tally.entries) == (0, len(lines), 0)
