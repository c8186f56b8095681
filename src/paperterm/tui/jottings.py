"""What the app asks a library to do with notes, in a worker thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperterm.errors import PapertermError
from paperterm.library import drafts
from paperterm.library.noting import Kept, Wish, keep_note
from paperterm.model.marks import clean_note, parse_note
from paperterm.model.text import shown
from paperterm.tui.deeds import Deed
from paperterm.tui.keys import Keys

if TYPE_CHECKING:
    from paperterm.library.door import Library
    from paperterm.library.drafts import Draft


@dataclass(frozen=True, slots=True)
class Jotting:
    """A note as it is when somebody begins to write it."""

    paper_id: int
    key: str
    title: str
    """Clean."""
    note: str
    """What is there."""
    base: str
    """What the text that is being written is to take the place of."""


def look_up(library: Library, paper_id: int) -> Jotting:
    """The note of a paper. Raises `PapertermError` when it is gone."""
    entries = library.entries([paper_id])
    if not entries:
        raise PapertermError("This paper is no longer in the library.")
    paper, note = entries[0].paper, entries[0].marks.note
    return Jotting(paper_id, paper.key, shown(paper.title), note, note)


def take_up(library: Library, paper_id: int) -> tuple[Jotting, Draft | None, str]:
    """The same with a draft of it, and why there can be none, if so, in a sentence."""
    jotting = look_up(library, paper_id)
    try:
        left = {one.key for one in drafts.left_behind(library.paths)}
        former = [key for key in left if library.ids_of([key])[:1] == [paper_id]]
        draft = drafts.begin(library.paths, [jotting.key, *former])
    except OSError as error:
        return jotting, None, f"No draft can be kept ({error.strerror})"
    return jotting, draft, ""


def wanted(text: str) -> str:
    """The note that is meant by what was typed; empty for none. Raises `UsageError`."""
    return parse_note(text) if shown(clean_note(text)) else ""


def keep(jotting: Jotting, note: str, keys: Keys) -> Deed:
    """A deed that makes `note` the paper's; `keys` are in force."""

    def deed(library: Library, ids: Sequence[int]) -> tuple[str, Sequence[int]]:
        kept = keep_note(library, jotting.paper_id, Wish(note, jotting.base))
        return _told(note, kept, keys), ids

    return deed


def _told(note: str, kept: Kept, keys: Keys) -> str:
    if kept.met_another and note:
        return "The note was changed elsewhere meanwhile; both texts are in it now"
    if kept.met_another:
        return "The note was changed elsewhere meanwhile, and was left so"
    if not kept.changed:
        return "The note said so already"
    return "Note kept" if note else keys.hinted("Note taken away", "undo", "brings it back")


def told_of_drafts(library: Library, keys: Keys) -> str:
    """That drafts were left behind, if so, and on which paper the newest."""
    left = sorted(drafts.left_behind(library.paths), key=lambda one: one.at)
    for one in reversed(left):
        if entries := library.entries(library.ids_of([one.key])[:1]):
            title = shown(entries[0].paper.title)
            told = f"A draft of a note was left on {title}"
            return "; ".join(filter(None, (told, keys.hint("note", "there goes on with it"))))
    return ""
