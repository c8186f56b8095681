"""All that is painted, in ASCII: for a terminal that would show anything else as garbage."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rich.cells import get_character_cell_size, split_graphemes
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from paperterm.tui.drawing import IN_ASCII, frame_in_ascii

_UNKNOWN = "?"
_LETTERS = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict(zip("øØłŁđĐıħĦ", "oOlLdDihH", strict=True)),
    "•": "*",
    "×": "x",
}


class InAscii(LineFilter):
    """Puts ASCII in place of all else, cell by cell."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments, as wide as they were."""
        return [
            segment
            if segment.control or segment.text.isascii()
            else Segment(in_ascii(segment.text), segment.style)
            for segment in segments
        ]


def in_ascii(text: str) -> str:
    """`text` in ASCII, in as many cells: without its accents, ``?`` for what has no likeness."""
    letters, _ = split_graphemes(text)
    return "".join(
        "".join(map(_character, text[start:end]))[:cells].ljust(cells)
        for start, end, cells in letters
    )


@lru_cache(4096)
def _character(character: str) -> str:
    if character.isascii():
        return character
    if known := IN_ASCII.get(character) or _LETTERS.get(character) or frame_in_ascii(character):
        return known
    width = get_character_cell_size(character)
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if c.isascii())
    if not width or not 0 < len(plain) <= width or not plain.isprintable():
        return _UNKNOWN * width
    return plain.ljust(width)
