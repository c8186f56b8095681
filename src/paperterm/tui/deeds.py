"""What the app asks a library to do, in a worker thread; each answers with what to show then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from paperterm.library.settings import Link
from paperterm.library.view import Holding, Shelves, View
from paperterm.model.marks import Change, tag_label
from paperterm.model.pattern import Patterns
from paperterm.model.query import Node, Query, Sort
from paperterm.model.text import shown
from paperterm.tui.cards import Card, Sheet, cards, counted, sheet
from paperterm.tui.drawing import BOOKMARKED, NEW

if TYPE_CHECKING:
    from paperterm.library.door import Library
    from paperterm.model.paper import Paper
    from paperterm.model.saved import Saved


@dataclass(frozen=True, slots=True)
class Found:
    """A view, and what is seen of it first."""

    view: View
    cards: list[Card]
    """Those of its first papers."""
    upto: int = 0
    """The number of the newest paper there was before."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a mark: a sentence, and everything on the screen that it changed."""

    told: str
    ids: Sequence[int]
    """The papers whose marks were changed."""
    cards: list[Card]
    sheet: Sheet | None
    shelves: Shelves
    revision: int = 0
    """Of the papers; another one says that the index is to follow."""
    kept: Mapping[int, int] = field(default_factory=dict)
    """The numbers that papers had before the mark kept them, and those they have now."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What is on the screen, and so may have to be painted anew."""

    ids: Sequence[int]
    current: int | None
    patterns: Patterns
    columns: int
    """Room for a snippet in the list."""
    link: Link

    def renamed(self, kept: Mapping[int, int]) -> Watched:
        """The same, with the numbers that papers have got."""
        current = None if self.current is None else kept.get(self.current, self.current)
        return replace(self, ids=[kept.get(one, one) for one in self.ids], current=current)


Deed: TypeAlias = "Callable[[Library, Sequence[int]], tuple[str, Sequence[int]]]"
"""Changes the marks of papers; returns what was done, for the reader, and on which papers."""


def find_shelf(library: Library, root: Node, sort: Sort, rows: int) -> Found:
    """The papers of a shelf, and the cards of its first `rows`."""
    view = library.find(Query(root), sort)
    return Found(view, cards(library, view.ids[:rows], view.patterns))


def find_saved(library: Library, saved: Saved, sort: Sort, rows: int, columns: int) -> Found:
    """The papers of a saved search, in the order that it asks for, else in `sort`; likewise."""
    from paperterm.library.saved.searches import query_of  # not on the way to the first paint

    upto = library.searches.newest
    query = query_of(saved)
    view = library.find(replace(query, sort=query.sort or sort))
    return Found(view, cards(library, view.ids[:rows], view.patterns, columns), upto)


def find_text(
    library: Library, text: str, sort: Sort, shelf_sort: Sort, rows: int, columns: int
) -> Found:
    """The papers that the text in the search bar finds, in the order it asks for, else in `sort`.

    With the cards of the first `rows`, which have room for snippets of `columns`.

    What marks and dates find has no best: there relevance gives way to the shelf's order.
    """
    query = typed(text)
    if sort is Sort.RELEVANCE and not query.has_text:
        sort = shelf_sort
    view = library.find(replace(query, sort=query.sort or sort))
    return Found(view, cards(library, view.ids[:rows], view.patterns, columns))


def typed(text: str) -> Query:
    """What the text in the search bar asks for."""
    from paperterm.model.parse import parse  # not on the way to the first paint

    return parse(text)


def carry_out(
    library: Library,
    deed: Deed,
    on: Sequence[int],
    watched: Watched,
    unkept: Mapping[int, Paper] = MappingProxyType({}),
) -> Done:
    """Do `deed` on the papers `on`; it is on the disk when this returns.

    Those that are `unkept` are taken into the library before.
    """
    if not unkept:
        told, changed = deed(library, on)
        if len(on) > 1:
            told = f"{told} · {counted(len(on), 'paper')}"
        return look(library, watched, told, changed)
    from paperterm.library.arrivals.here import keep

    keys = keep(library, unkept.values())
    kept = {number: keys[paper.key] for number, paper in unkept.items() if paper.key in keys}
    told, changed = deed(library, [kept.get(one, one) for one in on])
    done = look(library, watched.renamed(kept), f"Kept · {told}", changed)
    return replace(done, kept=kept)


def look(library: Library, watched: Watched, told: str = "", changed: Sequence[int] = ()) -> Done:
    """All that is on the screen, as it is now."""
    current = watched.current
    return Done(
        told,
        changed,
        cards(library, watched.ids, watched.patterns, watched.columns),
        None if current is None else sheet(library, current, watched.patterns, watched.link),
        library.shelves(),
        library.revision,
    )


def bookmark(library: Library, ids: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Bookmark the papers, or take the bookmarks away when all have one."""
    held = library.holdings(ids)
    return _set_bookmarked(not all(one.marks.bookmarked for one in held), library, held), ids


def set_bookmarked(wanted: bool, library: Library, ids: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Bookmark the papers, or take the bookmarks away."""
    return _set_bookmarked(wanted, library, library.holdings(ids)), ids


def _set_bookmarked(wanted: bool, library: Library, held: Iterable[Holding]) -> str:
    changes = [Change(one.key, bookmarked=wanted) for one in held]
    library.mark(changes, "bookmark" if wanted else "bookmark taken away")
    return f"{BOOKMARKED} Bookmarked" if wanted else "Bookmark taken away"


def read(library: Library, ids: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Mark the papers as read, or as unread when all are read."""
    held = library.holdings(ids)
    return _set_read(not all(one.marks.read for one in held), library, held), ids


def set_read(wanted: bool, library: Library, ids: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Mark the papers as read, or as unread."""
    return _set_read(wanted, library, library.holdings(ids)), ids


def _set_read(wanted: bool, library: Library, held: Iterable[Holding]) -> str:
    changes = [Change(one.key, read=wanted) for one in held]
    library.mark(changes, "read" if wanted else "unread")
    return "Marked as read" if wanted else f"{NEW} Marked as unread"


def read_by_itself(library: Library, ids: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Mark papers as read whose abstracts were open long enough."""
    changes = [Change(one.key, read=True) for one in library.holdings(ids)]
    done = library.mark(changes, "read after a while")
    return ("Marked as read after a while", ids) if done.keys else ("", ())


def set_tags(before: Sequence[str], tags: Sequence[str], *, as_typed: bool = False) -> Deed:
    """A deed that makes of the tags a reader saw the tags they want; others are left alone.

    A tag that is there with other capitals is used as it is there, but for `as_typed`.
    """
    added = tuple(set(tags) - set(before))
    removed = tuple(set(before) - set(tags))

    def deed(library: Library, ids: Sequence[int]) -> tuple[str, Sequence[int]]:
        changes = _change_tags(library, ids, added, removed, as_typed)
        if not changes:
            return "Tags as before", ()
        new = {tag.casefold(): tag for change in changes for tag in change.add}
        named = ", ".join(f"#{shown(new.get(tag.casefold(), tag))}" for tag in tags)
        return f"Tagged {named}" if tags else "Tags removed", ids

    return deed


def change_tags(added: Sequence[str], removed: Sequence[str], *, as_typed: bool = False) -> Deed:
    """A deed that gives papers some tags and takes others from them; the rest is left alone."""
    changes = [*(("+", tag) for tag in added), *(("-", tag) for tag in removed)]
    told = " ".join(f"{sign}#{shown(tag)}" for sign, tag in changes)

    def deed(library: Library, ids: Sequence[int]) -> tuple[str, Sequence[int]]:
        done = _change_tags(library, ids, tuple(added), tuple(removed), as_typed)
        return (f"Tags: {told}", ids) if done else ("Tags as before", ())

    return deed


def _change_tags(
    library: Library,
    ids: Sequence[int],
    added: tuple[str, ...],
    removed: tuple[str, ...],
    as_typed: bool,
) -> list[Change]:
    """What was done to the papers; empty when it made no difference."""
    held = library.holdings(ids)
    if as_typed:
        changes = [Change(one.key, add=added, remove=removed) for one in held]
    else:
        from paperterm.library.retagging import tag_changes  # not on the way to the first paint

        changes = tag_changes(library, held, added, removed)
    return changes if library.mark(changes, tag_label(changes)).keys else []
