"""kill -9 at any moment: what was said to be done is done, and nothing is half done."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from helpers import contents, entry_of, everything, mark, numbered, paths_in, take_in, titles
from paperterm.library import health
from paperterm.library.door import Library
from paperterm.library.outcome import Outcome
from paperterm.library.paths import Paths
from paperterm.model.marks import Marks
from paperterm.model.paper import Paper
from paperterm.model.parse import parse

from .child import MARKED, PAPERS, TAG, papers, titled
from .conftest import Killed, Start

Rounds = Callable[[int, int], int]
Told = Callable[[str], None]
Contents = list[tuple[Paper, Marks]]
MARK = Marks(True, False, (TAG,))


def all_is_well(paths: Paths) -> bool:
    return all(finding.well for finding in health.examine(paths))


def pause(seed: str, longest: float) -> Callable[[], None]:
    seconds = random.Random(seed).uniform(0, longest)
    return lambda: time.sleep(seconds)


def test_every_mark_that_was_said_to_be_made_is_there(
    paths: Paths, said_until_killed: Killed, rounds: Rounds, told: Told
) -> None:
    chance = random.Random("marks")
    times = rounds(10, 250)
    with Library(paths) as library:
        take_in(library, *(numbered(number) for number in range(1, 30 * times)))
    made: set[str] = set()
    for number in range(times):
        wait = pause(f"marks {number}", 0.01)
        said = said_until_killed("mark_one_after_another", wait, after=chance.randrange(12))
        with Library(paths) as library:
            marked = {e.paper.key: e.marks for e in everything(library) if e.marks}
            assert not (made | set(said)) - set(marked)
            assert len(marked) - len(made) - len(said) in (0, 1)
            assert set(marked.values()) <= {MARK}
            made = set(marked)
    told(f"{times} kills during {len(made)} marks; acknowledged marks lost: 0")
    assert len(made) > times
    assert all_is_well(paths)
    with Library(paths) as library:
        last = library.undo()
        assert last is not None
        assert [library.named(key).marks for key in last.keys] == [Marks()]


def begin(library: Library) -> None:
    take_in(library, *(titled(number) for number in range(1, MARKED + 1)))
    mark(library, everything(library), bookmarked=True, add=(TAG,))


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library in which papers are marked that the import tells more of."""
    folder = tmp_path_factory.mktemp("begun")
    with Library(paths_in(folder)) as library:
        begin(library)
    return folder


@pytest.fixture(scope="module")
def undisturbed(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Contents:
    """What the import gives when nobody is killed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    shutil.copytree(begun, folder, dirs_exist_ok=True)
    with Library(paths_in(folder)) as library:
        library.add(papers())
        # What the tests below are of: papers that learn their ids.
        assert library.shelves().all == PAPERS
        assert entry_of(library, "Paper number 1").paper.key == "arxiv:2401.00001"
        return contents(library)


def test_an_import_can_be_killed_and_done_again(
    tmp_path: Path,
    begun: Path,
    said_until_killed: Killed,
    undisturbed: Contents,
    rounds: Rounds,
    told: Told,
) -> None:
    times, ended = rounds(3, 120), 0
    for number in range(times):
        shutil.copytree(begun / "data", tmp_path / "data")
        said = said_until_killed("take_in_many", pause(f"import {number}", 0.4))
        ended += said == ["done"]
        is_whole_when_done_again(paths_in(tmp_path), undisturbed, done=said == ["done"])
        shutil.rmtree(tmp_path / "data")
    told(f"{times - ended} kills during an import of {PAPERS} papers; half done or lost: 0")


def is_whole_when_done_again(paths: Paths, undisturbed: Contents, *, done: bool) -> None:
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
        if done:
            assert len(everything(library)) == PAPERS
        library.add(papers())
        assert contents(library) == undisturbed
        undone = library.undo()
        assert undone is not None
        assert len(undone.keys) == MARKED
    assert all_is_well(paths)


def test_an_index_can_be_killed_while_it_is_made(
    paths: Paths, said_until_killed: Killed, rounds: Rounds
) -> None:
    with Library(paths) as library:
        take_in(library, *(numbered(number) for number in range(1, 300)))
        library.bring_up_index()
    for number in range(rounds(4, 50)):
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


def test_a_first_start_can_be_killed(paths: Paths, start: Start, rounds: Rounds) -> None:
    for number in range(rounds(4, 50)):
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


def test_several_copies_can_be_started_for_the_first_time_at_once(
    paths: Paths, start: Start
) -> None:
    children = [start("greet") for _ in range(4)]
    said = [child.stdout.read().splitlines() for child in children]
    assert [child.wait() for child in children] == [0] * 4
    assert all(lines[0] == "ready" and lines[1] in ("True", "False") for lines in said)
    with Library(paths) as library:
        assert library.shelves().all == 84
    assert all_is_well(paths)
