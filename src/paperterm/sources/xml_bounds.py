"""What a service's XML may hold before a parser gets it: eight megabytes can ask for hundreds.

A parser keeps something of every element that is open, and everything of a tag and of an entry.
Bytes are counted here, as a parser can't be stopped in the middle of a piece. A file of the
reader's own is read whatever it holds.
"""

from __future__ import annotations

from paperterm.errors import SourceError
from paperterm.model.text import shown

MOST_TAGS = 400_000
"""Tags in an answer; those of two thousand papers are some eighty thousand."""
MOST_OPEN = 50_000
"""Elements that may be open at once, as far as counting can tell; real ones are some ten deep."""
MOST_ATTRIBUTES = 5_000
"""Attributes of one element."""
_VERBATIM = (b"![CDATA[", b"!--")


def check(body: bytes, name: str) -> None:
    """Raises `SourceError` for a document, which messages call `name`, that asks for too much."""
    closing, alone = body.count(b"</"), body.count(b"/>")
    tags = body.count(b"<") - body.count(b"<!") - body.count(b"<?")
    if tags - 2 * closing - alone > MOST_OPEN:
        raise SourceError(f"{shown(name)} is nested too deep.")
    if tags > MOST_TAGS:
        raise SourceError(f"{shown(name)} has more parts than are read.")
    if body.count(b"=") > MOST_ATTRIBUTES:
        most = max(map(_attributes, body.split(b">")))
        if most > MOST_ATTRIBUTES:
            raise SourceError(f"{shown(name)} has an element of more attributes than are read.")


def _attributes(text: bytes) -> int:
    """How many attributes the tag has that `text` ends with, at most."""
    tag = text.rpartition(b"<")[2]
    return 0 if tag.startswith(_VERBATIM) else tag.count(b"=")
