"""Notes in a folder of Markdown files: written, kept up, taken back in, never overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paperterm.library.door import Library
from paperterm.library.paths import default_paths

from .helpers import CONTROLS, Run

pytestmark = pytest.mark.usefixtures("stocked")
ONE, OTHER = "2408.08066", "2312.00752"


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    """A folder with the notes on two papers."""
    run("note", ONE, "first note")
    run("note", OTHER, "other note")
    folder = tmp_path / "vault" / "papers"
    ran = run("notes", "export", str(folder))
    assert (ran.status, ran.out) == (0, f"Wrote 2 notes to {folder}.\n")
    return folder


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def content(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {path.name: (path.stat().st_ino, path.read_bytes()) for path in folder.iterdir()}


def test_notes_are_listed(run: Run, folder: Path) -> None:
    assert run("notes").lines == [
        f"arxiv:{ONE}\tMamba Retriever: Dense Retrieval\tfirst note",
        f"arxiv:{OTHER}\tMamba: Linear-Time Sequence Modeling\tother note",
    ]
    assert [json.loads(line)["note"] for line in run("notes", "--json").lines] == [
        "first note",
        "other note",
    ]


def test_no_notes_are_told(run: Run) -> None:
    ran = run("notes")
    assert (ran.status, ran.out, ran.err) == (0, "", "No paper has a note yet.\n")


def test_a_list_on_a_terminal_fits_it(run: Run, terminal: Run) -> None:
    run("note", ONE, "a long note " * 20)
    shown = terminal("notes", columns=60).out.splitlines()
    assert [len(line) <= 60 for line in shown] == [True]
    assert shown[0].endswith("…")


def test_only_what_changed_is_written_again(run: Run, folder: Path) -> None:
    before = content(folder)
    ran = run("notes", "export", str(folder))
    assert ran.out == f"Wrote 0 notes to {folder}; 2 were up to date.\n"
    assert content(folder) == before
    run("note", ONE, "second note")
    ran = run("notes", "export", str(folder))
    assert ran.out == f"Wrote 1 note to {folder}; 1 was up to date.\n"
    after = content(folder)
    assert after[f"{OTHER}.md"] == before[f"{OTHER}.md"]
    assert after[f"{ONE}.md"][1].endswith(b"\n---\n\nsecond note\n")


def test_a_file_that_was_edited_is_left_alone_until_it_is_taken_in(run: Run, folder: Path) -> None:
    edit(folder / f"{ONE}.md", "first note", "edited note")
    run("note", OTHER, "newer note")
    ran = run("notes", "export", str(folder))
    assert f"Left alone: {ONE}.md: it was changed there\n" in ran.err
    assert f"`paperterm notes import {folder}` takes in" in ran.err
    assert "edited note" in (folder / f"{ONE}.md").read_text()
    assert "newer note" in (folder / f"{OTHER}.md").read_text()
    ran = run("notes", "import", str(folder))
    assert (ran.status, ran.out, ran.err) == (0, f"Took in 1 note from {folder}.\n", "")
    assert run("note", ONE).out == "edited note\n"
    assert run("note", OTHER).out == "newer note\n"
    assert run("notes", "export", str(folder)).err == ""
    assert run("notes", "import", str(folder)).out == f"Took in 0 notes from {folder}.\n"


def test_edits_are_one_action_that_one_undo_takes_back(run: Run, folder: Path) -> None:
    edit(folder / f"{ONE}.md", "first note", "one")
    edit(folder / f"{OTHER}.md", "other note", "two")
    run("notes", "import", str(folder))
    assert (run("note", ONE).out, run("note", OTHER).out) == ("one\n", "two\n")
    with Library(default_paths()) as library:
        assert library.undo().label == "import of notes"
    assert (run("note", ONE).out, run("note", OTHER).out) == ("first note\n", "other note\n")


def test_what_was_changed_on_both_sides_is_kept_from_both(run: Run, folder: Path) -> None:
    edit(folder / f"{ONE}.md", "first note", "edited there")
    run("note", ONE, "edited here")
    ran = run("notes", "import", str(folder))
    assert f"both texts are in the note: {ONE}.md\n" in ran.err
    assert run("note", ONE).out == "edited here\n\nedited there\n"
    assert run("notes", "export", str(folder)).err == ""
    assert (folder / f"{ONE}.md").read_text().endswith("edited here\n\nedited there\n")


def test_what_a_reader_wrote_above_the_note_stays(run: Run, folder: Path) -> None:
    path = folder / f"{ONE}.md"
    edit(path, "bookmarked:", "mine: yes\nbookmarked:")
    ran = run("notes", "import", str(folder))
    assert ran.err == f"Only what is above the note was changed, and stays: {ONE}.md\n"
    for words in ("second note", "third note"):
        run("note", ONE, words)
        assert run("notes", "export", str(folder)).err == ""
        assert "mine: yes\n" in path.read_text()
        assert path.read_text().endswith(f"\n{words}\n")
    path.write_text("a note without a head\n")
    run("notes", "import", str(folder))
    assert run("note", ONE).out == "a note without a head\n"
    run("note", ONE, "newer")
    run("notes", "export", str(folder))
    assert path.read_text() == "newer\n"


def test_an_emptied_file_takes_the_note_away(run: Run, folder: Path) -> None:
    edit(folder / f"{ONE}.md", "first note", " ")
    run("notes", "import", str(folder))
    assert run("note", ONE).out == ""
    run("notes", "export", str(folder))
    assert not (folder / f"{ONE}.md").exists()


def test_a_file_goes_with_its_note_unless_somebody_has_changed_it(run: Run, folder: Path) -> None:
    edit(folder / f"{OTHER}.md", "other note", "precious")
    run("note", ONE, "--remove")
    run("note", OTHER, "--remove")
    ran = run("notes", "export", str(folder))
    assert ran.out == f"Wrote 0 notes to {folder}; removed 1 file.\n"
    assert f"Left alone: {OTHER}.md: it was changed, its note is gone\n" in ran.err
    assert "precious" in (folder / f"{OTHER}.md").read_text()
    run("notes", "import", str(folder))
    assert run("note", OTHER).out == "precious\n"


def test_a_file_that_is_gone_takes_no_note_away(run: Run, folder: Path) -> None:
    (folder / f"{ONE}.md").unlink()
    run("notes", "import", str(folder))
    assert run("note", ONE).out == "first note\n"
    run("notes", "export", str(folder))
    assert (folder / f"{ONE}.md").exists()


def test_files_that_are_not_ours_are_never_touched(run: Run, tmp_path: Path) -> None:
    folder, outside = tmp_path / "vault", tmp_path / "outside.txt"
    folder.mkdir()
    outside.write_text("precious")
    (folder / f"{ONE}.md").write_text("precious")
    (folder / f"{OTHER}.md").symlink_to(outside)
    run("note", ONE, "a")
    run("note", OTHER, "b")
    ran = run("notes", "export", str(folder))
    assert f"{ONE}.md: it is not of paperterm's making\n" in ran.err
    assert f"{OTHER}.md: it is a link\n" in ran.err
    assert (folder / f"{ONE}.md").read_text() == outside.read_text() == "precious"
    assert (folder / f"{OTHER}.md").is_symlink()


def test_a_list_that_came_from_elsewhere_leads_nowhere(run: Run, folder: Path) -> None:
    outside = folder.parent / "outside.md"
    outside.write_text("precious")
    record = {"key": "arxiv:1", "whole": "", "head": "", "note": ""}
    for told in ({"../outside.md": record}, {"a": 1}, [], None, {"a": {"x": 1}}):
        (folder / ".paperterm-notes.json").write_text(json.dumps(told))
        assert run("notes", "export", str(folder)).status == 0
        assert outside.read_text() == "precious"
        assert run("notes", "export", str(folder)).out.endswith("2 were up to date.\n")


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"\xff\xfe\x00", "not text in UTF-8"), (b"x" * 100_001, "at most 100,000 characters")],
)
def test_what_is_no_note_is_left_alone(run: Run, folder: Path, content: bytes, reason: str) -> None:
    (folder / f"{ONE}.md").write_bytes(content)
    edit(folder / f"{OTHER}.md", "other note", "two")
    ran = run("notes", "import", str(folder))
    assert reason in ran.err
    assert run("note", ONE).out == "first note\n"
    assert run("note", OTHER).out == "two\n"
    assert (folder / f"{ONE}.md").read_bytes() == content


def test_a_folder_without_notes_of_ours_is_bad_usage(run: Run, tmp_path: Path) -> None:
    ran = run("notes", "import", str(tmp_path))
    assert ran.status == 2
    assert "`paperterm notes export` does that" in ran.err


def test_a_hostile_paper_is_only_text(run: Run, tmp_path: Path) -> None:
    key = run("search", "owned").out.split("\t")[0]
    run("note", key, "a\x1b[2J\nb")
    ran = run("notes", "export", str(tmp_path / "vault"))
    (path,) = (tmp_path / "vault").glob("*.md")
    head, _, note = path.read_text().rpartition("---\n")
    assert not CONTROLS.search(head)
    assert note == "\na\ufffd[2J\nb\n"
    assert not CONTROLS.search(ran.out + run("notes").out)


def test_a_paper_that_learns_its_id_gets_another_file(run: Run, tmp_path: Path) -> None:
    title, folder = "A paper known by its title at first", tmp_path / "vault"
    Path("first.jsonl").write_text(f'{{"title": "{title}"}}\n')
    run("import", "first.jsonl")
    run("note", run("search", title).out.split("\t")[0], "words")
    run("notes", "export", str(folder))
    Path("then.jsonl").write_text(f'{{"title": "{title}", "arxiv_id": "2511.00001"}}\n')
    run("import", "then.jsonl")
    run("notes", "export", str(folder))
    assert [path.name for path in folder.glob("*.md")] == ["2511.00001.md"]
