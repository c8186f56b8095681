"""What the app asks a library to do, in a worker thread; each answers with what to show then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from paperterm.library.door import Library
from paperterm.library.marking import Marked
from paperterm.library.view import Entry, Shelves, View
from paperterm.model.marks import Change
from paperterm.model.parse import parse
from paperterm.model.query import Node, Query, Sort
from paperterm.model.text import shown
from paperterm.tui.cards import Card, Sheet, cards, sheet

SCREENFUL = 80
"""Cards that come with a view; more than any terminal shows at once."""


@dataclass(frozen=True, slots=True)
class Found:
    """A view and the cards of its first screenful."""

    view: View
    cards: list[Card]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a mark: a sentence, and everything on the screen that it changed."""

    told: str
    cards: list[Card]
    sheet: Sheet | None
    shelves: Shelves


@dataclass(frozen=True, slots=True)
class Watched:
    """What is on the screen, and so may have to be painted anew."""

    ids: Sequence[int]
    current: int | None
    terms: frozenset[str]


Deed = Callable[[Library, Sequence[int]], str]
"""Changes the marks of papers; returns what was done, for the reader."""


def find_shelf(library: Library, root: Node, sort: Sort) -> Found:
    """The papers of a shelf."""
    view = library.find(Query(root), sort)
    return Found(view, cards(library, view.ids[:SCREENFUL], frozenset()))


def find_text(library: Library, text: str, sort: Sort | None) -> Found:
    """The papers that the text in the search bar finds; `sort` None is by relevance."""
    view = library.find(_sorted(parse(text), sort))
    return Found(view, cards(library, view.ids[:SCREENFUL], view.terms))


def _sorted(query: Query, sort: Sort | None) -> Query:
    return Query(query.root, query.sort or sort, query.hint)


def carry_out(library: Library, deed: Deed, on: Sequence[int], watched: Watched) -> Done:
    """Do `deed` on the papers `on`; it is on the disk when this returns."""
    return look(library, watched, deed(library, on))


def look(library: Library, watched: Watched, told: str = "") -> Done:
    """All that is on the screen, as it is now."""
    current = watched.current
    return Done(
        told,
        cards(library, watched.ids, watched.terms),
        None if current is None else sheet(library, current, watched.terms),
        library.shelves(),
    )


def bookmark(library: Library, ids: Sequence[int]) -> str:
    """Bookmark the papers, or take the bookmarks away when all have one."""
    entries = library.entries(ids)
    wanted = not all(entry.marks.bookmarked for entry in entries)
    changes = [Change(entry.paper.key, bookmarked=wanted) for entry in entries]
    label = "bookmark" if wanted else "bookmark taken away"
    library.mark(changes, label, entries)
    return "★ Bookmarked" if wanted else "Bookmark taken away"


def read(library: Library, ids: Sequence[int]) -> str:
    """Mark the papers as read, or as unread when all are read."""
    entries = library.entries(ids)
    wanted = not all(entry.marks.read for entry in entries)
    changes = [Change(entry.paper.key, read=wanted) for entry in entries]
    library.mark(changes, "read" if wanted else "unread", entries)
    return "Marked as read" if wanted else "● Marked as unread"


def set_tags(tags: Sequence[str]) -> Deed:
    """A deed that gives a paper just these tags."""

    def deed(library: Library, ids: Sequence[int]) -> str:
        entries = library.entries(ids)
        changes = [_to_tags(entry, tags) for entry in entries]
        done = library.mark(changes, _tag_label(changes), entries)
        if not done.keys:
            return "Tags as before"
        return "Tagged " + ", ".join(f"#{shown(tag)}" for tag in tags) if tags else "Tags removed"

    return deed


def _to_tags(entry: Entry, tags: Sequence[str]) -> Change:
    have = set(entry.marks.tags)
    return Change(entry.paper.key, add=tuple(set(tags) - have), remove=tuple(have - set(tags)))


def _tag_label(changes: Sequence[Change]) -> str:
    added = sorted({tag for change in changes for tag in change.add})
    removed = sorted({tag for change in changes for tag in change.remove})
    return " ".join(["tags", *(f"+{tag}" for tag in added), *(f"-{tag}" for tag in removed)])


def undo(library: Library, ids: Sequence[int]) -> str:
    """Take back the last mark, whichever paper it was on."""
    done: Marked | None = library.undo()
    if done is None:
        return "Nothing to take back"
    if not done.keys:
        return f"Nothing was left of: {shown(done.label)}"
    entries = library.entries(library.ids_of(done.keys))
    on = f" on {shown(entries[0].paper.title)}" if len(entries) == 1 else ""
    return f"Took back: {shown(done.label)}{on}"
