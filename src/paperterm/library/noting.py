"""Notes that were written outside: taken into the library without losing anybody's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from paperterm.errors import LibraryBusy, PapertermError
from paperterm.library.door import Library
from paperterm.library.view import Entry
from paperterm.model.marks import Change, joined_notes

_ATTEMPTS = 5
"""How often somebody else may be quicker; each time there is another note to keep beside ours."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a note is to be."""

    note: str
    """As `parse_note` gives it; empty takes the note away."""
    former: str
    """The note that was there when this one was begun."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of it."""

    note: str
    """What stands there now."""
    changed: bool
    """Whether anything was written."""
    met_another: bool = False
    """Somebody had changed the note meanwhile: their words are kept, and ours with them."""


def keep_note(library: Library, paper_id: int, wish: Wish) -> Kept:
    """Make `wish` come true for one paper; see `keep_notes`."""
    kept = keep_notes(library, {paper_id: wish}, "note" if wish.note else "note taken away")
    if paper_id not in kept:
        raise PapertermError("This paper is no longer in the library; its note was not written.")
    return kept[paper_id]


def keep_notes(library: Library, wishes: Mapping[int, Wish], label: str) -> dict[int, Kept]:
    """Make notes what they are wished to be, by the ids of their papers: one action, one undo.

    Where the note is not the former one any more, both texts are kept, the other's first; a note
    that was changed is not taken away. Papers that are gone are left out of the answer.
    """
    kept: dict[int, Kept] = {}
    if not wishes:
        return kept
    for _ in range(_ATTEMPTS):
        entries = library.entries([one for one in wishes if one not in kept])
        wanted = {entry.id: _wanted(entry, wishes[entry.id]) for entry in entries}
        changes = [
            Change(entry.paper.key, note=wanted[entry.id].note, former_note=entry.marks.note)
            for entry in entries
            if wanted[entry.id].changed
        ]
        done = library.mark(changes, label, entries).keys if changes else ()
        for entry in entries:
            if not wanted[entry.id].changed or entry.paper.key in done:
                kept[entry.id] = wanted[entry.id]
        if len(done) == len(changes):
            return kept
    raise LibraryBusy("Another paperterm changes the same notes again and again. Try again.")


def _wanted(entry: Entry, wish: Wish) -> Kept:
    theirs = entry.marks.note
    if theirs in (wish.former, wish.note):
        return Kept(wish.note, wish.note != theirs)
    both = joined_notes(theirs, wish.note)
    return Kept(both, both != theirs, met_another=True)
