"""Notes written in the app: kept, drafted, never lost."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest
from textual import events
from textual.geometry import Region

from paperterm.library import drafts
from paperterm.library.door import Library
from paperterm.library.drafts import folder_of
from paperterm.library.paths import Paths
from paperterm.model.marks import LONGEST_NOTE, Change, clean_note
from paperterm.model.text import shown
from tui.conftest import Reader, reading

FIRST = "2506.18841"
"""The paper the cursor is on at first."""


def note_of(paths: Paths, name: str = FIRST) -> str:
    with Library(paths) as library:
        return library.named(name).marks.note


def write_elsewhere(paths: Paths, text: str, name: str = FIRST) -> None:
    with Library(paths) as library:
        entry = library.named(name)
        library.mark([Change(entry.paper.key, note=text)], "note", [entry])


def files(paths: Paths) -> list[Path]:
    return sorted(folder_of(paths).glob("*")) if folder_of(paths).exists() else []


async def open_note(reader: Reader) -> None:
    await reader.press("n")
    await reader.until(lambda: has_editor(reader), "the editor")


def has_editor(reader: Reader) -> bool:
    focused = reader.app.screen.focused
    return focused is not None and focused.id == "note"


async def close(reader: Reader, key: str = "escape") -> None:
    await reader.press(key)
    await reader.until(lambda: not reader.app.screen.query("#note"), "the end of the editor")


async def paste(reader: Reader, text: str) -> None:
    reader.app.post_message(events.Paste(text))
    await reader.pilot.pause()


@pytest.mark.parametrize("key", ["ctrl+s", "escape"])
async def test_what_was_typed_is_kept_shown_and_found_at_once(starter: Paths, key: str) -> None:
    async with reading(starter) as reader:
        await open_note(reader)
        await reader.sees("Note · LongWriter-Zero")
        await reader.type("compare q x")
        await reader.press("enter", "u")
        await close(reader, key)
        await reader.sees("Note kept")
        await reader.sees("compare q x *\n?")
        assert note_of(starter) == "compare q x\nu"
        assert files(starter) == []
        await reader.press("slash")
        await reader.type("note:compare is:noted")
        await reader.sees("1 of 84")


async def test_how_to_leave_a_note_is_told_from_the_first(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("b")
        await reader.sees("Bookmarked")
        await open_note(reader)
        assert "Bookmarked" not in await reader.sees("Esc keep and close")


async def test_letters_are_letters_in_a_note_and_keys_again_after_it(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("n", *"qbjktr", "escape", "b")
        await reader.sees(r"▌●★ LongWriter-Zero")
        assert note_of(starter) == "qbjktr"
        assert reader.app.is_running


async def test_an_empty_text_takes_the_note_away_and_undo_brings_it_back(starter: Paths) -> None:
    write_elsewhere(starter, "to be gone")
    async with reading(starter) as reader:
        await reader.sees("to be gone")
        await open_note(reader)
        await reader.press("f7", "backspace")
        await close(reader)
        await reader.sees("Note taken away")
        assert note_of(starter) == ""
        await reader.press("u")
        await reader.sees("to be gone")
        assert note_of(starter) == "to be gone"


async def test_a_note_that_was_not_touched_is_left_alone(starter: Paths) -> None:
    write_elsewhere(starter, "as it is")
    async with reading(starter) as reader:
        await reader.sees("as it is")
        await open_note(reader)
        await close(reader)
        await reader.press("u")  # the one from elsewhere
        await reader.sees("Took back: note on LongWriter-Zero")
        assert note_of(starter) == ""


async def test_words_of_another_copy_are_kept_beside_ours(starter: Paths) -> None:
    async with reading(starter) as reader:
        await open_note(reader)
        await reader.type("ours")
        await asyncio.to_thread(write_elsewhere, starter, "theirs")
        await close(reader)
        await reader.sees("changed elsewhere meanwhile; both texts are in it")
        assert note_of(starter) == "theirs\n\nours"
        await reader.press("u")
        await reader.sees("Took back: note on")
        assert note_of(starter) == "theirs"


async def test_a_note_changed_elsewhere_is_not_taken_away(starter: Paths) -> None:
    write_elsewhere(starter, "first")
    async with reading(starter) as reader:
        await open_note(reader)
        await asyncio.to_thread(write_elsewhere, starter, "second")
        await reader.press("f7", "backspace")
        await close(reader)
        await reader.sees("was left so")
        assert note_of(starter) == "second"


async def test_a_long_paste_is_fine_and_a_longer_one_stays_in_the_editor(starter: Paths) -> None:
    async with reading(starter) as reader:
        await open_note(reader)
        line = "word " * 19 + "end.\n"
        await paste(reader, (line * (LONGEST_NOTE // len(line)))[:-1])
        await close(reader)
        assert len(note_of(starter)) == LONGEST_NOTE - 1
        await open_note(reader)
        await paste(reader, "too much")
        await reader.sees("100,007 of 100,000 characters")
        await reader.press("escape")
        await reader.sees("A note has at most 100,000 characters; this one has 100,007.")
        assert has_editor(reader)
        assert reader.app.screen.focused.text.endswith("too much")
        assert [path.suffix for path in files(starter)] == [".json", ".lock"]
        await close(reader)
        await reader.sees("Left as a draft")
        await open_note(reader)
        await reader.until(lambda: reader.app.screen.focused.text.endswith("much"), "the draft")
        await reader.press(*["backspace"] * 8)
        await close(reader)
        assert files(starter) == []
        assert len(note_of(starter)) == LONGEST_NOTE - 1


async def test_a_draft_is_on_the_disk_while_somebody_types(starter: Paths) -> None:
    async with reading(starter) as reader:
        await open_note(reader)
        await reader.type("half a th")
        await reader.until(lambda: bool(files(starter)[:2][1:]), "a draft")
        assert list(drafts.left_behind(starter)) == []  # it is being written
        (path, _) = files(starter)
        assert b"half a th" in path.read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
        await close(reader)


async def test_a_draft_that_was_left_is_offered_and_undone_within_the_editor(
    starter: Paths,
) -> None:
    write_elsewhere(starter, "the note")
    left = drafts.begin(starter, [f"arxiv:{FIRST}"])
    left.write(f"arxiv:{FIRST}", "the note, and mo", "the note")
    left.leave()
    async with reading(starter) as reader:
        await reader.sees("A draft of a note was left on LongWriter-Zero")
        await open_note(reader)
        await reader.sees("What was typed and not kept is here again")
        await reader.type("re")
        await close(reader)
        assert note_of(starter) == "the note, and more"
        assert files(starter) == []


async def test_taking_the_offered_draft_away_leaves_the_note(starter: Paths) -> None:
    write_elsewhere(starter, "the note")
    left = drafts.begin(starter, [f"arxiv:{FIRST}"])
    left.write(f"arxiv:{FIRST}", "the note, and mo", "the note")
    left.leave()
    async with reading(starter) as reader:
        await open_note(reader)
        await reader.sees("is here again")
        await reader.press("ctrl+z")
        await close(reader)
        assert note_of(starter) == "the note"
        assert files(starter) == []


async def test_leaving_the_app_keeps_the_note(starter: Paths) -> None:
    async with reading(starter) as reader:
        await open_note(reader)
        await reader.type("quick")
        await reader.press("ctrl+q")
        await reader.until(lambda: not reader.app.is_running, "the end")
    assert note_of(starter) == "quick"
    assert files(starter) == []


async def test_a_library_that_can_not_be_written_to_leaves_the_text_as_a_draft(
    starter: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    from paperterm.errors import LibraryBusy

    def busy(*args: object) -> None:
        raise LibraryBusy("Another paperterm is writing; nothing was changed. Try again.")

    async with reading(starter) as reader:
        await open_note(reader)
        await reader.type("words")
        with monkeypatch.context() as patched:
            patched.setattr(Library, "mark", busy)
            await reader.press("escape")
            await reader.sees("nothing was changed")
            assert has_editor(reader)
        await close(reader)
        assert note_of(starter) == "words"


async def test_undoing_a_paste_that_fills_the_editor_breaks_nothing(starter: Paths) -> None:
    async with reading(starter, (120, 36)) as reader:
        await open_note(reader)
        await paste(reader, "a line\n" * 200)
        await reader.press("ctrl+z")
        await reader.until(lambda: reader.app.screen.focused.text == "", "nothing")
        await reader.press("ctrl+y")
        await close(reader)
        assert note_of(starter) == ("a line\n" * 200).strip()


KEYS = ("ctrl+z", "ctrl+y", "f7", "backspace", "delete", "ctrl+u", "ctrl+k", "up", "down", "pageup")
KEYS += ("pagedown", "enter", "tab", "a", "ctrl+shift+k", "ctrl+x", "ctrl+v", "ctrl+w", "ctrl+home")


@pytest.mark.parametrize("seed", range(2))
async def test_no_order_of_keys_and_pastes_breaks_the_editor(starter: Paths, seed: int) -> None:
    chance = random.Random(seed)
    pastes = (
        "x\n" * 60,
        "語" * 300,
        "\t\x1b[2J\u202e\n",
        "a\r\nb\rc",
        "word " * 200,
        "e\u0301" * 99,
    )
    async with reading(starter, chance.choice([(120, 36), (60, 14), (20, 5)])) as reader:
        await open_note(reader)
        for _ in range(60):
            if chance.random() < 0.25:
                await paste(reader, chance.choice(pastes))
            else:
                await reader.press(chance.choice(KEYS))
            assert reader.app.failure is None
        text = reader.app.screen.focused.text
        await close(reader)
        assert note_of(starter) == (clean_note(text) if shown(text) else "")


async def test_control_characters_are_shown_harmlessly_and_kept_raw(starter: Paths) -> None:
    raw = "a\x1b[2Jb\u202ec\x9bd [bold]x[/] \ud800"
    async with reading(starter) as reader:
        await open_note(reader)
        await paste(reader, raw)
        screen = await reader.sees(r"a.\[2Jb c.d \[bold\]x\[/\]")
        assert screen.replace("\n", "").isprintable()
        await close(reader)
    assert note_of(starter) == raw.replace("\ud800", "\ufffd")


async def test_the_note_stays_open_when_the_reader_goes_to_another_paper(starter: Paths) -> None:
    async with reading(starter) as reader:
        await open_note(reader)
        await reader.type("here")
        await reader.pilot.click("#papers", offset=(10, 8))
        await reader.until(lambda: not has_editor(reader), "the list")
        await reader.press("n")
        await reader.sees("Still open: the note on LongWriter-Zero")
        assert has_editor(reader)
        await close(reader)
        assert note_of(starter) == "here"


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12), (20, 5)])
async def test_there_is_room_to_write(starter: Paths, size: tuple[int, int]) -> None:
    async with reading(starter, size) as reader:
        await open_note(reader)
        await reader.type("seen")
        await reader.sees("seen")
        await close(reader)
        assert reader.app.screen.panes.here is reader.app.screen.papers


async def test_without_a_terminal_or_an_editor_it_is_said(
    starter: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with reading(starter) as reader:
        await reader.press("N")
        await reader.sees("The note is as before. No editor is set")
        monkeypatch.setenv("EDITOR", "true")
        await reader.press("N")
        await reader.sees("This terminal can't be given")


async def test_a_note_that_is_being_closed_can_still_be_painted(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("n")
        await reader.until(lambda: bool(reader.app.screen.query("#note")), "the note")
        editor = reader.app.screen.query_one("#note")
        area = Region(0, 0, 9, 2)
        await reader.press("escape")
        await reader.until(lambda: not editor.is_running, "its end")
        assert [strip.cell_length for strip in editor.render_lines(area)] == [9, 9]
