"""The formats that papers leave in, by the names that a person calls them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from paperterm.exports import bibtex, csl_json, jsonl, ris
from paperterm.model.marks import Marks
from paperterm.model.paper import Paper


class Lines(Protocol):
    """How a format writes papers, line by line and without line ends."""

    def __call__(
        self, papers: Iterable[tuple[Paper, Marks]], *, ascii_only: bool = False
    ) -> Iterator[str]:
        """The lines; with `ascii_only`, as far as the format has escapes, in ASCII."""


FORMATS: dict[str, Lines] = {
    "jsonl": jsonl.lines,
    "bibtex": bibtex.lines,
    "ris": ris.lines,
    "csl-json": csl_json.lines,
}
"""The first is the one that holds all there is of a paper."""
