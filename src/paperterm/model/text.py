"""The one way from outside text to text that may be shown.

Titles and abstracts hold escape codes, bidi overrides and stacks of combining marks. They are
stored raw; whatever reaches a screen, a terminal, a clipboard or a message goes through `shown`
(one line), `shown_text` (paragraphs) or `shown_lines` first. Markup is not this module's matter:
the interface never parses outside text as markup at all.
"""

from __future__ import annotations

import re

_SPACES = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029]+")
_DROPPED = re.compile(
    "["
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0000-\U000e0fff"
    "]"
)
_REPLACED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_COMBINING = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a"
    "\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_STACK = re.compile(f"([{_COMBINING}]{{4}})[{_COMBINING}]+")
_PARAGRAPH = re.compile(r"(?:\r\n?|\n)(?:[ \t]*(?:\r\n?|\n))+")


def _clean(text: str) -> str:
    # What is dropped goes first: it may stand between spaces or marks that then meet.
    text = _SPACES.sub(" ", _DROPPED.sub("", text))
    return _STACK.sub(r"\1", _REPLACED.sub("\ufffd", text))


def shown(text: str) -> str:
    """`text` on one line, with nothing in it that a terminal would act on.

    White space is folded; control characters and lone surrogates become U+FFFD; bidi controls and
    invisible characters (but for the joiners that scripts need) are taken out; of stacked
    combining marks four stay.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return _clean(text).strip()


def shown_text(text: str) -> str:
    """`text` as `shown` gives it, paragraphs kept apart by one empty line."""
    paragraphs = (shown(part) for part in _PARAGRAPH.split(text))
    return "\n\n".join(part for part in paragraphs if part)


def shown_lines(text: str) -> str:
    """`text` as `shown` gives it, its lines and their indentation kept."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n")
    cleaned = (" " * (len(line) - len(line.lstrip(" "))) + shown(line) for line in lines)
    return "\n".join(line.rstrip() for line in cleaned)


def harmless(text: str) -> str:
    """`text` as it is, but for what a terminal would act on, which becomes what `shown` makes it.

    For a file that other programs read: lines, tabs and runs of spaces are kept.
    """
    if text.isascii() and all(c.isprintable() or c in "\n\t" for c in text):
        return text
    parts = re.split(r"([\n\t])", text)
    return "".join(
        part if part in ("\n", "\t") else _REPLACED.sub("\ufffd", _DROPPED.sub("", part))
        for part in parts
    )


def storable(text: str) -> str:
    """`text` with every lone surrogate made U+FFFD: UTF-8, and so a file, can't hold one."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
