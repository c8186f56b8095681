"""The signs that the app draws with, and what stands for each where a terminal has ASCII only.

A sign takes one cell either way, so that columns are the same.
"""

from __future__ import annotations

NEW, BOOKMARKED, LATER, ARCHIVED, REMOVED, BEYOND = "●", "★", "◦", "▪", "×", "+"
"""What a paper is; the last: not in the library, found by the world."""
CURSOR, SELECTED, BOTH = "▌", "✓", "◆"
"""What stands before a row: told apart without colour, too."""
OPEN, SHUT = "▾", "▸"
"""What is before a tag that has others below it."""
SEARCH, OFFERED, NEARLY = "⌕", "›", "≈"
"""Where one types; what is offered there; what is nearly the same."""
RULE, THUMB, DONE, TO_DO = "─", "█", "▰", "▱"
"""A line; the scrollbar's thumb; what is done of a work, and what is not."""

IN_ASCII = {
    NEW: "o",
    BOOKMARKED: "*",
    LATER: ".",
    ARCHIVED: "=",
    REMOVED: "x",
    CURSOR: ">",
    SELECTED: "v",
    BOTH: "V",
    OPEN: "-",
    SHUT: "+",
    SEARCH: "/",
    OFFERED: ">",
    NEARLY: "~",
    RULE: "-",
    THUMB: "#",
    DONE: "#",
    TO_DO: ".",
    "·": "-",
    "…": "~",
    "←": "<",
    "↑": "^",
    "→": ">",
    "↓": "v",
    # What Textual draws with, besides lines.
    "▔": "-",
    "▁": "_",
    **dict.fromkeys("▂▃▄▅▆▇", "_"),
    **dict.fromkeys("▎▍▋▊▉▐▕▏", "|"),
    "🔎": "/ ",
}
"""Beside the lines of frames, which `frame_in_ascii` knows."""

_FRAMES = range(0x2500, 0x2580)
_ACROSS, _DOWN = "─━┄┅┈┉╌╍═╴╶╸╺╼╾", "│┃┆┇┊┋╎╏║╵╷╹╻╽╿"


def frame_in_ascii(character: str) -> str:
    """What stands for a part of a frame; empty where it is none."""
    if ord(character) not in _FRAMES:
        return ""
    return "-" if character in _ACROSS else "|" if character in _DOWN else "+"
