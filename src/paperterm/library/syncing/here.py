"""What a round of syncing asks of an open library, in the hands of the library's thread."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from paperterm.errors import LibraryReadOnly, UsageError
from paperterm.exports import jsonl as exported
from paperterm.library import editing, marking
from paperterm.model.journal import Entry, Kind
from paperterm.model.marks import Marks
from paperterm.model.record import Context, Item, Record
from paperterm.storage import facts
from paperterm.storage.catalogue import Catalogue
from paperterm.storage.database import translated
from paperterm.storage.heard import Heard, Place
from paperterm.storage.marks import MarkStore


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a folder is known, before a round."""

    machine: str
    """This library's machine: what it does is written under this name."""
    own: frozenset[str]
    """All machines that this library is, or was."""
    places: dict[str, Place]
    """How far each file was read."""
    told: dict[str, int]
    """Up to which number the entries of its own machines are there."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a batch of entries."""

    new: int
    """Entries that were not here."""
    refused: tuple[str, ...] = ()
    """Why others can't be taken over, a sentence each."""


class Syncing:
    """The marks and papers of an open library, for syncing."""

    def __init__(
        self,
        catalogue: Catalogue,
        marks: MarkStore,
        before_mark: Callable[[], None],
        take_in: Callable[[Iterable[Item]], object],
    ) -> None:
        """`before_mark` is called before anything is taken over; `take_in` takes papers in."""
        self._catalogue = catalogue
        self._marks = marks
        self._before_mark = before_mark
        self._take_in = take_in

    def standing(self, folder: str) -> Standing:
        """How far `folder` is known. Raises `LibraryReadOnly` where nothing can be taken over."""
        if why := self._marks.database.read_only or self._catalogue.database.read_only:
            raise LibraryReadOnly(why)
        with self._marks.database.reading() as connection:
            heard, own = Heard(connection, folder), self._marks.exchange.own()
            told = {machine: heard.told(machine) for machine in own}
            return Standing(own[-1], frozenset(own), heard.places(), told)

    def take_over(self, folder: str, file: str, entries: Sequence[Entry], place: Place) -> Taken:
        """Take over what a file says up to `place`. Entries that can't be are left out, each.

        Papers that are not here come with their marks, as far as the entries tell of them.
        """
        self._before_mark()
        entries = self._met(entries)
        database = self._marks.database
        before = self._count()
        refused: list[str] = []
        with database.transaction() as connection:
            try:
                self._apply(entries)
            except UsageError:
                for entry in entries:
                    try:
                        self._apply([entry])
                    except UsageError as error:
                        refused.append(str(error))
            Heard(connection, folder).note(file, place)
        return Taken(self._count() - before, tuple(dict.fromkeys(refused)))

    def _apply(self, entries: Sequence[Entry]) -> None:
        connection = self._marks.database.connection
        connection.execute("SAVEPOINT entries")
        try:
            self._marks.apply(entries)
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK TO entries")
            raise
        finally:
            if connection.in_transaction:
                connection.execute("RELEASE entries")

    def _count(self) -> int:
        found = self._marks.database.connection.execute("SELECT count(*) FROM entry").fetchone()
        return int(found[0])

    def _met(self, entries: Sequence[Entry]) -> list[Entry]:
        """Take in the papers that are not here; the entries, with what is to be kept of papers.

        Of a paper that has learnt its id, what is told is always news.
        """
        told = {key: text for entry in entries for key, text in entry.subjects}
        renamed = {op.value for entry in entries if entry.kind is Kind.RENAME for op in entry.ops}
        lacking = self._marks.without_subject(list(told)) | renamed
        known = self._catalogue.current_keys(told).keys() - renamed
        records = {key: _read(told[key]) for key in told if key in lacking or key not in known}
        self._take_in(one for key, some in records.items() if key not in known for one in some)
        kept = {
            key: marking.subject_of(some[0].paper) if some else told[key]
            for key, some in records.items()
            if key in lacking
        }
        return [
            replace(entry, subjects=tuple((k, kept[k]) for k, _ in entry.subjects if k in kept))
            for entry in entries
        ]

    def settle(self) -> None:
        """Bring what came together with its papers."""
        with translated("library", self._catalogue.database.path):
            if facts.stray_keys(self._catalogue.database.connection):
                marking.reconcile(self._catalogue, self._marks, self._take_in)
            editing.follow(self._catalogue)

    def missing(self) -> dict[str, int]:
        """By the names of machines: how many entries are not here, though later ones are."""
        return self._marks.exchange.missing()

    # What goes out

    def to_tell(self, machine: str, above: int, most: int, enough: int) -> list[Entry]:
        """The first entries of a machine with numbers above one, with all there is of papers.

        They are at most so many, and no more follow once they have `enough` writes.
        """
        told: list[Entry] = []
        writes = 0
        for entry in self._marks.exchange.entries_of(machine, above, most):
            told.append(replace(entry, subjects=tuple(self._whole(entry.subjects))))
            writes += len(entry.ops)
            if writes >= enough:
                break
        return told

    def _whole(self, subjects: Collection[tuple[str, str]]) -> Iterable[tuple[str, str]]:
        found = self._catalogue.papers(self._catalogue.ids_named([key for key, _ in subjects]))
        lines = {
            one.paper.key: exported.line(exported.full_record(one.paper.as_told, Marks()))
            for one in found.values()
        }
        return ((key, lines.get(key, text)) for key, text in subjects)

    def note_told(self, folder: str, told: dict[str, int], places: dict[str, Place]) -> None:
        """The entries of these machines are in `folder`, up to these numbers.

        Its files of these `places` need not be read up to there.
        """
        with self._marks.database.transaction() as connection:
            heard = Heard(connection, folder)
            for machine, upto in told.items():
                heard.note_told(machine, upto)
            for file, place in places.items():
                heard.note(file, place)


def _read(text: str) -> list[Record]:
    from paperterm.sources import jsonl

    items = jsonl.read(iter([text.encode()]), Context("a shared folder"))
    return [replace(item, marks=Marks()) for item in items if isinstance(item, Record)]
