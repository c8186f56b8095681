"""From a query to a view: marks and dates from SQLite, words from the index, joined here."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from paperterm.errors import IndexUnusable
from paperterm.lasting import lasting
from paperterm.library import indexing
from paperterm.library.orders import Order, day_starts, without
from paperterm.library.quoting import quoted
from paperterm.library.shelving import Calendar
from paperterm.library.tagging import Tags
from paperterm.library.view import Shelves, View
from paperterm.library.when import today
from paperterm.model.explanation import Explanation
from paperterm.model.query import (
    And,
    Everything,
    Is,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Sort,
    State,
    Word,
    asks_for_removed,
)
from paperterm.storage import facts
from paperterm.storage.catalogue import Catalogue

if TYPE_CHECKING:
    from paperterm.search.document import Stamp
    from paperterm.search.reader import Hits, Reader

_MOST_FACTS = 64
"""Answers of storage that are kept."""
_BOOKMARKED = Is(State.BOOKMARKED)
Answer = TypeVar("Answer")


class Lookup:
    """Answers queries for one thread; keeps what is dear to compute until the papers change."""

    def __init__(self, catalogue: Catalogue, index: Path, tags: Tags) -> None:
        self._catalogue = catalogue
        self._connection = catalogue.database.connection
        self._index = index
        self._tags = tags
        self._reader: Reader | None = None
        self._orders: dict[Sort, Order] = {}
        self._facts: dict[Node, Sequence[int]] = {}
        self._calendar: Calendar | None = None
        self._hidden: frozenset[int] = frozenset()
        """The papers that the reader has taken out."""
        self._visible: dict[Sort, Order] = {}
        """Orders without those."""
        self._size: int | None = None
        self._late: tuple[tuple[int, Stamp], int] | None = None
        self._seen = self._marked = -1
        self._today = dt.date.min

    def find(self, query: Query, default: Sort = Sort.DAY) -> View:
        """The papers that `query` finds. `default` is the order where the query asks for none.

        A query with words that asks for no order is answered by relevance. Raises
        `LibraryError` only; while the index can't serve, words are found by a plain scan.
        """
        begun = time.perf_counter()
        with self._catalogue.database.reading():
            self._forget_if_changed()
            hits, indexed = self._hits(query) if query.has_text else (None, True)
            sort = query.sort or (Sort.RELEVANCE if query.has_text else default)
            hidden = frozenset() if asks_for_removed(query.root) else self._hidden
            days: tuple[tuple[dt.date, int], ...] = ()
            if hits is None:
                ids, days = self._ordered(self._plain(query.root), sort, hidden)
            elif sort is Sort.RELEVANCE:
                ids = self._existing(hits.ids, hidden)
            else:
                ids, days = self._ordered(self._existing(hits.ids, hidden), sort)
            if self._size is None:
                self._size = self._catalogue.count()
            size = self._size - len(self._hidden)
            hints = [query.hint, hits.hint, self._lateness()] if hits else [query.hint]
        return View(
            ids=ids,
            days=days,
            sort=sort,
            library_size=size,
            patterns=hits.patterns if hits else frozenset(),
            ranked=hits is not None,
            hint="; ".join(filter(None, hints)),
            seconds=time.perf_counter() - begun,
            indexed=indexed,
        )

    def _lateness(self) -> str:
        """That the index does not know every paper yet, if so: none is a miss in silence."""
        assert self._reader is not None
        stamp = self._reader.stamp
        if self._late is None or self._late[0] != (self._seen, stamp):
            self._late = (self._seen, stamp), indexing.late(self._catalogue, stamp)
        late = self._late[1]
        papers = "1 paper is" if late == 1 else f"{late:,} papers are"
        return f"{papers} not in the search index yet" if late else ""

    def matching(self, query: Query) -> Sequence[int] | None:
        """The papers that `query` finds, in no order; None where only the index could tell soon."""
        with self._catalogue.database.reading():
            self._forget_if_changed()
            hidden = frozenset() if asks_for_removed(query.root) else self._hidden
            if query.has_text:
                hits, _ = self._hits(query)
                return self._existing(hits.ids, hidden) if hits else None
            return self._ordered(self._plain(query.root), Sort.DAY, hidden)[0]

    def shelves(self) -> Shelves:
        """The shelves and their counts, as of now."""
        with self._catalogue.database.reading() as connection:
            self._forget_if_changed()
            states = facts.state_counts(connection, self._today, len(self._hidden))
            if self._calendar is None:
                self._calendar = Calendar(connection)
            days, months, years = self._calendar.without(sorted(self._hidden))
            tree, colours = self._tags.tree(), self._tags.colours()
        return Shelves(
            states.all,
            states.inbox,
            states.bookmarks,
            days,
            months,
            years,
            tree,
            colours,
            states.later,
            states.archived,
            states.removed,
        )

    def hidden(self) -> frozenset[int]:
        """The papers that are shown only to who asks for them."""
        with self._catalogue.database.reading():
            self._forget_if_changed()
        return self._hidden

    def warm_up(self) -> None:
        """Open the index and read what every search needs, so that the first one need not."""
        if self._reader is not None:
            self._open()
            return
        with lasting(), self._catalogue.database.reading():
            self._hits(Query(Word("a", prefix=True)))

    def close(self) -> None:
        """Give the index back."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _forget_if_changed(self) -> None:
        seen = self._catalogue.revision
        if seen != self._seen:
            self._orders.clear()
            self._calendar = self._size = None
        marked = facts.marks_version(self._connection)
        day = today()
        if (seen, marked, day) != (self._seen, self._marked, self._today):
            self._facts.clear()
            self._visible.clear()
            self._hidden = frozenset(facts.hidden(self._connection))
        self._seen, self._marked, self._today = seen, marked, day

    # The index

    def explain(self, query: Query, paper_id: int) -> Explanation | None:
        """Why `query` finds a paper, with the words as they stand in it.

        None when it does not, when there are no words in the query, or while there is no index.
        """
        if not query.has_text:
            return None
        with self._catalogue.database.reading():
            self._forget_if_changed()
            root, ask, bookmarked = query.root, self._fact_ids, self._fact_ids(_BOOKMARKED)
            found, _ = self._asked(lambda reader: reader.explain(root, ask, paper_id, bookmarked))
            stored = self._catalogue.papers([paper_id]).get(paper_id)
        return quoted(found, stored.paper) if found and stored else None

    def _hits(self, query: Query) -> tuple[Hits | None, bool]:
        """What the index finds, or None when it can't serve."""
        root, ask, bookmarked = query.root, self._fact_ids, self._fact_ids(_BOOKMARKED)
        return self._asked(lambda reader: reader.search(root, ask, bookmarked))

    def _asked(self, ask: Callable[[Reader], Answer]) -> tuple[Answer | None, bool]:
        """The index's answer, and whether it could give one."""
        for _ in range(2):  # once more, when a newer index has been put in place of the open one
            reader = self._open()
            if reader is None:
                return None, False
            try:
                return ask(reader), True
            except IndexUnusable:
                self.close()
        indexing.condemn(self._index)
        return None, False

    def _fact_ids(self, leaf: Node) -> Sequence[int]:
        """The papers that a fact leaf finds; the same object until papers or marks change."""
        if isinstance(leaf, (Word, Phrase, And, Or, Not, Everything)):
            raise TypeError(leaf)
        if leaf not in self._facts:
            if len(self._facts) >= _MOST_FACTS:
                self._facts.clear()
            self._facts[leaf] = facts.ids_of(self._connection, leaf, self._today)
        return self._facts[leaf]

    def _open(self) -> Reader | None:
        from paperterm.search.reader import Reader

        try:
            old = self._reader
            if old is not None and not old.up_to_date():
                self._reader = None
            if self._reader is None:
                reader = Reader(self._index, old)
                if not self._is_ours(reader):
                    reader.close()
                    return None
                self._reader = reader
        except IndexUnusable:
            self.close()
            indexing.condemn(self._index)
        return self._reader

    def _is_ours(self, reader: Reader) -> bool:
        """Whether its papers are those of this catalogue, and not of a later state of it.

        One that has been begun and has none yet can't serve.
        """
        stamp = reader.stamp
        known = stamp.library == self._catalogue.get_meta("library")
        begun = reader.count == 0 and stamp.upto is not None
        return known and not begun and stamp.revision <= self._catalogue.revision

    # Without the index

    def _plain(self, node: Node) -> set[int] | None:
        """The papers that `node` finds by facts and plain scanning; None is every paper."""
        match node:
            case Everything():
                return None
            case Not(part):
                found = self._plain(part)
                return set() if found is None else set(self._order(Sort.DAY).ids) - found
            case And(parts):
                sets = [s for s in map(self._plain, parts) if s is not None]
                return set.intersection(*sets) if sets else None
            case Or(parts):
                either = [self._plain(part) for part in parts]
                return None if None in either else set().union(*(s for s in either if s))
            case Word() | Phrase():
                return facts.scan(self._connection, node)
            case _:
                return set(self._fact_ids(node))

    # Orders

    def _order(self, sort: Sort) -> Order:
        if sort not in self._orders:
            self._orders[sort] = Order(*facts.in_order(self._connection, sort))
        return self._orders[sort]

    def _existing(self, ids: Sequence[int], hidden: Collection[int]) -> Sequence[int]:
        """`ids` without papers taken out since the index last followed, and without the hidden."""
        assert self._reader is not None
        gone = {*self._catalogue.removed_since(self._reader.stamp.revision), *hidden}
        return without(ids, gone) if gone else ids

    def _ordered(
        self, found: Collection[int] | None, sort: Sort, hidden: Collection[int] = ()
    ) -> tuple[Sequence[int], tuple[tuple[dt.date, int], ...]]:
        order = self._order(sort)
        if hidden and found is None:
            order = self._visible[sort] = self._visible.get(sort) or order.without(hidden)
        elif hidden and found is not None:
            found = without(found, hidden)
        ids, days = order.of(found)
        return ids, day_starts(days) if sort is Sort.DAY else ()
