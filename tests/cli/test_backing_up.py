"""Backups that are asked for, and marks put back as one has them."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from bench.places import python
from bench.terminal import Terminal

from helpers import make_newer, tear
from paperterm.library.door import Library
from paperterm.library.paths import default_paths
from paperterm.model.marks import Change
from paperterm.storage.database import open_database
from paperterm.storage.marks_file import MARKS

from .helpers import Run

pytestmark = pytest.mark.usefixtures("stocked")
ID, OTHER = "2408.08066", "2312.00752"


def rows() -> list[str]:
    """All in the file of marks, but for a count that only grows, and what machine this is."""
    with contextlib.closing(sqlite3.connect(default_paths().marks)) as connection:
        return sorted(line for line in connection.iterdump() if not is_count(line))


def is_count(line: str) -> bool:
    return line.startswith(('INSERT INTO "tag_version"', 'INSERT INTO "machine"'))


def backups() -> list[Path]:
    return sorted((default_paths().data / "backups").glob("*-asked.db"))


def test_a_backup_is_made_where_it_says(run: Run) -> None:
    run("note", ID, "words")
    ran = run("backup")
    (path,) = backups()
    assert (ran.status, ran.out) == (0, f"Backed up to {path}\n")
    assert path.stat().st_mode & 0o077 == 0
    with contextlib.closing(sqlite3.connect(path)) as copy:
        assert copy.execute("SELECT text FROM note").fetchall() == [("words",)]


def test_a_backup_goes_to_a_file_with_the_catalogue_beside_it(run: Run) -> None:
    ran = run("backup", "--all", "mine.db")
    assert ran.lines == ["Backed up to mine.db", "Backed up to mine.catalogue.db"]
    with contextlib.closing(sqlite3.connect("mine.catalogue.db")) as copy:
        assert copy.execute("SELECT count(*) FROM paper").fetchone() == (4,)


def test_a_backup_takes_nothings_place(run: Run) -> None:
    Path("mine.catalogue.db").write_text("precious")
    ran = run("backup", "--all", "mine.db")
    assert (ran.status, "is there already" in ran.err) == (2, True)
    assert Path("mine.catalogue.db").read_text() == "precious"
    assert not Path("mine.db").exists()
    ran = run("backup", "no-such-folder/mine.db")
    assert ran.status == 1
    assert "can't be written to no-such-folder" in ran.err


def test_backups_are_told_newest_first(run: Run) -> None:
    assert run("backup", "--list").err == "There are no backups yet.\n"
    run("bookmark", ID)
    run("tag", ID, "--add", "a, b")
    run("backup")
    first, *_, last = run("backup", "--list").lines
    assert first.startswith(backups()[0].name)
    assert first.endswith("\tasked\t1 bookmark, 2 tags, 0 notes")
    assert "-daily.db\t" in last


def test_marks_are_put_back_and_that_is_undone_exactly(run: Run) -> None:
    run("bookmark", ID, OTHER)
    run("note", ID, "old words")
    run("backup")
    then = rows()
    run("bookmark", ID, "--remove")
    run("tag", OTHER, "--add", "later")
    run("note", ID, "new words")
    run("note", OTHER, "more words")
    now = rows()
    assert now != then
    ran = run("restore", "--yes", backups()[0].name)
    assert ran.lines[0] == f"From {backups()[0]}:"
    assert ran.lines[1:4] == [
        "  bookmarks: 1 come, 0 go",
        "  tags: 0 come, 1 go",
        "  notes: 1 come, 2 go",
    ]
    assert rows() == then
    assert run("note", ID).out == "old words\n"
    assert len(run("search", "is:bookmarked").lines) == 2
    assert run("restore", "--undo", "--yes").status == 0
    assert rows() == now
    assert run("restore", "--undo", "--yes").status == 0
    assert rows() == then


def test_what_was_archived_put_off_and_taken_out_comes_and_goes(run: Run) -> None:
    with Library(default_paths()) as library:
        one, other = library.named(ID), library.named(OTHER)
        day = dt.date(2030, 1, 1)
        changes = [Change(one.paper.key, archived=True), Change(other.paper.key, later=day)]
        library.mark(changes, "aside", [one, other])
        library.mark([Change(one.paper.key, removed=True)], "remove", [one])
    run("backup", "mine.db")
    then = rows()
    with Library(default_paths()) as library:
        library.undo()
        library.undo()
    ran = run("restore", "mine.db", "--yes")
    assert ran.lines[1:4] == [
        "  archived papers: 1 come, 0 go",
        "  papers put off: 1 come, 0 go",
        "  papers taken out: 1 come, 0 go",
    ]
    assert rows() == then


def test_a_copy_that_is_open_sees_the_tags_that_were_put_back(run: Run) -> None:
    run("tag", ID, "--add", "early")
    run("backup", "mine.db")
    with Library(default_paths()) as open_one:
        run("tag", ID, "--add", "late")
        run("tag", ID, "--remove", "early")
        assert [name for name, _ in open_one.shelves().tags] == ["late"]
        run("restore", "mine.db", "--yes")
        assert [name for name, _ in open_one.shelves().tags] == ["early"]
        for tag in ("x", "y"):  # until a count that had gone back would be where it was
            run("tag", OTHER, "--add", tag)
            assert "early" in [name for name, _ in open_one.shelves().tags]
            assert tag in [name for name, _ in open_one.shelves().tags]


def test_the_journal_comes_along_so_that_undo_goes_on_from_there(run: Run) -> None:
    run("note", ID, "first")
    run("note", ID, "second")
    run("backup")
    run("note", ID, "third")
    run("restore", "--yes")
    with Library(default_paths()) as library:
        library.undo()
    assert run("note", ID).out == "first\n"


def test_without_a_name_it_is_the_newest_that_differs(run: Run) -> None:
    assert run("restore", "--yes").err.startswith("There is no backup that differs")
    run("note", ID, "first")
    run("backup")
    run("note", ID, "second")
    run("backup")
    ran = run("restore", "--yes")
    assert ran.lines[0] == f"From {backups()[0]}:"
    assert run("note", ID).out == "first\n"


def test_who_syncs_is_told_before_that_syncing_brings_the_later_back(
    run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    run("config", "set", "sync", str(folder))
    run("bookmark", ID)
    run("backup")
    run("bookmark", OTHER)
    run("sync")
    (copy,) = backups()
    ran = run("restore", copy.name)
    assert ran.status != 0
    told = "What was done since and is in the folder of `sync` comes back with the next sync."
    assert ran.lines[1:] == ["  bookmarks: 0 come, 1 go", told]
    run("restore", copy.name, "--yes")
    run("sync")
    assert len(run("search", "is:bookmarked").lines) == 2


def test_a_day_and_a_file_are_names_too(run: Run) -> None:
    run("note", ID, "first")
    run("backup", "mine.db")
    run("note", ID, "second")
    assert run("restore", "mine.db", "--yes").status == 0
    assert run("note", ID).out == "first\n"
    day = backups_day()
    assert run("restore", day, "--yes").lines[0].startswith("From ")
    assert run("restore", "2001-01-01").err.startswith("There is no backup 2001-01-01;")


def backups_day() -> str:
    name = max((default_paths().data / "backups").glob("marks-*")).name
    return f"{name[6:10]}-{name[10:12]}-{name[12:14]}"


def test_restoring_what_is_there_changes_nothing(run: Run) -> None:
    run("note", ID, "first")
    run("backup", "mine.db")
    assert run("restore", "mine.db", "--yes").lines[1] == "Nothing would change."
    assert run("restore", "--undo", "--yes").err.startswith("Nothing was restored")


@pytest.mark.parametrize("how", ["torn", "newer", "foreign", "empty", "text"])
def test_what_is_no_sound_backup_is_told_and_changes_nothing(run: Run, how: str) -> None:
    run("note", ID, "first")
    run("backup", "mine.db")
    path = Path("mine.db")
    if how == "torn":
        tear(path)
    elif how == "newer":
        make_newer(path)
    elif how == "foreign":
        path.write_bytes(default_paths().catalogue.read_bytes())
    else:
        path.write_bytes(b"" if how == "empty" else b"no database\n" * 1_000)
    run("note", ID, "second")
    before = rows()
    ran = run("restore", "mine.db", "--yes")
    assert ran.status == 1
    assert ran.err.startswith("mine.db ")
    assert ran.err.endswith("nothing was changed.\n")
    assert rows() == before


def test_marks_of_an_older_shape_are_brought_into_todays(run: Run) -> None:
    run("note", ID, "first")
    old = open_database(Path("mine.db"), replace(MARKS, migrations=MARKS.migrations[:2]))
    with old.transaction() as connection:
        connection.execute("INSERT INTO note VALUES (?, 'first', 'first', '')", (f"arxiv:{ID}",))
    old.close()
    content = Path("mine.db").read_bytes()
    run("note", ID, "second")
    run("feeds", "remove", "daily-papers")
    assert run("restore", "mine.db", "--yes").status == 0
    assert run("note", ID).out == "first\n"
    assert Path("mine.db").read_bytes() == content


def test_a_script_is_not_asked(run: Run, shell: Run) -> None:
    run("note", ID, "first")
    run("backup", "mine.db")
    run("note", ID, "second")
    ran = shell("restore", "mine.db")
    assert (ran.status, "--yes" in ran.err) == (2, True)
    assert run("note", ID).out == "second\n"


@pytest.mark.parametrize(("answer", "note"), [("n", "second"), ("y", "first")])
def test_a_reader_is_asked(run: Run, answer: str, note: str) -> None:
    run("note", ID, "first")
    run("backup", "mine.db")
    run("note", ID, "second")
    command = python("paperterm", "restore", "mine.db")
    with Terminal(command, dict(os.environ), str(Path.cwd())) as terminal:
        terminal.wait_for_text("notes: 1 come, 1 go")
        terminal.wait_for_text("Put these marks back?")
        terminal.press(f"{answer}\r")
        terminal.wait_for_text("Nothing was changed." if answer == "n" else "Restored.")
        terminal.settle(0.5)
    assert run("note", ID).out == f"{note}\n"


def test_a_mark_that_carries_an_older_name_finds_its_paper(run: Run, tmp_path: Path) -> None:
    title = "A paper known by its title at first"
    Path("first.jsonl").write_text(f'{{"title": "{title}"}}\n')
    run("import", "first.jsonl")
    key = run("search", title).out.split("\t")[0]
    run("note", key, "words")
    run("backup", "mine.db")
    Path("then.jsonl").write_text(f'{{"title": "{title}", "arxiv_id": "2511.00001"}}\n')
    run("import", "then.jsonl")
    run("note", "2511.00001", "other words")
    assert run("restore", "mine.db", "--yes").status == 0
    assert run("note", "2511.00001").out == "words\n"


def test_a_full_disk_leaves_the_marks_as_they_are(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from paperterm.storage import backups as storage

    run("note", ID, "first")
    run("backup", "mine.db")
    run("note", ID, "second")
    before = rows()

    def full(*paths: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(storage, "settle", full)
    ran = run("restore", "mine.db", "--yes")
    assert (ran.status, "nothing was changed" in ran.err) == (1, True)
    assert rows() == before
