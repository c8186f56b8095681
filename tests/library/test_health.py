"""Looking whether all is well, and mending what is not: nothing is ever deleted."""

from __future__ import annotations

import shutil

import pytest

from helpers import (
    entry_of,
    everything,
    make_newer,
    mark,
    marks_by_title,
    numbered,
    paper,
    take_in,
    tear,
    titles,
)
from paperterm.errors import LibraryBusy, LibraryDamaged
from paperterm.library import health, recovery
from paperterm.library.door import Library
from paperterm.library.safekeeping import back_up
from paperterm.model.marks import Marks
from paperterm.storage import backups

MARKS = {"A": Marks(bookmarked=True)} | {
    f"Paper number {number}": Marks(read=True) for number in range(1, 60)
}


@pytest.fixture
def healthy(paths):
    """A library of some papers with marks; closing it has left one backup of them."""
    with Library(paths) as library:
        take_in(library, paper("A"), *(numbered(number) for number in range(1, 60)))
        mark(library, entry_of(library, "A"), bookmarked=True)
        mark(library, [e for e in everything(library) if e.paper.title != "A"], read=True)
        library.bring_up_index()
    return paths


def examined(paths) -> dict[str, bool]:
    return {finding.subject: finding.well for finding in health.examine(paths)}


def all_bytes(paths) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for folder in (paths.data, paths.cache)
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def repaired(paths) -> str:
    return "\n".join(health.repair(paths))


WELL = {"marks": True, "catalogue": True, "library": True, "index": True}


def test_a_healthy_library_is_found_well_and_left_alone(healthy):
    before = all_bytes(healthy)
    assert examined(healthy) == WELL
    assert repaired(healthy) == ""
    assert all_bytes(healthy) == before


def test_findings_are_sentences_with_numbers(healthy):
    told = {finding.subject: finding.told for finding in health.examine(healthy)}
    assert told["library"] == "60 papers, 1 bookmarked, 0 tags."
    assert "sound, 1 backup." in told["marks"]
    assert all(sentence[-1] == "." for sentence in told.values())


def test_one_paper_and_one_tag_are_told_as_one(paths):
    with Library(paths) as library:
        take_in(library, paper("A"))
        mark(library, entry_of(library, "A"), add=("ssm",))
    told = {finding.subject: finding.told for finding in health.examine(paths)}
    assert told["library"] == "1 paper, 0 bookmarked, 1 tag."


def test_a_library_that_was_never_opened_is_well(paths):
    assert examined(paths) == WELL
    assert repaired(paths) == ""


@pytest.mark.parametrize("how", ["torn", "rubbish", "cut", "empty", "gone"])
def test_lost_marks_are_restored_from_the_backup(healthy, how):
    broken = healthy.marks
    content = broken.read_bytes()
    match how:
        case "torn":
            tear(broken)
        case "rubbish":
            broken.write_bytes(b"rubbish" * 999)
        case "cut":
            broken.write_bytes(content[: len(content) // 2])
        case "empty":
            broken.write_bytes(b"")
        case "gone":
            broken.unlink()
    damaged = broken.read_bytes() if broken.exists() else None
    assert examined(healthy) == {"marks": False, "catalogue": True}
    assert not broken.exists() or broken.read_bytes() == damaged
    told = repaired(healthy)
    assert "were restored from marks-" in told
    assert examined(healthy) == WELL
    with Library(healthy) as library:
        assert marks_by_title(library) == MARKS
        assert len(everything(library)) == 60
        assert library.undo() is not None
    aside = [path.read_bytes() for path in healthy.data.glob("marks.db.damaged-*")]
    assert damaged is None or damaged in aside


def test_an_older_sound_backup_is_taken_where_the_newest_is_damaged(healthy):
    folder = backups.folder_of(healthy.marks)
    (sound,) = backups.all_of(folder)
    newer = folder / "marks-20990101T000000000000-daily.db"
    newer.write_bytes(b"rubbish" * 999)
    (folder / "marks-20990102T000000000000-daily.db").write_bytes(b"")
    healthy.marks.unlink()
    assert sound.name in repaired(healthy)
    assert newer.exists()
    with Library(healthy) as library:
        assert marks_by_title(library) == MARKS


def test_without_a_sound_backup_marks_are_begun_anew_and_the_old_are_kept(healthy):
    for backup in backups.all_of(backups.folder_of(healthy.marks)):
        backup.write_bytes(b"rubbish" * 999)
    tear(healthy.marks)
    damaged = healthy.marks.read_bytes()
    assert "no sound backup" in repaired(healthy)
    assert examined(healthy) == WELL
    assert damaged in [path.read_bytes() for path in healthy.data.glob("marks.db.damaged-*")]
    with Library(healthy) as library:
        assert marks_by_title(library) == {}
        assert len(everything(library)) == 60


def test_what_sqlite_left_beside_lost_marks_does_not_spoil_the_restored(healthy):
    """The file is gone, but not the log of what was to be written into it."""
    with Library(healthy) as library:
        mark(library, entry_of(library, "A"), add=("x",))
        log = healthy.marks.with_name("marks.db-wal")
        left = log.read_bytes()
    healthy.marks.unlink()
    log.write_bytes(left)
    assert "were restored" in repaired(healthy)
    assert examined(healthy) == WELL
    with Library(healthy) as library:
        assert marks_by_title(library) == MARKS | {"A": Marks(bookmarked=True, tags=("x",))}


def test_one_paper_with_one_tag_is_counted_as_one(paths):
    with Library(paths) as library:
        take_in(library, paper("A"))
        mark(library, entry_of(library, "A"), add=("ssm",))
    told = {finding.subject: finding.told for finding in health.examine(paths)}
    assert told["library"] == "1 paper, 0 bookmarked, 1 tag."


@pytest.mark.parametrize("how", ["torn", "rubbish"])
def test_a_damaged_catalogue_is_set_aside_and_marked_papers_come_back(healthy, how):
    if how == "torn":
        tear(healthy.catalogue)
    else:
        healthy.catalogue.write_bytes(b"rubbish" * 999)
    damaged = healthy.catalogue.read_bytes()
    assert examined(healthy) == {"marks": True, "catalogue": False}
    assert healthy.catalogue.read_bytes() == damaged
    told = repaired(healthy)
    (aside,) = healthy.data.glob("catalogue.db.damaged-*")
    assert aside.name in told
    assert aside.read_bytes() == damaged
    with Library(healthy) as library:
        assert len(everything(library)) == 60
        assert library.shelves().bookmarks == 1
        assert titles(library, "is:bookmarked") == ["A"]
    assert examined(healthy) == WELL


@pytest.mark.parametrize("how", ["", "newer"])
def test_a_damaged_catalogue_comes_back_from_its_backup(healthy, how):
    back_up(healthy, None, everything=True)
    with Library(healthy) as library:
        take_in(library, paper("Later"), paper("Later, marked"))
        mark(library, entry_of(library, "Later, marked"), bookmarked=True)
        mark(library, entry_of(library, "Paper number 7"), bookmarked=True)
        library.bring_up_index()
    bad = back_up(healthy, None, everything=True)[1] if how else None
    if bad:
        bad.write_bytes(b"rubbish" * 999)
    tear(healthy.catalogue)
    (restoring,) = recovery.outlook(healthy).restoring
    assert "come back from a backup" in restoring
    assert "The papers of 20" in repaired(healthy)
    with Library(healthy) as library:
        assert len(everything(library)) == 61
        assert set(titles(library, "is:bookmarked")) == {"A", "Paper number 7", "Later, marked"}
        assert titles(library, "later") == ["Later, marked"]
    assert examined(healthy) == WELL
    assert not bad or bad.exists()


@pytest.mark.parametrize("how", ["flipped", "foreign"])
def test_a_damaged_index_is_found_and_built_anew(healthy, how, tmp_path):
    if how == "flipped":
        largest = max(
            (path for path in healthy.index.rglob("*") if path.is_file()),
            key=lambda path: path.stat().st_size,
        )
        content = bytearray(largest.read_bytes())
        content[len(content) // 2] ^= 0xFF
        largest.write_bytes(content)
    else:
        healthy.catalogue.unlink()
    assert examined(healthy) == WELL | {"index": False}
    assert repaired(healthy) == "The search index: built."
    assert examined(healthy) == WELL
    with Library(healthy) as library:
        assert len(titles(library, "number")) == 59


def test_an_index_that_is_missing_or_behind_is_no_damage(healthy):
    with Library(healthy) as library:
        take_in(library, numbered(100))
    assert examined(healthy) == WELL
    shutil.rmtree(healthy.index)
    assert examined(healthy) == WELL


def test_a_newer_library_is_not_well_and_not_touched(healthy):
    make_newer(healthy.catalogue)
    before = healthy.catalogue.read_bytes()
    assert examined(healthy) == WELL | {"library": False}
    assert repaired(healthy) == ""
    assert healthy.catalogue.read_bytes() == before


def test_what_is_only_out_of_reach_is_not_set_aside(healthy, monkeypatch):
    """A file that can't be looked at just now is not a damaged one."""

    def busy(*arguments):
        raise LibraryBusy("Another paperterm is writing.")

    monkeypatch.setattr(health, "open_database", busy)
    with pytest.raises(LibraryBusy):
        repaired(healthy)
    monkeypatch.undo()
    assert examined(healthy) == WELL
    assert not list(healthy.data.glob("*.damaged-*"))


def test_nothing_half_restored_is_left_when_restoring_fails(healthy, monkeypatch):
    tear(healthy.marks)
    damaged = healthy.marks.read_bytes()

    def full(*paths):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(health, "settle", full)
        with pytest.raises(OSError, match="No space"):
            repaired(healthy)
    assert not healthy.marks.exists()
    with pytest.raises(LibraryDamaged, match="there is a backup"):
        Library(healthy)
    assert "were restored" in repaired(healthy)
    assert damaged in [path.read_bytes() for path in healthy.data.glob("marks.db.damaged-*")]
    with Library(healthy) as library:
        assert marks_by_title(library) == MARKS
