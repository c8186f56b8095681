"""Every action there is, once: keys, footer, help, palette and the README's table come from here.

An action's id names the method that carries it out (``action_<id>``) and is the binding's id, by
which a key can be changed. Where it may be asked for is part of it (`available`).

The main screen takes every key before a widget sees it (`priority`), so that keys typed quickly
are carried out in their order: a key that moves the focus has moved it before the next is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from paperterm.tui.key_names import key_name

if TYPE_CHECKING:
    from textual.binding import Binding


class Group(StrEnum):
    """The chapters of the help screen, in its order."""

    MOVE = "Moving"
    FIND = "Finding"
    ARRIVE = "Papers that arrive"
    MARK = "Marking"
    PAPER = "The paper"
    APP = "paperterm"
    FEEDS = "On the screen of feeds"
    NOTE = "In the note"
    HISTORY = "On the screen of what was done"
    TAGS = "On the screen of tags"
    SEARCHES = "On the screen of saved searches"


@dataclass(frozen=True, slots=True)
class Situation:
    """What an action's availability may depend on."""

    has_paper: bool = False
    """The cursor is on a paper."""
    can_write: bool = True
    typing: bool = False
    """The cursor is in the search bar: letters are letters."""
    has_feed: bool = False
    """The cursor is on a feed, on the screen of feeds."""
    ranked: bool = False
    """The list shows what a search of words found, and the cursor is on one of these."""
    searching: bool = False
    """The list shows a search, or soon will."""
    editing: bool = False
    """The cursor is in a note: only what belongs there can be done."""
    on_parent: bool = False
    """The cursor is on a tag that has others below it, among the shelves or the tags."""
    has_search: bool = False
    """The cursor is on a saved search, on their screen."""
    has_tag: bool = False
    """The cursor is on a tag, on the screen of tags."""
    in_abstract: bool = False
    """The reader is in the abstract."""
    selected: int = 0
    """How many papers are selected."""


def always(situation: Situation) -> bool:
    """Available everywhere."""
    return True


def with_paper(situation: Situation) -> bool:
    """Needs a paper under the cursor."""
    return situation.has_paper


def to_select(situation: Situation) -> bool:
    """Needs a paper under the cursor, and nothing else that Space is for."""
    return situation.has_paper and not (situation.in_abstract or situation.on_parent)


def in_abstract(situation: Situation) -> bool:
    """Needs the reader in the abstract."""
    return situation.in_abstract


def with_hit(situation: Situation) -> bool:
    """Needs a paper under the cursor that was found by words."""
    return situation.has_paper and situation.ranked


def typing(situation: Situation) -> bool:
    """Needs the search bar."""
    return situation.typing


def in_search(situation: Situation) -> bool:
    """Needs something that is looked for."""
    return situation.searching


def in_no_search(situation: Situation) -> bool:
    """Needs a shelf in the list."""
    return not situation.searching


def on_search(situation: Situation) -> bool:
    """Needs a saved search under the cursor."""
    return situation.has_search


def to_write(situation: Situation) -> bool:
    """Needs a paper, and a library that can be written to."""
    return situation.has_paper and situation.can_write


def writable(situation: Situation) -> bool:
    """Needs a library that can be written to."""
    return situation.can_write


def on_feed(situation: Situation) -> bool:
    """Needs a feed under the cursor, and a library that can be written to."""
    return situation.has_feed and situation.can_write


def on_parent(situation: Situation) -> bool:
    """Needs a tag under the cursor that can be folded."""
    return situation.on_parent


def on_tag(situation: Situation) -> bool:
    """Needs a tag under the cursor, and a library that can be written to."""
    return situation.has_tag and situation.can_write


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a reader can do."""

    id: str
    keys: tuple[str, ...]
    label: str
    """A word or two, for the footer."""
    help: str
    """A sentence without its full stop, for help, palette and README."""
    group: Group
    footer: int = 0
    """Its place in the footer, from 1; 0 keeps it out."""
    available: Callable[[Situation], bool] = always
    while_typing: bool = False
    """Its keys are not letters, and mean the same in the search bar."""
    footer_typing: int = 0
    """Its place in the footer while the reader types, from 1."""

    def can_be_done(self, situation: Situation) -> bool:
        """Whether its keys mean it now."""
        if situation.editing != (self.group is Group.NOTE):
            return False
        return self.available(situation) and (self.while_typing or not situation.typing)

    def binding(self, *, priority: bool) -> Binding:
        """As Textual wants it."""
        from textual.binding import Binding  # the command line tells of keys without it

        keys = ",".join(self.keys)
        return Binding(keys, self.id, self.label, show=False, id=self.id, priority=priority)


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
        17,
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
    Action("tags", ("T",), "tags", "Show all tags: rename, merge, delete, colour", Group.MARK, 16),
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

FEED_ACTIONS = (
    Action("add_feed", ("a",), "add", "Add a feed", Group.FEEDS, 1, writable),
    Action(
        "remove_feed", ("d",), "remove", "Remove a feed, not its papers", Group.FEEDS, 2, on_feed
    ),
    Action("pause_feed", ("p",), "pause", "Pause a feed, or resume it", Group.FEEDS, 3, on_feed),
    Action(
        "only_feed",
        ("o",),
        "only",
        "Take in only what a saved search finds, or all",
        Group.FEEDS,
        4,
        on_feed,
    ),
    Action("fetch_feed", ("r", "enter"), "fetch", "Fetch this feed now", Group.FEEDS, 4, on_feed),
    Action("undo_feed", ("u",), "undo", "Take back the last change", Group.FEEDS, 5, writable),
    Action("close_feeds", ("escape", "q", "F"), "close", "Back to the papers", Group.FEEDS, 6),
    Action("leave_app", ("ctrl+c", "ctrl+q"), "quit", "Leave paperterm", Group.FEEDS),
)
"""What the screen of feeds understands, besides `MOVES`."""

NOTE_ACTIONS = (
    Action("keep_note", ("ctrl+s",), "keep", "Keep the note and close it", Group.NOTE, 1),
    Action(
        "close_note", ("escape",), "close", "Close the note; a changed one is kept", Group.NOTE, 2
    ),
)
"""What a note that is being written understands, besides what every editor does."""

TAG_ACTIONS = (
    Action(
        "rename_tag", ("r",), "rename", "Rename a tag and those below it", Group.TAGS, 1, on_tag
    ),
    Action("merge_tag", ("m",), "merge", "Merge a tag into another", Group.TAGS, 2, on_tag),
    Action("delete_tag", ("d",), "delete", "Delete a tag, not its papers", Group.TAGS, 3, on_tag),
    Action("colour_tag", ("c",), "colour", "Choose a tag's colour", Group.TAGS, 4, on_tag),
    Action(
        "next_near", ("n",), "alike", "To the next tags that are nearly the same", Group.TAGS, 5
    ),
    Action("fold_tag", ("space", "enter"), "fold", "Open or shut a tag", Group.TAGS, 8, on_parent),
    Action("open_tag", ("l", "right"), "open", "Open a tag", Group.TAGS),
    Action("shut_tag", ("h", "left"), "shut", "Shut a tag, or go to the one above", Group.TAGS),
    Action("undo_tag", ("u",), "undo", "Take back the last mark", Group.TAGS, 6, writable),
    Action("close_tags", ("escape", "q", "T"), "close", "Back to the papers", Group.TAGS, 7),
    Action("leave_paperterm", ("ctrl+c", "ctrl+q"), "quit", "Leave paperterm", Group.TAGS),
)
"""What the screen of tags understands, besides `MOVES`."""

HISTORY_ACTIONS = (
    Action(
        "undo_down_to",
        ("enter",),
        "back to here",
        "Take back all from the last action down to this one",
        Group.HISTORY,
        1,
        writable,
    ),
    Action("undo_entry", ("u",), "undo", "Take back the last action", Group.HISTORY, 2, writable),
    Action(
        "redo_entry",
        ("ctrl+r",),
        "redo",
        "Bring back what was taken back",
        Group.HISTORY,
        3,
        writable,
    ),
    Action("close_history", ("escape", "q", "U"), "close", "Back to the papers", Group.HISTORY, 4),
    Action("leave_from_history", ("ctrl+c", "ctrl+q"), "quit", "Leave paperterm", Group.HISTORY),
)
"""What the screen of what was done understands, besides `MOVES`."""

SEARCH_ACTIONS = (
    Action(
        "show_search",
        ("enter",),
        "show",
        "Show what a search finds",
        Group.SEARCHES,
        1,
        on_search,
    ),
    Action("rename_search", ("r",), "rename", "Rename a search", Group.SEARCHES, 2, on_search),
    Action("edit_search", ("e",), "edit", "Edit what it looks for", Group.SEARCHES, 3, on_search),
    Action(
        "move_search_down",
        ("J", "shift+down"),
        "down",
        "Move a search down among the shelves",
        Group.SEARCHES,
        4,
        on_search,
    ),
    Action(
        "move_search_up",
        ("K", "shift+up"),
        "up",
        "Move a search up",
        Group.SEARCHES,
        5,
        on_search,
    ),
    Action(
        "delete_search",
        ("d", "delete"),
        "delete",
        "Delete a search, not its papers",
        Group.SEARCHES,
        6,
        on_search,
    ),
    Action("undo_search", ("u",), "undo", "Take back the last change", Group.SEARCHES, 7),
    Action(
        "close_searches", ("escape", "q", "S"), "close", "Back to the papers", Group.SEARCHES, 8
    ),
    Action("leave_from_searches", ("ctrl+c", "ctrl+q"), "quit", "Leave paperterm", Group.SEARCHES),
)
"""What the screen of saved searches understands, besides `MOVES`."""

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
        for action in BY_ID.values():
            if action.group is group:
                keys = " ".join(f"`{key_name(key)}`" for key in action.keys)
                lines.append(f"| {keys} | {action.help} |")
    return "\n".join(lines) + "\n"
