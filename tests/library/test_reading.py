"""A long import that was stopped goes on where it stopped, and ends with the same library."""

from __future__ import annotations

import io
import json
import os
import random
import time
from pathlib import Path

import pytest

from helpers import contents, entry_of, mark, numbered, paths_in, take_in
from paperterm.errors import LibraryError
from paperterm.library import intake
from paperterm.library.door import Library
from paperterm.library.intake import Tally
from paperterm.library.reading import Reading, reading_of
from paperterm.model.paper import Paper
from paperterm.model.record import Context, Passed, Place, Record, Refusal
from paperterm.sources import registry

COUNT = 2_300


def line(number: int) -> str:
    # Every hundredth is met again under its title, within its batch or in another one.
    title = f"Paper {number - number % 100 if number % 100 == 99 else number}"
    value = {"id": f"2306.{number:05}", "title": title, "authors_parsed": [["A", "B", ""]]}
    return json.dumps(value if number % 7 else "broken") + "\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "snapshot.jsonl"
    path.write_text("".join(map(line, range(1, COUNT + 1))))
    return path


@pytest.fixture
def expected(tmp_path: Path, file: Path) -> list[tuple[Paper, object]]:
    with Library(paths_in(tmp_path / "undisturbed")) as other:
        other.add(items(file))
        return contents(other)


def items(file: Path, after: Place | None = None):
    stream = io.BytesIO(file.read_bytes())
    return registry.read(stream, Context("x", after=after or Place()), "arxiv-snapshot")


def reading(file: Path, how: str = "") -> Reading:
    with file.open("rb") as stream:
        found = reading_of(stream.fileno(), file, how)
    assert found
    return found


def stopped(source, number: int, error: BaseException):
    for count, item in enumerate(source):
        if count == number:
            raise error
        yield item


@pytest.mark.parametrize("number", [0, 1, 499, 700, 1_500, COUNT - 1])
def test_after_an_interrupt_the_rest_is_enough(library, file, expected, number):
    with pytest.raises(KeyboardInterrupt):
        library.add(stopped(items(file), number, KeyboardInterrupt()), reading=reading(file))
    place = library.begun(reading(file))
    assert place.line == number
    tally = library.add(items(file, place), reading=reading(file))
    assert tally.met == COUNT - number
    assert tally.unchanged == 0
    assert contents(library) == expected
    assert library.begun(reading(file)) == Place()


def test_what_could_not_be_written_is_read_again(library, file, expected, monkeypatch):
    write = library._catalogue.insert_all
    written = 0

    def insert_all(*arguments):
        nonlocal written
        written += 1
        if written == 3:
            raise LibraryError("The disk is full.")
        write(*arguments)

    monkeypatch.setattr(library._catalogue, "insert_all", insert_all)
    with pytest.raises(LibraryError, match="full"):
        library.add(items(file), reading=reading(file))
    place = library.begun(reading(file))
    assert 0 < place.line < COUNT
    assert library.shelves().all < len(expected)
    library.add(items(file, place), reading=reading(file))
    assert contents(library) == expected


def test_a_file_that_was_changed_is_read_from_its_beginning(library, file):
    with pytest.raises(KeyboardInterrupt):
        library.add(stopped(items(file), 900, KeyboardInterrupt()), reading=reading(file))
    assert library.begun(reading(file)).line == 900
    assert library.begun(reading(file, "only cs.CL")) == Place()
    told = file.stat()
    text = file.read_text()
    file.write_text(text.replace('Paper 1"', 'Paper 2"'))
    os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert library.begun(reading(file)) == Place()
    file.write_text(text + "\n")
    assert library.begun(reading(file)) == Place()
    file.write_text(text)
    os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns + 1))
    assert library.begun(reading(file)) == Place()
    os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert library.begun(reading(file)).line == 900


def test_how_far_it_got_is_kept_of_papers_that_are_passed_over_too(library, file, monkeypatch):
    monkeypatch.setattr(intake, "_MOST_ITEMS", 100)
    told: list[int] = []

    def passing():
        for number in range(1, 1_001):
            told.append(library.begun(reading(file)).line)
            yield Passed(number, number * 10) if number % 2 else Refusal(number, "x", "", number)

    tally = library.add(passing(), Tally(), reading(file))
    assert (tally.passed, len(tally.refused)) == (500, 500)
    assert sorted(set(told)) == list(range(0, 1_000, 100))


def test_what_is_remembered_wrongly_is_the_beginning(library, file):
    once = reading(file)
    for wrong in ("x", "[]", "3", '{"content": 3}', json.dumps({"content": once.content})):
        with library._catalogue.database.transaction():
            library._catalogue.set_meta(once.name, wrong)
        assert library.begun(once) == Place()


def test_a_pipe_is_no_reading(tmp_path):
    ours, theirs = os.pipe()
    assert reading_of(ours, tmp_path / "x", "") is None
    os.close(ours)
    os.close(theirs)


def test_a_mark_does_not_wait_for_an_import(paths):
    """The catalogue is being written to for as long as this lasts; marks are another file's."""
    with Library(paths) as library, Library(paths) as importing:
        take_in(library, numbered(1))
        entry = entry_of(library, "Paper number 1")
        with importing._catalogue.database.transaction():
            importing._catalogue.next_revision()
            begun = time.perf_counter()
            mark(library, entry, bookmarked=True)
            assert time.perf_counter() - begun < 1
        assert entry_of(library, "Paper number 1").marks.bookmarked


def test_a_batch_of_one_paper_in_many_guises_is_one_paper(library):
    chance = random.Random(5)
    title, arxiv_id, doi = "A Title", "2306.00001", "10.1000/a"
    guises = [
        Paper(title),
        Paper(title, arxiv_id=arxiv_id),
        Paper("Another Title", arxiv_id=arxiv_id, doi=doi),
        Paper("A Third", doi=doi),
        Paper("Another Title", abstract="It is known by now."),
    ]
    many = [chance.choice(guises) for _ in range(300)]
    tally = library.add(map(Record, [*guises, *many]))
    assert tally.new == 1
    assert library.shelves().all == 1
    assert library.named(doi).paper.abstract == "It is known by now."


def test_within_a_batch_the_names_of_a_paper_that_was_absorbed_are_those_of_the_other(library):
    take_in(library, Paper("A Longer Title", arxiv_id="2306.00001"))
    take_in(library, Paper("A Title"))
    joining = Paper("A Title", arxiv_id="2306.00001")
    tally = take_in(library, joining, Paper("A Title", abstract="It is known by its old name."))
    assert (tally.new, tally.updated) == (0, 2)
    assert library.shelves().all == 1
