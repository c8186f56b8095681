"""Deeds that take papers off the reader's desk: archive, put off, remove; each a toggle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from paperterm.library.when import today
from paperterm.model.marks import NOT_LATER, Change, archiving, putting_off
from paperterm.tui.cards import day_text
from paperterm.tui.keys import Keys

if TYPE_CHECKING:
    from paperterm.library.door import Library
    from paperterm.library.view import Holding
    from paperterm.tui.deeds import Deed


def archive(library: Library, ids: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Archive the papers, or bring them back when all are archived."""
    held = library.holdings(ids)
    if all(one.marks.archived for one in held):
        asked = _each(held, lambda key: Change(key, archived=False))
        library.mark(asked, "out of the archive")
        return "Out of the archive", ids
    library.mark(_each(held, archiving), "archive")
    return "Archived", ids


def later(day: dt.date) -> Deed:
    """A deed that puts papers off until `day`; today brings them back."""

    def deed(library: Library, ids: Sequence[int]) -> tuple[str, Sequence[int]]:
        held = library.holdings(ids)
        if day <= today():
            asked = _each(held, lambda key: Change(key, later=NOT_LATER))
            library.mark(asked, "no longer put off")
            return "No longer put off", ids
        asked = _each(held, lambda key: putting_off(key, day))
        library.mark(asked, f"put off until {day_text(day)}")
        return f"Put off until {day_text(day)}", ids

    return deed


def removing(keys: Keys) -> Deed:
    """A deed that takes papers out of the library, or brings them back when all are out.

    `keys` are in force.
    """

    def remove(library: Library, ids: Sequence[int]) -> tuple[str, Sequence[int]]:
        held = library.holdings(ids)
        wanted = not all(one.marks.removed for one in held)
        asked = _each(held, lambda key: Change(key, removed=wanted))
        library.mark(asked, "remove" if wanted else "bring back")
        gone = keys.hinted("Removed", "undo", "brings it back")
        return gone if wanted else "Back in the library", ids

    return remove


def _each(held: Sequence[Holding], change: Callable[[str], Change]) -> list[Change]:
    return [change(one.key) for one in held]
