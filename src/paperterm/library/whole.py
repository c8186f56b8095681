"""A whole library, line by line: what `taking_over` makes the same library of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from paperterm.exports.jsonl import json_text
from paperterm.exports.whole import objects, paper_object
from paperterm.library.saved.searches import SavedSearches
from paperterm.model.journal import Entry
from paperterm.model.marks import Marks
from paperterm.model.whole import Head, Told, Use
from paperterm.storage import pasts
from paperterm.storage.catalogue import Catalogue
from paperterm.storage.database import translated
from paperterm.storage.marks import MarkStore
from paperterm.storage.tags import TagStore

_CHUNK = 500


class Whole:
    """All that there is in an open library, in the hands of its thread."""

    def __init__(self, catalogue: Catalogue, marks: MarkStore, searches: SavedSearches) -> None:
        self._catalogue = catalogue
        self._marks = marks
        self._tags = TagStore(marks.database)
        self._searches = searches

    @property
    def papers(self) -> int:
        """How many papers there are, those that were taken out among them."""
        return self._catalogue.count()

    def lines(self, *, ascii_only: bool = False) -> Iterator[str]:
        """JSON, without line ends; with `ascii_only` in ASCII.

        Papers that were taken out are there too, in the order in which all of them came.
        """
        with translated("library", self._catalogue.database.path):
            for value in self._objects():
                yield json_text(value, ascii_only=ascii_only)

    def _objects(self) -> Iterator[Mapping[str, object]]:
        yield from objects(Head(tuple(self._marks.journal.own_machines())))
        yield from self._papers()
        for told in self._beside():
            yield from objects(told)

    def _papers(self) -> Iterator[Mapping[str, object]]:
        ids = self._catalogue.ids()
        connection = self._catalogue.database.connection
        for start in range(0, len(ids), _CHUNK):
            stored = self._catalogue.papers(ids[start : start + _CHUNK])
            marks = self._marks.of([one.paper.key for one in stored.values()])
            past = pasts.of(connection, stored)
            for one in sorted(stored.values(), key=lambda one: one.id):
                yield paper_object(
                    one.paper.as_told, marks.get(one.paper.key, Marks()), past[one.id]
                )

    def _beside(self) -> Iterator[Told]:
        yield from self._entries()
        yield from sorted(self._tags.choices(), key=lambda choice: choice.tag)
        for tag, (weight, at) in sorted(self._tags.uses().items()):
            yield Use(tag, weight, at.isoformat())
        yield from self._searches.written().searches

    def _entries(self) -> Iterator[Entry]:
        """The journal; what paper a key is, is told by the first entry that has it."""
        told: set[tuple[str, str]] = set()
        for entry in self._marks.exchange.entries({}):
            new = tuple(subject for subject in entry.subjects if subject not in told)
            told.update(new)
            yield replace(entry, subjects=new)
