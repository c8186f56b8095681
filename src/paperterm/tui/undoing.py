"""Deeds that take back what was done, or bring it back, whichever papers it was on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperterm.tui.cards import counted

if TYPE_CHECKING:
    from paperterm.library.door import Library
    from paperterm.library.marking import Marked
    from paperterm.tui.deeds import Deed


def undo(library: Library, ids: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Take back the last action."""
    from paperterm.library.history import NOTHING_DONE  # not on the way to the first paint

    done = library.undo()
    return _told(library, done, undone=True) if done else (NOTHING_DONE, ())


def redo(library: Library, ids: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Bring back what was taken back last."""
    from paperterm.library.history import NOTHING_UNDONE

    done = library.redo()
    return _told(library, done, undone=False) if done else (NOTHING_UNDONE, ())


def undo_only(number: int) -> Deed:
    """A deed that takes back the entry `number` and no other."""

    def deed(library: Library, ids: Sequence[int]) -> tuple[str, Sequence[int]]:
        done = library.undo(number)
        return _told(library, done, undone=True) if done else ("It is taken back already", ())

    return deed


def undo_down_to(number: int) -> Deed:
    """A deed that takes back all actions from the last one down to the entry `number`."""

    def deed(library: Library, ids: Sequence[int]) -> tuple[str, Sequence[int]]:
        keys: dict[str, None] = {}
        left = times = 0
        for _ in range(library.undone_down_to(number)):
            if (done := library.undo()) is not None:
                keys |= dict.fromkeys(done.keys)
                left, times = left + done.left, times + 1
        rest = f"; {left:,} changed since were left alone" if left else ""
        told = f"Took back {counted(times, 'action')} on {counted(len(keys), 'paper')}{rest}"
        return told if times else "It is taken back already", library.ids_of(tuple(keys))

    return deed


def _told(library: Library, done: Marked, *, undone: bool) -> tuple[str, Sequence[int]]:
    from paperterm.library.history import turned

    changed = library.ids_of(done.keys)
    title = library.entries(changed)[0].paper.title if len(changed) == 1 else ""
    return turned(done, undone=undone, title=title), changed
