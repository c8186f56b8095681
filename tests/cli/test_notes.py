"""Notes: written, printed, edited, taken away, and never lost."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from paperterm.library.door import Library
from paperterm.library.paths import default_paths

from .helpers import CONTROLS, Run

pytestmark = pytest.mark.usefixtures("stocked")
ID = "2408.08066"


def undo() -> None:
    with Library(default_paths()) as library:
        assert library.undo() is not None


def drafts() -> list[Path]:
    return list(default_paths().state.glob("note-*"))


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """An editor that runs a line of shell; ``$1`` is the file."""

    def use(line: str) -> None:
        path = tmp_path / "an editor"
        path.write_text(f"#!/bin/sh\n{line}\n")
        path.chmod(0o755)
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", f"'{path}'")

    return use


def test_a_note_is_written_printed_and_shown(run: Run) -> None:
    ran = run("note", ID, "Compare with S4:\n  - scan\n\nlater")
    assert (ran.status, ran.out, ran.err) == (0, "Wrote the note.\n", "")
    assert run("note", ID).lines == ["Compare with S4:", "  - scan", "", "later"]
    shown = run("show", ID).lines
    assert shown[shown.index("Note") + 1 :] == ["Compare with S4:", "  - scan", "", "later"]
    assert json.loads(run("show", ID, "--json").out)["note"].startswith("Compare")
    assert "note" not in json.loads(run("show", "2312.00752", "--json").out)


def test_a_paper_without_a_note_has_none_to_print(run: Run) -> None:
    ran = run("note", ID)
    assert (ran.status, ran.out, ran.err) == (0, "", f"There is no note on {ID}.\n")
    assert "Note" not in run("show", ID).out


def test_a_note_takes_the_place_of_the_one_before_which_undo_brings_back(run: Run) -> None:
    run("note", ID, "first")
    run("note", ID, "second")
    assert run("note", ID, "second").out == "The note said so already.\n"
    assert run("note", ID).out == "second\n"
    assert run("note", ID, "--remove").out == "Took the note away.\n"
    assert run("note", ID, "--remove").out == "There was no note to take away.\n"
    for text in ("second", "first"):
        undo()
        assert run("note", ID).out == f"{text}\n"


def test_a_note_comes_from_standard_input(shell: Run, run: Run) -> None:
    ran = shell("note", ID, "-", stdin="Zeile – eins\r\nzwei\n".encode())
    assert (ran.status, ran.out) == (0, "Wrote the note.\n")
    assert run("note", ID).lines == ["Zeile – eins", "zwei"]


@pytest.mark.parametrize(
    ("stdin", "reason"),
    [
        (b"", "A note needs some text."),
        (b" \n", "A note needs some text."),
        (b"\xff\xfe", "Standard input is not text in UTF-8; the note is as before."),
        (b"x" * 100_001, "A note has at most 100,000 characters; this one has 100,001."),
        ("é".encode() * 300_000, "A note has at most 100,000 characters."),
    ],
    ids=["empty", "blank", "binary", "long", "longer"],
)
def test_what_is_no_note_is_bad_usage_and_changes_nothing(
    shell: Run, run: Run, stdin: bytes, reason: str
) -> None:
    run("note", ID, "before")
    ran = shell("note", ID, "-", stdin=stdin)
    assert (ran.status, ran.out, ran.err) == (2, "", f"{reason}\n")
    assert run("note", ID).out == "before\n"


@pytest.mark.parametrize("both", [["x", "--edit"], ["x", "--remove"], ["--edit", "--remove"]])
def test_one_thing_is_done_at_a_time(run: Run, both: list[str]) -> None:
    assert run("note", ID, *both).status == 2
    assert run("note", ID).out == ""


def test_a_note_is_only_ever_text(run: Run) -> None:
    run("note", ID, "a\x1b[2J \x9b31m\nb\u202ec")
    for command in ("note", "show"):
        ran = run(command, ID)
        assert not CONTROLS.search(ran.out)
    assert run("note", ID).lines == ["a\ufffd[2J \ufffd31m", "bc"]


def test_an_editor_gets_the_note_and_gives_it_back(run: Run, editor) -> None:
    run("note", ID, "first")
    editor('cat "$1" > seen; ls -l "$1" > rights; echo second >> "$1"')
    ran = run("note", ID, "--edit")
    assert (ran.status, ran.out, ran.err) == (0, "Wrote the note.\n", "")
    assert Path("seen").read_text() == "first\n"
    assert Path("rights").read_text().startswith("-rw-------")
    assert run("note", ID).lines == ["first", "second"]
    assert drafts() == []


def test_the_visual_editor_comes_first(run: Run, editor, monkeypatch: pytest.MonkeyPatch) -> None:
    editor('echo visual > "$1"')
    monkeypatch.setenv("VISUAL", os.environ["EDITOR"])
    monkeypatch.setenv("EDITOR", "false")
    run("note", ID, "--edit")
    assert run("note", ID).out == "visual\n"


def test_a_note_left_as_it_is_or_emptied(run: Run, editor) -> None:
    run("note", ID, "first")
    editor("true")
    assert run("note", ID, "--edit").out == "The note is as before.\n"
    editor('echo > "$1"')
    assert run("note", ID, "--edit").out == "Took the note away.\n"
    assert run("note", ID).out == ""
    assert drafts() == []
    undo()
    assert run("note", ID).out == "first\n"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("echo words > $1; exit 3", "could not be edited"),
        ("head -c 100001 /dev/zero | tr '\\0' x > $1", "at most 100,000 characters"),
        ("printf 'words\\377' > $1", "not text in UTF-8"),
        (f"paperterm-in-test note {ID} theirs; echo words > $1", "changed elsewhere meanwhile"),
    ],
)
def test_what_was_written_is_kept_when_it_can_not_be_taken(
    run: Run, editor, tmp_path: Path, line: str, reason: str
) -> None:
    import sys

    ours = f"{sys.executable} -m paperterm"
    editor(line.replace("paperterm-in-test", ours).replace("$1", '"$1"'))
    run("note", ID, "before")
    ran = run("note", ID, "--edit")
    assert ran.status in (1, 2)
    assert reason in ran.err
    (draft,) = drafts()
    assert f"What you have written is kept in {draft}.\n" in ran.err
    assert draft.read_bytes()[:5] in (b"words", b"xxxxx")
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    assert run("note", ID).out in ("before\n", "theirs\n")


@pytest.mark.parametrize("name", ["no-such-editor", "'unclosed", "false"])
def test_an_editor_that_does_not_work_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("VISUAL", name)
    ran = run("note", ID, "--edit")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("The note could not be edited (")
    assert drafts() == []
