"""Every action there is, once: keys, footer, help, palette and the README's table come from here.

An action's id names the method that carries it out (``action_<id>``) and is the binding's id, by
which a key can be changed. Where it may be asked for is part of it (`available`).

The main screen takes every key before a widget sees it (`priority`), so that keys typed quickly
are carried out in their order: a key that moves the focus has moved it before the next is seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from paperterm.tui.action import (
    Action,
    Group,
    Situation,
    in_abstract,
    in_no_search,
    in_search,
    on_parent,
    to_select,
    to_write,
    typing,
    with_hit,
    with_paper,
    writable,
)
from paperterm.tui.actions_beside import (
    FEED_ACTIONS,
    HISTORY_ACTIONS,
    NOTE_ACTIONS,
    SEARCH_ACTIONS,
    TAG_ACTIONS,
)
from paperterm.tui.key_names import key_name

if TYPE_CHECKING:
    from textual.binding import Binding

MOVES = (
    Action("cursor_down", ("j", "down"), "down", "Next line", Group.MOVE),
    Action("cursor_up", ("k", "up"), "up", "Line before", Group.MOVE),
    Action("half_down", ("ctrl+d",), "half down", "Half a page down", Group.MOVE),
    Action("half_up", ("ctrl+u",), "half up", "Half a page up", Group.MOVE),
    Action("page_down", ("pagedown", "ctrl+f"), "page down", "A page down", Group.MOVE),
    Action("page_up", ("pageup", "ctrl+b"), "page up", "A page up", Group.MOVE),
    Action("first", ("g", "home"), "first", "To the first line", Group.MOVE),
    Action("last", ("G", "end"), "last", "To the last line", Group.MOVE),
)
"""What every list and the abstract understand."""

ACTIONS = (
    Action("pane_right", ("l", "right", "enter"), "open", "To the pane on the right", Group.MOVE),
    Action("pane_left", ("h", "left"), "back", "To the pane on the left", Group.MOVE),
    Action("next_pane", ("tab",), "next pane", "Around the panes", Group.MOVE, while_typing=True),
    Action(
        "fold", ("space",), "fold", "Open or shut a tag among the shelves", Group.MOVE, 0, on_parent
    ),
    Action("abstract_down", ("J",), "read on", "Scroll the abstract", Group.MOVE),
    Action("abstract_up", ("K",), "read back", "Scroll the abstract back", Group.MOVE),
    Action(
        "abstract_page",
        ("space",),
        "a page on",
        "In the abstract: a page down",
        Group.MOVE,
        available=in_abstract,
    ),
    Action("search", ("slash",), "search", "Search all papers as you type", Group.FIND, 1),
    Action(
        "search_done",
        ("enter", "down"),
        "to the hits",
        "From the search bar to the first hit",
        Group.FIND,
        available=typing,
        while_typing=True,
        footer_typing=1,
    ),
    Action(
        "escape",
        ("escape",),
        "clear",
        "Select none, leave the search, or go back",
        Group.FIND,
        while_typing=True,
        footer_typing=2,
    ),
    Action(
        "world",
        ("ctrl+g",),
        "ask the world",
        "Ask the world too; again: to its answers",
        Group.FIND,
        16,
        in_search,
        while_typing=True,
        footer_typing=3,
    ),
    Action(
        "save_search",
        ("S",),
        "save",
        "Save the search that is shown, under a name",
        Group.FIND,
        10,
        in_search,
    ),
    Action(
        "searches",
        ("S",),
        "searches",
        "On a shelf: show the saved searches",
        Group.FIND,
        17,
        in_no_search,
    ),
    Action("sort", ("s",), "sort", "Change the order of the list", Group.FIND, 9),
    Action(
        "explain",
        ("e",),
        "why",
        "On a hit: explain why it is where it is",
        Group.FIND,
        10,
        with_hit,
    ),
    Action(
        "refresh", ("R",), "fetch", "Fetch what is new in the feeds", Group.ARRIVE, 12, writable
    ),
    Action("day_before", ("left_square_bracket",), "day before", "To the day before", Group.ARRIVE),
    Action("day_after", ("right_square_bracket",), "day after", "To the day after", Group.ARRIVE),
    Action("go_to_day", ("D",), "day", "Go to a day, a week or a month", Group.ARRIVE, 13),
    Action(
        "add",
        ("A",),
        "add",
        "Add papers by id, address, DOI or title",
        Group.ARRIVE,
        15,
        writable,
    ),
    Action("feeds", ("F",), "feeds", "Show the feeds: add, remove, pause", Group.ARRIVE, 14),
    Action(
        "select",
        ("x", "space"),
        "select",
        "Select the paper or not, and go on",
        Group.MARK,
        17,
        to_select,
    ),
    Action(
        "select_range",
        ("v",),
        "range",
        "Select all the cursor passes, or end that",
        Group.MARK,
        18,
        with_paper,
    ),
    Action(
        "select_all",
        ("X",),
        "select all",
        "Select all papers of the list, or none",
        Group.MARK,
        19,
        with_paper,
    ),
    Action("bookmark", ("b",), "bookmark", "Set or take away a bookmark", Group.MARK, 3, to_write),
    Action("tag", ("t",), "tag", "Edit the tags", Group.MARK, 4, to_write),
    Action("note", ("n",), "note", "Write a note", Group.MARK, 8, to_write),
    Action(
        "note_outside", ("N",), "", "Write the note in your own editor", Group.MARK, 0, to_write
    ),
    Action(
        "edit", ("E",), "edit", "Edit title, authors, date or abstract", Group.MARK, 0, to_write
    ),
    Action("tags", ("T",), "tags", "Show all tags: rename, merge, delete them", Group.MARK, 16),
    Action("read", ("r",), "read", "Mark as read, or as unread", Group.MARK, 5, to_write),
    Action(
        "archive", ("a",), "archive", "Archive, or bring back to the Inbox", Group.MARK, 5, to_write
    ),
    Action(
        "later",
        ("L",),
        "later",
        "Put off to a day, when it is back",
        Group.MARK,
        16,
        to_write,
    ),
    Action(
        "remove",
        ("d", "delete"),
        "remove",
        "Take out of the library, or bring back",
        Group.MARK,
        available=to_write,
    ),
    Action("undo", ("u",), "undo", "Take back the last action", Group.MARK, 8),
    Action("redo", ("ctrl+r",), "redo", "Bring back what was taken back", Group.MARK, 0, writable),
    Action("history", ("U",), "history", "Show all that was done, to take it back", Group.MARK, 17),
    Action("copy", ("y",), "copy link", "Copy the link", Group.PAPER, 6, with_paper),
    Action("open", ("o",), "browser", "Open the link in the browser", Group.PAPER, 7, with_paper),
    Action("help", ("question_mark",), "help", "Show every key", Group.APP, 2),
    Action(
        "palette",
        ("ctrl+p",),
        "palette",
        "Find an action by its name",
        Group.APP,
        while_typing=True,
        footer_typing=4,
    ),
    Action("narrower", ("less_than_sign",), "narrower", "Make this pane narrower", Group.APP),
    Action("wider", ("greater_than_sign",), "wider", "Make this pane wider", Group.APP),
    Action("hide_shelves", ("backslash",), "shelves", "Hide the shelves, or show them", Group.APP),
    Action(
        "hide_abstract", ("vertical_line",), "abstract", "Hide the abstract, or show it", Group.APP
    ),
    Action("tour", ("f1",), "tour", "Show the first steps", Group.APP),
    Action("theme", ("C",), "colours", "Choose how paperterm looks", Group.APP),
    Action("redraw", ("ctrl+l",), "redraw", "Draw the screen anew", Group.APP, while_typing=True),
    Action("quit", ("q",), "quit", "Leave paperterm", Group.APP, 11),
    Action(
        "leave",
        ("ctrl+c", "ctrl+q"),
        "quit",
        "Leave paperterm from anywhere",
        Group.APP,
        while_typing=True,
    ),
)
"""What the main screen understands."""

_ELSEWHERE = (*FEED_ACTIONS, *NOTE_ACTIONS, *TAG_ACTIONS, *HISTORY_ACTIONS, *SEARCH_ACTIONS)
BY_ID = {action.id: action for action in (*MOVES, *ACTIONS, *_ELSEWHERE)}


def offered(situation: Situation, among: Iterable[Action] = ACTIONS) -> list[Action]:
    """What the footer shows, in its order; while papers are selected, what is done with them."""
    if situation.selected and not (situation.typing or situation.editing):
        marks = [one for one in among if one.id in MARKS and one.can_be_done(situation)]
        return [*marks, *(BY_ID[name] for name in BESIDE_MARKS)]
    place = "footer_typing" if situation.typing else "footer"
    shown = [one for one in among if getattr(one, place) and one.can_be_done(situation)]
    return sorted(shown, key=lambda one: int(getattr(one, place)))


MARKS = ("bookmark", "tag", "read", "archive", "later", "remove")
"""What is done with all that is selected."""
BESIDE_MARKS = ("copy", "undo", "escape")
"""What the footer offers besides, while papers are selected."""


def bindings(actions: Iterable[Action], *, priority: bool = False) -> list[Binding]:
    """As Textual wants them; with `priority`, before a widget sees the key."""
    return [action.binding(priority=priority) for action in actions]


def key_table() -> str:
    """The key table of the README, as Markdown."""
    lines = ["| Key | What it does |", "|---|---|"]
    for group in Group:
        lines.append(f"| | **{group.value}** |")
        for action in BY_ID.values():
            if action.group is group:
                keys = " ".join(f"`{key_name(key)}`" for key in action.keys)
                lines.append(f"| {keys} | {action.help} |")
    return "\n".join(lines) + "\n"
