"""kill -9 at any moment: what was said to be done is done, and nothing is half done."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest

from helpers import contents, entry_of, everything, mark, numbered, paths_in, take_in, titles
from paperterm.library import health
from paperterm.library.door import Library
from paperterm.library.outcome import Outcome
from paperterm.model.marks import Marks
from paperterm.model.paper import Paper
from paperterm.model.parse import parse

from .child import MARKED, PAPERS, TAG, papers, titled

MARK = Marks(True, False, (TAG,))


def all_is_well(paths) -> bool:
    return all(finding.well for finding in health.examine(paths))


def pause(seed: str, longest: float):
    seconds = random.Random(seed).uniform(0, longest)
    return lambda: time.sleep(seconds)


def test_every_mark_that_was_said_to_be_made_is_there(paths, said_until_killed):
    with Library(paths) as library:
        take_in(library, *(numbered(number) for number in range(1, 3_000)))
    made: set[str] = set()
    for number in range(25):
        said = said_until_killed("mark_one_after_another", pause(f"marks {number}", 0.2))
        with Library(paths) as library:
            marked = {e.paper.key: e.marks for e in everything(library) if e.marks}
            assert not (made | set(said)) - set(marked)
            assert len(marked) - len(made) - len(said) in (0, 1)
            assert set(marked.values()) <= {MARK}
            made = set(marked)
    assert len(made) > 50
    assert all_is_well(paths)
    with Library(paths) as library:
        last = library.undo()
        assert [library.named(key).marks for key in last.keys] == [Marks()]


@pytest.fixture
def undisturbed(tmp_path):
    """What the import gives when nobody is killed."""
    with Library(paths_in(tmp_path / "undisturbed")) as library:
        begin(library)
        library.add(papers())
        yield contents(library)


def begin(library: Library) -> None:
    take_in(library, *(titled(number) for number in range(1, MARKED + 1)))
    mark(library, everything(library), bookmarked=True, add=(TAG,))


@pytest.mark.parametrize("seed", range(8))
def test_an_import_can_be_killed_and_done_again(paths, said_until_killed, undisturbed, seed):
    with Library(paths) as library:
        begin(library)
    said = said_until_killed("take_in_many", pause(f"import {seed}", 0.4))
    expected = {key.title: key for key, _ in undisturbed}
    with Library(paths) as library:
        for entry in everything(library):
            whole = expected[entry.paper.title]
            before = Paper(entry.paper.title)
            # Killed between the commits of the two files: what its mark knows of it is there.
            healed = replace(whole, abstract="")
            assert entry.paper in ((whole, before, healed) if entry.marks else (whole, before))
        marked = [entry for entry in everything(library) if entry.marks]
        assert len(marked) == library.shelves().bookmarks == MARKED
        assert {entry.marks for entry in marked} == {MARK}
        if said == ["done"]:
            assert len(everything(library)) == PAPERS
        library.add(papers())
        assert contents(library) == undisturbed
        assert len(library.undo().keys) == MARKED
    assert all_is_well(paths)


def test_an_index_can_be_killed_while_it_is_made(paths, said_until_killed):
    with Library(paths) as library:
        take_in(library, *(numbered(number) for number in range(1, 300)))
        library.bring_up_index()
    for number in range(10):
        said = said_until_killed("index_again_and_again", pause(f"index {number}", 0.4))
        assert set(said) <= {"0"}
        with Library(paths) as library:
            behind = library.index_behind()
            assert behind is not None
            assert behind <= 1
            before = library.find(parse("zebra", typing=False))
            assert before.indexed
            zebras = library.shelves().all - 299
            assert len(before.ids) == zebras - behind
            assert library.bring_up_index() is not Outcome.BUSY
            assert len(titles(library, "zebra")) == zebras
            assert len(titles(library, "number")) == 299
    assert all_is_well(paths)
    with Library(paths) as library:  # what was left lying about goes with the next change
        take_in(library, numbered(1_000))
        library.bring_up_index()
    assert len(list(paths.index.glob("index-*"))) == 1


def test_a_first_start_can_be_killed(paths, start):
    for number in range(8):
        process = start("greet")
        time.sleep(random.Random(f"first {number}").uniform(0.05, 0.5))
        process.kill()
        process.wait()
        with Library(paths) as library:
            assert library.shelves().all in (0, 84)
    assert all_is_well(paths)
    with Library(paths) as library:
        library.greet()
        assert library.shelves().all == 84


def test_several_copies_can_be_started_for_the_first_time_at_once(paths, start):
    children = [start("greet") for _ in range(4)]
    said = [child.stdout.read().splitlines() for child in children]
    assert [child.wait() for child in children] == [0] * 4
    assert all(lines[0] == "ready" and lines[1] in ("True", "False") for lines in said)
    with Library(paths) as library:
        assert library.shelves().all == 84
    assert all_is_well(paths)


def test_the_titles_of_the_import_are_those_of_the_marked(paths):
    """The tests above are of papers that learn their ids."""
    with Library(paths) as library:
        begin(library)
        library.add(papers())
        assert library.shelves().all == PAPERS
        assert entry_of(library, "Paper number 1").paper.key == "arxiv:2401.00001"
