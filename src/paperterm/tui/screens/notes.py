"""What the main screen does about notes: written below the abstract, or in another editor.

What is typed is on the disk as a draft within a second, and becomes the note when the reader
closes the editor or leaves the app. A draft that was left behind is offered again.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported
from textual.timer import Timer
from textual.widget import Widget

from paperterm.errors import DesktopError, PapertermError
from paperterm.model.text import shown
from paperterm.tui import jottings
from paperterm.tui.jottings import Jotting
from paperterm.tui.keys import OWN
from paperterm.tui.screens.marking import MarkingScreen
from paperterm.tui.session import Session

if TYPE_CHECKING:
    from paperterm.library.door import Library
    from paperterm.library.drafts import Draft
    from paperterm.tui.widgets.note_editor import NoteEditor

_DRAFT_SECONDS = 1.0
"""How often what is typed is put on the disk."""


@dataclass
class _Writing:
    """A note in the editor."""

    jotting: Jotting
    editor: NoteEditor
    draft: Draft | None
    before: Widget
    """The pane the reader came from."""
    on_disk: str
    """The text that needs no draft any more: it is one, or is the note."""
    timer: Timer
    refused: str | None = None
    """The text that could not be kept, as was said."""


class Notes:
    """One note at a time is open."""

    def __init__(self, screen: MarkingScreen, session: Session) -> None:
        self._screen = screen
        self._session = session
        self._open: _Writing | None = None

    def begin(self) -> None:
        """Tell of drafts that were left behind."""
        self._screen.start(self._tell_of_drafts, "drafts")

    async def _tell_of_drafts(self) -> None:
        keys = self._session.keys
        told = await self._session.read(lambda library: jottings.told_of_drafts(library, keys))
        if told:
            self._screen.keys.say(told)

    # In the app

    async def write(self) -> None:
        """Open the note of the paper under the cursor, or go to the one that is open."""
        try:
            if self._open is None and (paper_id := self._screen.papers.paper_id) is not None:
                await self._take_up(paper_id)
            elif self._open is not None:
                if self._open.jotting.paper_id != self._screen.papers.paper_id:
                    self._screen.keys.say(f"Still open: the note on {self._open.jotting.title}")
                self._enter(self._open.editor)
        except PapertermError as error:
            self._screen.keys.say(shown(str(error)), error=True)

    async def _take_up(self, paper_id: int) -> None:
        from paperterm.tui.widgets.note_editor import NoteEditor

        jotting, draft, problem = await self._session.read(
            lambda library: jottings.take_up(library, paper_id)
        )
        editor = NoteEditor(jotting.note, jotting.title, self.keep, self._finish)
        timer = self._screen.set_interval(_DRAFT_SECONDS, self._keep_draft)
        self._open = _Writing(jotting, editor, draft, self._screen.panes.here, jotting.note, timer)
        await self._screen.panes.abstract.mount(editor)
        # How to leave the editor is told from the first, not after what was said last.
        self._screen.keys.hush()
        self._enter(editor)
        if draft is not None and draft.left is not None:
            self._offer(self._open, draft.left.text, draft.left.base)
        elif problem:
            self._screen.keys.say(shown(problem), error=True)

    def _offer(self, writing: _Writing, text: str, base: str) -> None:
        writing.jotting = replace(writing.jotting, base=base)
        writing.on_disk = text
        if text != writing.jotting.note:
            writing.editor.offer(text)
            self._screen.keys.say("What was typed and not kept is here again · ^z takes it away")

    def _enter(self, editor: NoteEditor) -> None:
        self._screen.panes.enter(self._screen.panes.abstract)
        self._screen.set_focus(editor)

    def _keep_draft(self) -> None:
        if (writing := self._open) is not None and writing.editor.text != writing.on_disk:
            self._screen.start(partial(self._write_draft, writing), "draft", newest_only=False)

    async def _write_draft(self, writing: _Writing) -> None:
        text, before = writing.editor.text, writing.on_disk
        writing.on_disk = text
        if writing.draft is not None and text != before:
            key, base = writing.jotting.key, writing.jotting.base
            try:
                await asyncio.to_thread(writing.draft.write, key, text, base)
            except OSError as error:
                told = f"The draft can't be put on the disk ({error.strerror}); keep the note soon"
                self._screen.keys.say(shown(told), error=True)

    async def keep(self) -> None:
        """Make what is in the editor the note, and close it; where that fails, it stays open.

        A text that was refused and is closed again is left as a draft.
        """
        writing = self._open
        if writing is None:
            return
        text = writing.editor.text
        try:
            note = jottings.wanted(text)
            if note != writing.jotting.base:
                deed = jottings.keep(writing.jotting, note, self._session.keys)
                await self._screen.mark(deed, [writing.jotting.paper_id])
        except PapertermError as error:
            if writing.refused == text and writing.draft is not None:
                await self._close(writing, drop=False)
                again = self._session.keys.hint("note", "here goes on with it")
                self._screen.keys.say("; ".join(filter(None, ("Left as a draft", again))))
            else:
                await self._refuse(writing, text, str(error))
        else:
            await self._close(writing, drop=True)

    async def _refuse(self, writing: _Writing, text: str, why: str) -> None:
        await self._write_draft(writing)
        writing.refused = text
        self._screen.keys.say(shown(f"{why} Esc again leaves it as a draft."), error=True)

    async def _close(self, writing: _Writing, *, drop: bool) -> None:
        self._open = None
        writing.timer.stop()
        if writing.draft is not None:
            with contextlib.suppress(OSError):
                await asyncio.to_thread(writing.draft.drop if drop else writing.draft.leave)
        had_focus = writing.editor.has_focus
        await writing.editor.remove()
        if had_focus:
            self._screen.panes.enter(writing.before)

    def _finish(self) -> None:
        """The app is being left: the note is kept, after all else that was asked for."""
        if (writing := self._open) is None:
            return
        self._open = None
        text, draft, jotting = writing.editor.text, writing.draft, writing.jotting
        if draft is not None and text not in (writing.on_disk, jotting.base):
            with contextlib.suppress(OSError):
                draft.write(jotting.key, text, jotting.base)
        with contextlib.suppress(RuntimeError):  # nobody is there any more to keep it
            self._session.desk.write(lambda library: _keep_at_last(library, jotting, text, draft))

    # In another editor

    async def write_outside(self) -> None:
        """Give the terminal to the reader's editor, with the note, until it ends."""
        if self._open is not None:
            self._screen.keys.say(f"Open here: the note on {self._open.jotting.title}")
            return
        if (paper_id := self._screen.papers.paper_id) is None:
            return
        kept: list[str] = []
        try:
            await self._edit(paper_id, kept)
        except PapertermError as error:
            told = " ".join([f"The note is as before. {error}", *kept])
            self._screen.keys.say(shown(told), error=True)
        except SuspendNotSupported:
            self._screen.keys.say("This terminal can't be given to another editor", error=True)
        self._screen.catch_up()

    async def _edit(self, paper_id: int, kept: list[str]) -> None:
        from paperterm.desktop import editor  # not on the way to the first paint

        jotting = await self._session.read(lambda library: jottings.look_up(library, paper_id))
        editor.command_of(os.environ)
        folder = self._session.desk.paths.state
        with contextlib.ExitStack() as file:
            failure: DesktopError | None = None
            text = ""
            with self._screen.app.suspend():  # it does not come back from an exception
                try:
                    text = file.enter_context(editor.edited(jotting.note, folder, kept.append))
                except DesktopError as error:
                    failure = error
            if failure is not None:
                raise failure
            note = jottings.wanted(text)
            if note == jotting.note:
                self._screen.keys.say("The note is as before")
            else:
                deed = jottings.keep(jotting, note, self._session.keys)
                await self._screen.mark(deed, [paper_id])


def _keep_at_last(library: Library, jotting: Jotting, text: str, draft: Draft | None) -> None:
    try:
        note = jottings.wanted(text)
        if note != jotting.base:
            jottings.keep(jotting, note, OWN)(library, [jotting.paper_id])
    except PapertermError:
        if draft is not None:
            draft.leave()
        raise
    if draft is not None:
        draft.drop()
