"""The tour: five lines for who has never been here. Nothing of Textual is needed to tell them."""

from __future__ import annotations

from paperterm.tui.keys import Keys


def first_steps(keys: Keys) -> tuple[str, ...]:
    """The lines, each of at most 38 columns where keys are short; `keys` are in force."""
    lines = (
        (("cursor_down", "moves down"), ("pane_right", "opens"), ("pane_left", "goes back")),
        (("search", "searches all papers as you type"),),
        (("bookmark", "bookmarks"), ("tag", "tags"), ("undo", "takes back")),
        (("refresh", "fetches papers"), ("add", "adds a paper")),
        (("help", "shows every key"), ("quit", "leaves")),
    )
    return tuple(keys.hints(*line) for line in lines)
