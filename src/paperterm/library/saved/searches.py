"""The saved searches of an open library: what each holds, and what of that is new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from paperterm.errors import LibraryReadOnly
from paperterm.library.lookup import Lookup
from paperterm.library.paths import Paths
from paperterm.library.saved.changing import SearchFile
from paperterm.library.saved.looks import Look, Looks
from paperterm.library.saved.written import Written
from paperterm.library.when import stamp, today
from paperterm.model.query import Has, Holds, Is, Node, Place, Query, Tag, Thing, leaves
from paperterm.model.saved import Saved, named
from paperterm.search import manifest
from paperterm.storage import facts
from paperterm.storage.by_hand import signature
from paperterm.storage.catalogue import Catalogue
from paperterm.storage.database import translated

_MOST_KEPT = 512


@dataclass(frozen=True, slots=True)
class Tally:
    """How many papers a search finds, and how many of them have come since it was looked at."""

    all: int
    new: int


class SavedSearches:
    """In the hands of the library's thread, as the library is."""

    def __init__(
        self,
        paths: Paths,
        catalogue: Catalogue,
        lookup: Lookup,
        renamed: Callable[[str, str], None],
    ) -> None:
        """`renamed` is told the name a search had and the one it has, of each that is renamed."""
        self._renamed = renamed
        self.file = SearchFile(paths.searches, paths.state)
        """Where they stand; to be changed by whoever likes."""
        self._catalogue = catalogue
        self._lookup = lookup
        self._index = paths.index
        self._looks = Looks(paths.state / "looks.json")
        self._read: tuple[tuple[int, ...], Written] | None = None
        self._kept: dict[tuple[Node, int], tuple[object, Tally]] = {}

    def written(self) -> Written:
        """What the file says, read again only when it has been written."""
        seen = signature(self.file.path)
        if self._read is None or self._read[0] != seen or not seen:
            self._read = seen, self.file.read()
        return self._read[1]

    def named(self, name: str) -> Saved:
        """The search of this name. Raises `UsageError` where there is none."""
        return named(self.written().searches, name)

    @property
    def state(self) -> tuple[object, ...]:
        """Differs from an earlier answer when the file was written or a search looked at since."""
        return signature(self.file.path), self._looks.state

    # Changing

    def add(self, name: str, query: str) -> Saved:
        """Save a search; what it finds now is not new. Raises as `SearchFile.add`."""
        saved = self.file.add(name, query)
        self.look(saved, self.newest)
        return saved

    def rename(self, name: str, new: str) -> tuple[Saved, Saved]:
        """Give a search another name: what it was, what it is. Raises as `SearchFile.rename`."""
        before = self.named(name)
        after = self.file.rename(name, new)
        self._looks.rename(_name(before), _name(after))
        with suppress(LibraryReadOnly):  # then nothing is fetched either
            self._renamed(before.name, after.name)
        return before, after

    # Looking

    @property
    def newest(self) -> int:
        """The number of the newest paper there has been; see `look`."""
        with translated("library", self._catalogue.database.path):
            return self._catalogue.next_id() - 1

    def newest_before(self, moment: dt.datetime) -> int:
        """The number of the newest paper that had come by a moment; 0 for none."""
        with translated("library", self._catalogue.database.path):
            return self._catalogue.newest_before(stamp(moment))

    def look(self, saved: Saved, upto: int) -> None:
        """The reader has seen what `saved` finds among the papers up to number `upto`."""
        self.note(_name(saved), upto)

    def note(self, name: str, upto: int) -> None:
        """The reader has seen all that `name` stands for, up to that paper."""
        self._looks.note(name, Look(self._catalogue.get_meta("library"), upto))

    def seen(self, name: str) -> int | None:
        """Up to which paper that is; None when it was never looked at."""
        look = self._looks.all().get(name)
        if look is None:
            return None
        return look.upto if look.library == self._catalogue.get_meta("library") else 0

    # Counting

    def tally(self, saved: Saved) -> Tally | None:
        """How much it finds, and what of that is new.

        All is old in a search that is met for the first time. None while only a scan of every
        paper could tell: the index is not there yet. Raises `LibraryError`.
        """
        with translated("library", self._catalogue.database.path):
            upto = self.seen(_name(saved))
            if upto is None:
                upto = self.newest
                self.look(saved, upto)
            return self.tally_of(query_of(saved), upto)

    def tally_of(self, query: Query, upto: int) -> Tally | None:
        """The same of any query, and the papers that have come after number `upto`."""
        state = self._state(query)
        known = self._kept.get((query.root, upto))
        if known and known[0] == state:
            return known[1]
        found = self._lookup.matching(query)
        if found is None:
            return None
        new = sum(paper > upto for paper in found) if upto < self.newest else 0
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[query.root, upto] = state, Tally(len(found), new)
        return self._kept[query.root, upto][1]

    def new_in(self, query: Query, upto: int) -> Iterator[int]:
        """The papers that a query finds among those that have come after number `upto`."""
        found = self._lookup.find(query).ids
        return (paper for paper in found if paper > upto)

    def _state(self, query: Query) -> object:
        """All that the answer depends on: as long as it is the same, so is the answer."""
        marked = any(map(_depends_on_marks, leaves(query.root)))
        return (
            self._catalogue.revision,
            facts.marks_version(self._catalogue.database.connection) if marked else 0,
            self._lookup.hidden(),
            today(),  # what was put off is back on its day
            manifest.identity(self._index) if query.has_text else (),
        )


def query_of(saved: Saved) -> Query:
    """What a saved search asks for today: ``since:7d`` is another day tomorrow."""
    from paperterm.model.parse import parse  # not on the way to the first list

    return parse(saved.query, typing=False)


def _name(saved: Saved) -> str:
    return f"search:{saved.name.casefold()}"


def _depends_on_marks(leaf: Node) -> bool:
    match leaf:
        case Is() | Tag() | Has(Thing.NOTE) | Holds(Place.NOTE):
            return True
        case _:
            return False
