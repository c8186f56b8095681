"""A disk that is full: one sentence, nothing half written, and all goes on when there is room."""

from __future__ import annotations

import pytest

from helpers import everything, mark, numbered, take_in, titles
from paperterm.library import health
from paperterm.library.door import Library
from paperterm.model.marks import Marks

from .child import TAG

MARK = Marks(True, False, (TAG,))


def run(start, deed: str, most: int, when: str = "later") -> list[str]:
    process = start(deed, str(most), when)
    lines = process.stdout.read().splitlines()
    assert process.wait() == 3, lines
    return lines


def all_is_well(paths) -> bool:
    return all(finding.well for finding in health.examine(paths))


@pytest.mark.parametrize("most", [0, 1_000, 4_096, 10_000, 40_000])
def test_a_library_that_finds_no_room_at_first_is_made_later(paths, start, most):
    lines = run(start, "greet", most, "opening")
    assert lines[-1].startswith("LibraryError: ")
    assert "disk" in lines[-1]
    assert lines[-1].endswith("Nothing was changed.")
    with Library(paths) as library:
        assert library.greet()
        assert len(everything(library)) == 84
    assert all_is_well(paths)


@pytest.mark.parametrize("most", [60_000, 500_000])
def test_an_import_without_room_stops_between_batches(paths, start, most):
    with Library(paths) as library:
        take_in(library, numbered(1))
    *done, error = run(start, "take_in_until_full", most)
    assert error.startswith("LibraryError: The catalogue")
    assert error.endswith("Nothing was changed.")
    with Library(paths) as library:
        count = int(done[-1]) if len(done) > 1 else 1
        assert len(everything(library)) == count
        for entry in everything(library):
            assert entry.paper == numbered(int(entry.paper.arxiv_id[5:]))
        take_in(library, *(numbered(number) for number in range(1, count + 200)))
        assert len(everything(library)) == count + 199
    assert all_is_well(paths)


@pytest.mark.parametrize("most", [70_000, 200_000])
def test_a_mark_without_room_is_not_made_and_those_before_it_are(paths, start, most):
    with Library(paths) as library:
        take_in(library, *(numbered(number) for number in range(1, 1_500)))
    _, *made, error = run(start, "mark_one_after_another", most)
    assert error.startswith("LibraryError: The file of marks")
    assert error.endswith("Nothing was changed.")
    with Library(paths) as library:
        marked = {e.paper.key: e.marks for e in everything(library) if e.marks}
        assert marked == dict.fromkeys(made, MARK)
        fresh = next(entry for entry in everything(library) if not entry.marks)
        mark(library, fresh, read=True)
        assert library.undo().keys == (fresh.paper.key,)
    assert all_is_well(paths)


def test_an_index_without_room_leaves_the_old_one(paths, start):
    with Library(paths) as library:
        take_in(library, *(numbered(number) for number in range(1, 300)))
        library.bring_up_index()
    (error,) = run(start, "index_anew", 3_000)[1:]
    assert error.startswith("IndexUnusable: The search index can't be written")
    with Library(paths) as library:
        assert library.index_behind() == 0
        assert len(titles(library, "number")) == 299
    assert all_is_well(paths)
    assert len(list(paths.index.glob("index-*"))) == 1
