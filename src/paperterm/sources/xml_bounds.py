"""What a document may hold before a parser gets it: eight megabytes can ask for a gigabyte.

A parser keeps something of every element that is open, and everything of a tag and of an entry.
Bytes are counted here, as a parser can't be stopped in the middle of a piece.
"""

from __future__ import annotations

from paperterm.errors import SourceError

MOST_OPEN = 50_000
"""Elements that may be open at once, as far as counting can tell; real ones are some ten deep."""
MOST_ATTRIBUTES = 5_000
"""Attributes of one element."""
MOST_PARTS = 20_000
"""Elements in one entry."""
_VERBATIM = (b"![CDATA[", b"!--")


class Bounds:
    """Looks at the pieces of a document, which messages call `name`, in their order."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._open = 0

    def look(self, piece: bytes) -> None:
        """Raises `SourceError` for a piece that would make a parser hungry."""
        tags = piece.count(b"<") - piece.count(b"<!") - piece.count(b"<?")
        self._open += tags - 2 * piece.count(b"</") - piece.count(b"/>")
        if self._open > MOST_OPEN:
            raise SourceError(f"{self._name} is nested too deep.")
        if piece.count(b"=") > MOST_ATTRIBUTES and max(map(_attributes, piece.split(b">"))) > (
            MOST_ATTRIBUTES
        ):
            raise SourceError(f"{self._name} has an element of more attributes than are read.")

    def parts(self, count: int) -> None:
        """Raises `SourceError` for an entry of so many elements that it can be no paper."""
        if count > MOST_PARTS:
            raise SourceError(f"{self._name} has an entry of more parts than are read.")


def _attributes(text: bytes) -> int:
    """How many attributes the tag has that `text` ends with, at most."""
    tag = text.rpartition(b"<")[2]
    return 0 if tag.startswith(_VERBATIM) else tag.count(b"=")
