"""The actions of the screens beside the main one, besides `actions.MOVES`."""

from __future__ import annotations

from paperterm.tui.action import Action, Group, on_feed, on_parent, on_search, on_tag, writable

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
        "close_note",
        ("escape",),
        "keep and close",
        "Close the note; a changed one is kept",
        Group.NOTE,
        2,
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
