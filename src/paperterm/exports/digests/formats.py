"""The forms a digest leaves in, by the names that a person calls them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from paperterm.exports.digests import html, json, markdown, text
from paperterm.model.digest import Digest


class Lines(Protocol):
    """How a form writes a digest, line by line and without line ends."""

    def __call__(self, digest: Digest, *, ascii_only: bool = False) -> Iterator[str]:
        """The lines; with `ascii_only`, as far as the form has escapes, in ASCII."""


DIGESTS: dict[str, Lines] = {
    "text": text.lines,
    "markdown": markdown.lines,
    "html": html.lines,
    "json": json.lines,
}
"""The first is the one that is written unless another is asked for."""
