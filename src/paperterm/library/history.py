"""What was done, taken back and brought back, in the reader's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from paperterm.library.marking import Marked
from paperterm.library.when import moment
from paperterm.model.text import shown
from paperterm.model.wording import counted
from paperterm.storage.journal import Told as Told

if TYPE_CHECKING:
    from paperterm.library.door import Library
    from paperterm.storage.catalogue import Catalogue

NOTHING_DONE = "Nothing to take back"
NOTHING_UNDONE = "Nothing to bring back"


def turned(done: Marked, *, undone: bool, title: str = "") -> str:
    """What was taken back, or brought back, and on how many papers; `title` is of the only one."""
    label, verb = shown(done.label), "Took back" if undone else "Brought back"
    if done.feeds:
        return f"{verb}: {label}"
    if not done.keys:
        return f"Nothing was left of: {label}{_left(done)}"
    on = shown(title) if title and len(done.keys) == 1 else counted(len(done.keys), "paper")
    return f"{verb}: {label} on {on}{_left(done)}"


def turned_in(library: Library, done: Marked, *, undone: bool) -> str:
    """The same, with the title of the only paper looked up in its library."""
    found = library.entries(library.ids_of(done.keys)) if len(done.keys) == 1 else []
    return turned(done, undone=undone, title=found[0].paper.title if found else "")


def _left(done: Marked) -> str:
    if not done.left:
        return ""
    were = "was" if done.left == 1 else "were"
    return f"; {counted(done.left, 'paper')} changed since {were} left alone"


def titled(catalogue: Catalogue, told: Sequence[Told]) -> list[Told]:
    """The same, with the titles of papers that something was done with alone."""
    names = catalogue.ids_by_name({one.key for one in told if one.key})
    ids = {key: min(found) for key, found in names.items()}
    papers = catalogue.papers(list(ids.values()), brief=True)
    titles = {key: papers[one].paper.title for key, one in ids.items() if one in papers}
    return [replace(one, title=titles.get(one.key, "")) for one in told]


def when(told: Told) -> dt.datetime | None:
    """When it was, where the reader is; None when nobody knows."""
    at = moment(told.at)
    return at.astimezone() if at else None


def what(told: Told) -> str:
    """What it was, on one clean line."""
    return shown(told.label) or "marks"


def of_what(told: Told) -> str:
    """The title of the only paper that it was on, on one clean line."""
    return shown(told.title)


def where(told: Told) -> str:
    """The machine, where it was another; what became of it."""
    parts = [] if told.own else [f"on {shown(told.machine)}"]
    return " · ".join([*parts, *(["taken back"] if told.undone else [])])
