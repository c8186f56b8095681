"""Taking papers in: a stream cut into batches, and never touching a reader's marks."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from paperterm.library.batch import Batch
from paperterm.library.reading import Reading
from paperterm.library.taking_over import TakingOver
from paperterm.model.journal import IMPORT, Kind
from paperterm.model.marks import Change
from paperterm.model.paper import Paper
from paperterm.model.record import Beside, Item, Passed, Place, Record, Refusal, Remark
from paperterm.storage import came
from paperterm.storage.catalogue import Catalogue
from paperterm.storage.marks import MarkStore

_BATCH = 500
"""Records a transaction: large enough to be quick, small enough that nobody waits long for it."""
_MOST_ITEMS = 100_000
"""Lines that are passed over until it is written down how far that was."""


@dataclass(slots=True)
class Tally:
    """What became of a stream of records."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    marked: int = 0
    """Papers whose marks came along with them."""
    passed: int = 0
    """Records that were not asked for."""
    restored: bool = False
    """Whether the library became the one that was read: that is no entry of its journal."""
    entries: int = 0
    """Entries of another library's journal that were not here."""
    followed: int = 0
    """Papers whose marks came with those."""
    wanted: Callable[[Paper], bool] | None = None
    """Says of a paper that is not in the library whether it is to be; None lets all in."""
    left_out: set[str] = field(default_factory=set)
    """The keys of papers that were not let in."""
    label: str = ""
    """What the journal is to call all that came in; empty when it is not to tell of that."""
    unasked: bool = False
    """Whether it came by itself, so that it is not what the reader did last."""
    name: str = field(default_factory=partial(secrets.token_hex, 8))
    """What the catalogue knows it by."""
    refused: list[Refusal] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def taken(self) -> int:
        """Records that are in the library now."""
        return self.new + self.updated + self.unchanged

    @property
    def met(self) -> int:
        """Records that were there, whatever became of them."""
        return self.taken + self.passed + len(self.refused)


def add(
    catalogue: Catalogue,
    marks: MarkStore,
    items: Iterable[Item],
    subject_of: Callable[[Paper], str],
    tally: Tally,
    over: TakingOver,
    reading: Reading | None = None,
) -> Tally:
    """Take in a stream, a batch a transaction; `tally` is kept up as it goes.

    When an error or an interrupt ends the stream, what was read before it is in, whole, and how
    far that was is remembered of a `reading`. Marks that came with a record are taken only for a
    paper that was not met before (or on the starter shelf only), and of which the reader has
    never said anything. What comes beside papers is taken `over`.
    """
    stream = _Stream(catalogue, marks, subject_of, tally, over, reading)
    try:
        for item in items:
            stream.take(item)
    except BaseException:
        stream.flush()
        raise
    stream.flush(last=True)
    return tally


class _Stream:
    """A stream of items being cut into batches."""

    def __init__(
        self,
        catalogue: Catalogue,
        marks: MarkStore,
        subject_of: Callable[[Paper], str],
        tally: Tally,
        over: TakingOver,
        reading: Reading | None,
    ) -> None:
        self._catalogue = catalogue
        self._marks = marks
        self._subject_of = subject_of
        self._tally = tally
        self._over = over
        self._reading = reading
        self._beside: list[Beside] = []
        self._batch: list[Record] = []
        self._items = 0
        """Since the last batch."""
        self._place: Place | None = None
        """How far the stream has been read, if not just as far as the last batch."""

    def take(self, item: Item) -> None:
        """Take in one item, now or with those after it."""
        match item:
            case Record():
                self._batch.append(item)
            case Beside():
                self._beside.append(item)
            case Refusal():
                self._tally.refused.append(item)
            case Passed():
                self._tally.passed += 1
            case Remark(text):
                self._tally.remarks.append(text)
                return
        if item.end:
            self._place = Place(item.end, item.line)
        self._items += 1
        if max(len(self._batch), len(self._beside)) >= _BATCH or self._items >= _MOST_ITEMS:
            self.flush()

    def flush(self, *, last: bool = False) -> None:
        """Write the batch, and how far it reaches; `last` says that nothing comes after it."""
        # What can't be written is given up, and its place first, even if a second Ctrl-C comes
        # right here: what is remembered must never be ahead of what is in.
        place, self._place = self._place, None
        records, self._batch = self._batch, []
        self._items = 0
        beside, self._beside = self._beside, []
        self._take_over(beside)
        remembered = self._reading if place or last else None
        if not records and not remembered:
            return
        with self._catalogue.database.transaction():
            batch = self._taken(records) if records else None
            marked = _carry_marks(self._marks, batch, self._subject_of, self._tally) if batch else 0
            if remembered and last:
                remembered.forget(self._catalogue)
            elif remembered and place:
                remembered.keep(self._catalogue, place)
        if batch:
            self._tally.new += batch.new
            self._tally.updated += batch.updated
            self._tally.unchanged += batch.unchanged
            self._tally.left_out |= batch.left_out
            self._tally.marked += marked

    def _take_over(self, beside: list[Beside]) -> None:
        self._tally.refused += self._over.take(beside)
        self._tally.restored = self._over.restored
        self._tally.entries = self._over.entries

    def _taken(self, records: list[Record]) -> Batch:
        added = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        revision = self._catalogue.next_revision()
        batch = Batch(self._catalogue, records, added, revision, self._tally.wanted)
        connection = self._catalogue.database.connection
        known = batch.papers.keys() - batch.added
        back = False
        if not self._tally.restored:
            back = came.meet(connection, known, self._tally.name)
            if self._tally.label:
                came.note(connection, batch.added, self._tally.name)
        self._over.note(batch.pasts, batch.added)
        if not batch.new and not batch.updated and not back:
            self._catalogue.set_meta("revision", str(revision - 1))
        return batch


def book(marks: MarkStore, tally: Tally) -> None:
    """Write down in the journal what came in with `tally`, as one entry."""
    papers = "1 new paper" if tally.new == 1 else f"{tally.new:,} new papers"
    kind = Kind.ARRIVAL if tally.unasked else Kind.IMPORT
    with marks.database.transaction():
        marks.record_import(tally.name, kind, f"{tally.label}: {papers}", tally.new)


def _carry_marks(
    marks: MarkStore, batch: Batch, subject_of: Callable[[Paper], str], tally: Tally
) -> int:
    """Let the marks follow their papers; returns how many papers got marks that came along.

    They are committed before the catalogue is: a crash between the two leaves marks that know
    their paper by a name it is about to get, which `marking.reconcile` sorts out.
    """
    claims = [
        (batch.papers[paper_id], claim)
        for paper_id, claim in batch.claims.items()
        if paper_id in batch.first_met
    ]
    if not claims and not batch.renamed:
        return 0
    with marks.database.transaction():
        better = {paper.key: subject_of(paper) for _, paper in batch.renamed}
        marks.rename([(old, paper.key) for old, paper in batch.renamed], better)
        # A paper without marks may be one whose marks the reader has taken away.
        wanted = {p.key: (p, claim) for p, claim in claims if not marks.subject(p.key)}
        changes = [
            Change(
                key,
                claim.bookmarked or None,
                claim.read or None,
                add=claim.tags,
                note=claim.note or None,
                archived=claim.archived or None,
                later=claim.later,
            )
            for key, (_, claim) in wanted.items()
        ]
        if not changes:
            return 0
        subjects = {key: subject_of(paper) for key, (paper, _) in wanted.items()}
        kind, target = (Kind.PART, IMPORT + tally.name) if tally.label else (Kind.DO, "")
        return len(marks.record(changes, "import of marks", subjects, kind, target))
