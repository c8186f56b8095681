"""Taking papers in: settling who is who, merging, and never touching a reader's marks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce

from paperterm.model.ids import title_key
from paperterm.model.marks import Change, Marks
from paperterm.model.merge import merge, normalised
from paperterm.model.paper import Paper
from paperterm.model.record import Item, Record, Refusal, Remark
from paperterm.storage.catalogue import Catalogue
from paperterm.storage.marks import MarkStore
from paperterm.storage.rows import Stored

STARTER = "starter"
"""The source whose papers count as not yet met."""
_BATCH = 500
"""Records a transaction: large enough to be quick, small enough that a mark never waits long."""


@dataclass(slots=True)
class Tally:
    """What became of a stream of records."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    marked: int = 0
    """Papers whose marks came along with them."""
    refused: list[Refusal] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def taken(self) -> int:
        """Records that are in the library now."""
        return self.new + self.updated + self.unchanged


def add(
    catalogue: Catalogue,
    marks: MarkStore,
    items: Iterable[Item],
    subject_of: Callable[[Paper], str],
    tally: Tally,
) -> Tally:
    """Take in a stream, a batch a transaction; `tally` is kept up as it goes.

    When an error or an interrupt ends the stream, what was read before it is in, whole. Marks
    that came with a record are taken only for a paper that was not met before (or on the
    starter shelf only), and of which the reader has never said anything.
    """
    batch: list[Record] = []

    def flush() -> None:
        ready, batch[:] = list(batch), []
        if ready:
            _add_batch(catalogue, marks, ready, subject_of, tally)

    try:
        for item in items:
            match item:
                case Record():
                    batch.append(item)
                case Refusal():
                    tally.refused.append(item)
                case Remark(text):
                    tally.remarks.append(text)
            if len(batch) >= _BATCH:
                flush()
    finally:
        flush()
    return tally


def _add_batch(
    catalogue: Catalogue,
    marks: MarkStore,
    batch: Sequence[Record],
    subject_of: Callable[[Paper], str],
    tally: Tally,
) -> None:
    added = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    counts = Tally()
    with catalogue.database.transaction():
        run = _Run(catalogue, added, catalogue.next_revision(), counts)
        for record in batch:
            run.take(record)
        # The marks are committed first: a crash between the two commits leaves marks that know
        # their paper by a name it is about to get, which `marking.reconcile` sorts out.
        _carry_marks(marks, run, subject_of)
        if not counts.new and not counts.updated:
            catalogue.set_meta("revision", str(run.revision - 1))
    for name in ("new", "updated", "unchanged", "marked"):
        setattr(tally, name, getattr(tally, name) + getattr(counts, name))


class _Run:
    """One transaction of taking in."""

    def __init__(self, catalogue: Catalogue, added: str, revision: int, counts: Tally) -> None:
        self.catalogue = catalogue
        self.added = added
        self.revision = revision
        self.counts = counts
        self.papers: dict[int, Paper] = {}
        """Those that were met, as they are now."""
        self.claims: dict[int, Marks] = {}
        """The marks that came with them."""
        self.first_met: set[int] = set()
        self.renamed: list[tuple[str, Paper]] = []
        """Keys that are no longer the key of a paper, and the paper as it is now."""

    def take(self, record: Record) -> None:
        """Add or merge one record."""
        paper = normalised(record.paper)
        if known := self._same(paper):
            paper_id = self._merge(paper, known)
        else:
            paper_id = self.catalogue.insert(paper, self.added, self.revision)
            self.papers[paper_id] = paper
            self.first_met.add(paper_id)
            self.counts.new += 1
        if record.marks:
            self.claims.setdefault(paper_id, record.marks)

    def _merge(self, paper: Paper, known: list[Stored]) -> int:
        """Make one paper of a record and of what was known of it; returns its id."""
        kept, *others = known
        merged = reduce(merge, (stored.paper for stored in known), paper)
        self.papers[kept.id] = merged
        if all(one.id in self.first_met or one.paper.sources == (STARTER,) for one in known):
            self.first_met.add(kept.id)
        else:
            self.first_met.discard(kept.id)
        if not others and merged == kept.paper:
            self.counts.unchanged += 1
            return kept.id
        for other in others:
            self.catalogue.absorb(kept.id, other.id, self.revision)
            if claim := self.claims.pop(other.id, None):
                self.claims.setdefault(kept.id, claim)
        added = min(stored.added for stored in known)
        self.catalogue.replace(kept.id, merged, added, self.revision)
        self.counts.updated += 1
        old = [one.paper.key for one in known if one.paper.key != merged.key]
        self.renamed.extend((key, merged) for key in old)
        return kept.id

    def _same(self, paper: Paper) -> list[Stored]:
        """The stored papers that `paper` is, oldest first."""
        strong = [name for name in (_arxiv(paper), _doi(paper)) if name]
        by_id = self.catalogue.ids_named(strong) if strong else []
        by_title = self.catalogue.ids_named([title_key(paper.title)])
        stored = self.catalogue.papers(list(dict.fromkeys(by_id + by_title)))
        same: list[Stored] = []
        joined = paper
        for paper_id in dict.fromkeys(by_id + by_title):
            candidate = stored[paper_id]
            if _can_be_one(joined, candidate.paper):
                same.append(candidate)
                joined = merge(joined, candidate.paper)
                if not strong:
                    break
        return sorted(same, key=lambda one: one.id)


def _arxiv(paper: Paper) -> str:
    return f"arxiv:{paper.arxiv_id}" if paper.arxiv_id else ""


def _doi(paper: Paper) -> str:
    return f"doi:{paper.doi}" if paper.doi else ""


def _can_be_one(first: Paper, second: Paper) -> bool:
    """Whether nothing says that these are two papers: one title may stand on several."""
    if first.arxiv_id and second.arxiv_id:
        return first.arxiv_id == second.arxiv_id
    return not (first.doi and second.doi and first.doi != second.doi)


def _carry_marks(marks: MarkStore, run: _Run, subject_of: Callable[[Paper], str]) -> None:
    claims = [
        (run.papers[paper_id], claim)
        for paper_id, claim in run.claims.items()
        if paper_id in run.first_met
    ]
    if not claims and not run.renamed:
        return
    with marks.database.transaction():
        for old, paper in run.renamed:
            marks.rename(old, paper.key, subject_of(paper))
        # A paper without marks may be one whose marks the reader has taken away.
        wanted = {p.key: (p, claim) for p, claim in claims if not marks.subject(p.key)}
        changes = [
            Change(
                key,
                claim.bookmarked or None,
                claim.read or None,
                add=claim.tags,
                note=claim.note or None,
            )
            for key, (_, claim) in wanted.items()
        ]
        if changes:
            subjects = {key: subject_of(paper) for key, (paper, _) in wanted.items()}
            run.counts.marked += len(marks.record(changes, "import of marks", subjects))
