"""A file of `[[search]]` entries, cut into pieces of text that can be put in another order.

Joined again the pieces are the file, letter by letter: what a hand has written between and within
the entries stays as it was, and the comment right above an entry goes where the entry goes.
"""

from __future__ import annotations

import re
import tomllib

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_HEADER = re.compile(r"[ \t]*\[")
_NAME = r"""[ \t]*(?:search|"search"|'search')[ \t]*"""
_ENTRY = re.compile(rf"[ \t]*\[\[{_NAME}\]\]")
_WITHIN = re.compile(rf"[ \t]*\[\[?{_NAME}\.")


def split(text: str) -> list[str]:
    """The pieces of a file that is TOML: an entry each, and what is none."""
    lines = _LINE.findall(text)
    pieces: list[str] = []
    start = 0
    for place, line in enumerate(lines):
        if place > start and _HEADER.match(line) and not _WITHIN.match(line):
            # A line within a text of many lines, or within a list, may look like a header.
            if not _is_whole("".join(lines[start:place])):
                continue
            begin = _with_comment(lines, start, place)
            if begin > start:
                pieces.append("".join(lines[start:begin]))
            start = begin
    return [*pieces, "".join(lines[start:])] if lines else []


def is_entry(piece: str) -> bool:
    """Whether a piece is a `[[search]]`."""
    for line in _LINE.findall(piece):
        if line.strip() and not line.lstrip().startswith("#"):
            return bool(_ENTRY.match(line))
    return False


def joined(pieces: list[str]) -> str:
    """The file of these pieces; each entry begins on a line of its own, after an empty one."""
    text = ""
    for piece in pieces:
        if text and not text.endswith("\n"):
            text += "\n"
        if text and is_entry(piece) and not text.endswith(("\n\n", "\n\r\n")):
            text += "\r\n" if text.endswith("\r\n") else "\n"
        text += piece
    return text


def _with_comment(lines: list[str], start: int, place: int) -> int:
    """Where an entry begins whose header is at `place`: with the comment that touches it."""
    begin = place
    while begin > start and lines[begin - 1].lstrip().startswith("#"):
        begin -= 1
    return begin if _is_whole("".join(lines[start:begin])) else place


def _is_whole(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True
