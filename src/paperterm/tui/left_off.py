"""How the reader left the app: panes, shelf, order and paper, as values that JSON has.

What is read may be of any kind: what makes no sense is left out, and costs nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from paperterm.model.query import Everything, Is, Listed, Sort, State, Tag
from paperterm.model.saved import Saved
from paperterm.model.text import shown
from paperterm.tui.shelves import Root, Shelf

HIDEABLE = ("shelves", "abstract")
_SHELVES = range(14, 61)
_ABSTRACT = range(20, 81)
_FIRST_SHELVES, _FIRST_ABSTRACT = 24, 44


@dataclass(frozen=True, slots=True)
class Layout:
    """The panes, where there is room for several."""

    shelves: int | None = None
    """Columns of the shelves; None where the reader has not chosen."""
    abstract: int | None = None
    """How many of a hundred columns beside the shelves are the abstract's."""
    hidden: frozenset[str] = frozenset()
    """Panes that are only seen while the reader is in them."""

    def resized(self, pane: str, by: int) -> Layout:
        """The same with a pane so many steps wider; the list and the abstract share their room."""
        if pane == "shelves":
            wanted = (self.shelves or _FIRST_SHELVES) + 2 * by
            return replace(self, shelves=_within(wanted, _SHELVES))
        steps = by if pane == "abstract" else -by
        return replace(
            self, abstract=_within((self.abstract or _FIRST_ABSTRACT) + 4 * steps, _ABSTRACT)
        )

    def toggled(self, pane: str) -> Layout:
        """The same with a pane hidden, or there again."""
        return replace(self, hidden=self.hidden ^ {pane})

    def told(self) -> dict[str, object]:
        """As JSON has it."""
        return {
            "shelves": self.shelves,
            "abstract": self.abstract,
            "hidden": sorted(self.hidden),
        }


def _within(number: int, room: range) -> int:
    return max(room[0], min(number, room[-1]))


def read_layout(told: object) -> Layout:
    """The layout that was told."""
    if not isinstance(told, dict):
        return Layout()
    hidden = told.get("hidden")
    names = hidden if isinstance(hidden, list) else []
    return Layout(
        _number(told.get("shelves"), _SHELVES),
        _number(told.get("abstract"), _ABSTRACT),
        frozenset(name for name in HIDEABLE if name in names),
    )


def _number(told: object, room: range) -> int | None:
    return told if type(told) is int and told in room else None


def told_shelf(root: Root) -> list[str] | None:
    """A shelf as JSON has it; None for what is no shelf."""
    match root:
        case Is(state):
            return ["state", state.value]
        case Everything():
            return ["all"]
        case Tag(name):
            return ["tag", name]
        case Saved(name):
            return ["search", name]
        case Listed(dt.date() as first, dt.date() as last):
            return ["days", first.isoformat(), last.isoformat()]
        case _:
            return None


def read_shelf(told: object, searches: Collection[Saved]) -> Shelf | None:
    """The shelf that was told, empty yet; None where there is no such one any more."""
    if not isinstance(told, list) or not all(isinstance(part, str) for part in told):
        return None
    try:
        root = _root(told, searches)
    except ValueError:
        return None
    match root:
        case None:
            return None
        case Saved(name):
            return Shelf(shown(name), root, None)
        case Listed(first, last) if first and last:
            from paperterm.model.pages import page_of
            from paperterm.tui.tidings import page_name

            page = page_of(first, last)
            return Shelf(page_name(page) if page else f"{first} – {last}", root, 0)
        case _:
            return Shelf("", root, 0)


def _root(told: list[str], searches: Collection[Saved]) -> Root | None:
    match told:
        case ["state", name]:
            return Is(State(name))
        case ["all"]:
            return Everything()
        case ["tag", name]:
            return Tag(name)
        case ["search", name]:
            return next((saved for saved in searches if saved.is_called(name)), None)
        case ["days", first, last]:
            return Listed(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
        case _:
            return None


def read_sort(told: object, otherwise: Sort) -> Sort:
    """The order of a shelf that was told."""
    kinds: Mapping[str, Sort] = {one.value: one for one in Sort if one is not Sort.RELEVANCE}
    return kinds.get(told, otherwise) if isinstance(told, str) else otherwise
