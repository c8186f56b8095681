"""Short texts about a view: what the list is called, how much was found, why it is empty."""

from __future__ import annotations

from textual.content import Content

from paperterm.library.view import View
from paperterm.model.query import Is, Listed, Sort, State
from paperterm.model.saved import Saved
from paperterm.model.text import shown
from paperterm.tui.cards import counted, day_text
from paperterm.tui.drawing import SELECTED
from paperterm.tui.keys import Keys
from paperterm.tui.shelves import Root

_SHORT, _ROOMY = 40, 70
"""Columns of the app from which on there is room for more than numbers, and for all."""

SORT_NAMES = {
    Sort.RELEVANCE: "best first",
    Sort.DAY: "by day",
    Sort.DATE: "newest published first",
    Sort.ADDED: "last added first",
    Sort.UPVOTES: "most upvotes first",
    Sort.COMMENTS: "most comments first",
    Sort.TITLE: "by title",
}


def status_text(
    view: View, searching: bool, doing: str, read_only: bool, *, room: int, selected: int = 0
) -> Content:
    """``2 of 84 · 3 ms``; where columns are few, ``2/84``, or what is being done.

    While papers are selected, how many is said first.
    """
    if selected:
        sign = SELECTED if room < _SHORT else " selected"
        chosen = Content.styled(f"{selected:,}{sign}", "$accent")
        rest = status_text(view, searching, doing, read_only, room=room)
        return Content("  ").join([chosen, rest]) if room >= _ROOMY else chosen
    found = len(view.ids)
    if doing and _SHORT <= room < _ROOMY and not searching:
        return Content.styled(doing, "$warning")
    if room < _SHORT:
        return Content(f"{found:,}/{view.library_size:,}" if searching else f"{found:,}")
    if searching:
        told = f"{found:,} of {view.library_size:,} · {_time(view.seconds)}"
        if not view.indexed:
            told += " · plain"
    else:
        told = counted(found, "paper")
    parts = [Content(told)]
    if read_only:
        parts.append(Content.styled("read-only", "$error"))
    if doing:
        parts.append(Content.styled(doing, "$warning"))
    return Content("  ").join(parts)


def _time(seconds: float) -> str:
    milliseconds = seconds * 1000
    return f"{milliseconds:.0f} ms" if milliseconds >= 1 else "under 1 ms"


def empty_text(root: Root, text: str, view: View, keys: Keys) -> tuple[str, ...]:
    """What an empty list says: why, and what can be done. `text` is clean, `keys` in force."""
    if text:
        return (f"No paper matches  {text}", "Esc clears the search · fewer words find more")
    if not view.library_size:
        return (
            "The library is empty.",
            keys.hints(("refresh", "fetches Daily Papers"), ("add", "adds a paper")),
            "paperterm import FILE brings in many",
        )
    match root:
        case Is(State.INBOX):
            return ("The Inbox is empty.", "The Inbox holds what is new; All papers is below it.")
        case Is(State.BOOKMARKED):
            return (
                "No bookmarks yet.",
                keys.hint("bookmark", "bookmarks the paper under the cursor."),
            )
        case Saved(query=query):
            edits = keys.hint("edit_search", "edits this one.")
            shows = keys.hint("searches", "shows the searches")
            return (f"No paper matches  {shown(query)}", ": ".join(filter(None, (shows, edits))))
        case Listed(first, last) if first is not None and first == last:
            return (
                f"No papers on {day_text(first)}.",
                keys.hints(("day_before", "goes to the day before"), ("day_after", "after it")),
            )
        case _:
            return ("Nothing here.",)
