"""A byte of the file of marks that has become another is noticed, where SQLite finds nothing."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from faults.child import act
from helpers import everything, mark, numbered, take_in
from paperterm.errors import LibraryDamaged
from paperterm.library import health, recovery, safekeeping
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.model.marks import Marks
from paperterm.storage import backups, seals
from paperterm.storage.database import open_database
from paperterm.storage.marks_file import MARKS

WORDS = (
    *("llm/context", "a note of mine", "Paper number 7", "arxiv:2401.00003", "bookmark it"),
    "hf-search:mamba",
)
History = list[tuple[str, int, bool]]


@pytest.fixture
def marked(paths: Paths) -> Paths:
    with Library(paths) as library:
        take_in(library, *(numbered(number) for number in range(12)))
        papers = everything(library)
        mark(library, papers[:8], label="bookmark it", bookmarked=True)
        mark(library, papers[2:5], add=("llm/context",), note="a note of mine")
        mark(library, papers[5:9], archived=True)
        library.undo()
        library.feeds.add("hf-search:mamba")
        library.feeds.pause("hf-search:mamba")
    return paths


def seen(paths: Paths) -> tuple[dict[str, Marks], History, list[str]]:
    """All that a reader sees of their marks and feeds."""
    with Library(paths) as library:
        marks = {entry.paper.key: entry.marks for entry in everything(library) if entry.marks}
        history = [(one.label, one.papers, one.undone) for one in library.history(100)]
        return marks, history, sorted(str(feed) for feed in library.feeds.all())


def places(content: bytes, word: str) -> list[int]:
    """Where a word stands in a file."""
    found = [content.find(word.encode())]
    while found[-1] >= 0:
        found.append(content.find(word.encode(), found[-1] + 1))
    return found[:-1]


@pytest.mark.parametrize("word", WORDS)
def test_a_letter_that_has_changed_is_noticed_and_comes_back(marked: Paths, word: str) -> None:
    content, truth = marked.marks.read_bytes(), seen(marked)
    told = 0
    for place in places(content, word):
        altered = bytearray(content)
        altered[place + 3] ^= 0x01
        marked.marks.write_bytes(altered)
        try:
            assert seen(marked) == truth
        except LibraryDamaged as error:
            told += 1
            assert str(marked.marks) in str(error)
            recovery.restore(marked)
            assert seen(marked) == truth
        for path in marked.data.glob("marks.db-*"):
            path.unlink()
    assert told


def test_what_is_done_since_the_backup_comes_back_as_it_was_done(marked: Paths) -> None:
    with Library(marked) as library:  # the day's backup is of before this
        library.redo()
        for number in range(5):
            mark(library, everything(library)[number], label=f"read {number}", read=True)
        library.undo()
        truth = library.history(100)
        connection = library._marks.database.connection
        connection.execute("UPDATE op SET value = '0' WHERE field LIKE 'tag:%'")
    for kept in (marked.data / "backups").glob("*"):
        kept.unlink()
    told = recovery.restore(marked)
    assert "Newer marks on 9 papers were read from the damaged file" in told
    assert "damaged in it" in told
    with Library(marked) as library:
        assert [one.label for one in library.history(100)] == [one.label for one in truth]
        assert library.redo() is not None
        assert library.undo() is not None


def test_whatever_is_done_is_sealed(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library(paths) as library:
        take_in(library, *(numbered(number) for number in range(300, 600)))
        for number in range(24):
            act(library, number)
        made = safekeeping.back_up(paths, None, everything=False)
        mark(library, everything(library)[:20], note="another")
        take_in(library, numbered(300, doi="10.1000/a"))
        with safekeeping.restoring_from(paths, str(made[0])) as restoring:
            restoring.carry_out()
        mark(library, everything(library)[:3], add=("x",))
    assert next(iter(health.examine(paths))).well
    monkeypatch.setattr(seals, "AT_ONCE", 3)
    assert next(iter(health.examine(paths))).well


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_long_journal_is_looked_through_a_part_at_a_time(
    marked: Paths, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(seals, "AT_ONCE", 1)
    with contextlib.closing(sqlite3.connect(marked.marks)) as connection, connection:
        connection.execute("UPDATE entry SET label = 'other' WHERE number = ?", (number,))
    with contextlib.closing(open_database(marked.marks, MARKS)) as database:
        after: int | None = 0
        with pytest.raises(LibraryDamaged, match="1 action of"):
            while after is not None:
                after = seals.look_on(database, after)
        assert after == number - 1


def test_a_backup_that_has_changed_is_passed_over(marked: Paths) -> None:
    truth = seen(marked)
    first, second = (safekeeping.back_up(marked, None, everything=False)[0] for _ in range(2))
    second.write_bytes(second.read_bytes().replace(b"llm/context", b"llm/cXntext"))
    marked.marks.unlink()
    assert first.name in recovery.restore(marked)
    assert seen(marked) == truth


def test_a_file_that_has_changed_takes_no_sound_copys_place(marked: Paths) -> None:
    truth, folder = seen(marked), backups.folder_of(marked.marks)
    kept = backups.newest(folder)
    with contextlib.closing(sqlite3.connect(marked.marks)) as connection:
        connection.execute("UPDATE tag SET tag = 'llm/cXntext'")
        connection.commit()
        assert backups.make_daily(connection, folder, refresh=True) is None
    assert backups.all_of(folder) == [kept]
    recovery.restore(marked)
    assert seen(marked) == truth


def test_a_file_of_a_newer_paperterm_may_be_sealed_another_way(marked: Paths) -> None:
    with contextlib.closing(sqlite3.connect(marked.marks)) as connection, connection:
        connection.execute("UPDATE entry_seal SET sum = sum + 1")
        connection.execute(f"PRAGMA user_version = {MARKS.version + 1}")
    with Library(marked) as library:
        assert "newer" in library.read_only


def test_a_file_of_before_there_were_seals_gets_them(tmp_path: Path) -> None:
    import dataclasses

    path = tmp_path / "marks.db"
    older = dataclasses.replace(MARKS, migrations=MARKS.migrations[:6])
    with contextlib.closing(open_database(path, older)) as database, database.transaction() as c:
        c.execute("INSERT INTO subject VALUES ('arxiv:2401.00001', '{}')")
        c.execute("INSERT INTO machine VALUES ('m', 'somewhere', 0)")
        c.execute(
            "INSERT INTO entry VALUES (1, '1-m', 'm', 1, '2026-01-01', 'b', 'do', '', 1, NULL)"
        )
    with contextlib.closing(open_database(path, MARKS)) as database:
        assert seals.look_on(database) is None
        database.connection.execute("UPDATE entry SET label = 'c'")
        with pytest.raises(LibraryDamaged):
            seals.look(database)
