"""The papers of one batch: who is who among them and those in the catalogue, and merging."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce

from paperterm.library.known import Held, Known
from paperterm.model.ids import title_key
from paperterm.model.marks import Marks
from paperterm.model.merge import merge, normalised
from paperterm.model.paper import Paper
from paperterm.model.record import Past, Record
from paperterm.storage.catalogue import Catalogue

STARTER = "starter"
"""The source whose papers count as not yet met."""


class Batch:
    """One transaction of taking in; the work is done when it has been made."""

    def __init__(
        self,
        catalogue: Catalogue,
        records: Sequence[Record],
        added: str,
        revision: int,
        wanted: Callable[[Paper], bool] | None = None,
    ) -> None:
        """`wanted` says of a paper that the catalogue has not whether it is to be there."""
        self.new = self.updated = self.unchanged = 0
        self.left_out: set[str] = set()
        """The keys of those that were not wanted."""
        self.papers: dict[int, Paper] = {}
        """Those that were met, as they are now."""
        self.claims: dict[int, Marks] = {}
        """The marks that came with them."""
        self.first_met: set[int] = set()
        self.added: set[int] = set()
        """Those that are new in the catalogue."""
        self.pasts: dict[int, Past] = {}
        """How they stood where they come from."""
        self.renamed: list[tuple[str, Paper]] = []
        """Keys that are no longer the key of a paper, and the paper as it is now."""
        papers = [normalised(record.paper) for record in records]
        self._wanted = wanted
        self._known = Known(catalogue, papers, added, revision)
        for record, paper in zip(records, papers, strict=True):
            self._take(paper, record.marks, record.past)
        self._known.write()

    def _take(self, paper: Paper, marks: Marks, past: Past) -> None:
        """Add or merge one paper."""
        if same := self._same(paper):
            paper_id = self._merge(paper, same)
        elif self._wanted is not None and not self._wanted(paper):
            self.left_out.add(paper.key)
            return
        else:
            paper_id = self._known.add(paper, past.added)
            self.papers[paper_id] = paper
            self.first_met.add(paper_id)
            self.added.add(paper_id)
            self.new += 1
        if marks:
            self.claims.setdefault(paper_id, marks)
        if past.added:
            self.pasts.setdefault(paper_id, past)

    def _merge(self, paper: Paper, same: list[Held]) -> int:
        """Make one paper of a record and of what was known of it; returns its id."""
        kept, *others = same
        merged = paper if paper == kept.paper else merge(paper, kept.paper)
        merged = reduce(merge, (other.paper for other in others), merged)
        self.papers[kept.id] = merged
        if all(one.id in self.first_met or one.paper.sources == (STARTER,) for one in same):
            self.first_met.add(kept.id)
        else:
            self.first_met.discard(kept.id)
        if not others and merged == kept.paper:
            self.unchanged += 1
            return kept.id
        for other in others:
            self._known.absorb(kept.id, other.id)
            self.added.discard(other.id)
            if claim := self.claims.pop(other.id, None):
                self.claims.setdefault(kept.id, claim)
        self._known.replace(kept.id, merged, min(one.added for one in same))
        self.updated += 1
        old = [one.paper.key for one in same if one.paper.key != merged.key]
        self.renamed.extend((key, merged) for key in old)
        return kept.id

    def _same(self, paper: Paper) -> list[Held]:
        """The papers of the catalogue's that `paper` is, oldest first."""
        strong = [name for name in (_arxiv(paper), _doi(paper)) if name]
        by_id = self._known.named(*strong)
        by_title = self._known.named(title_key(paper.title))
        same: list[Held] = []
        joined = paper
        for candidate in {one.id: one for one in by_id + by_title}.values():
            if can_be_one(joined, candidate.paper):
                same.append(candidate)
                joined = merge(joined, candidate.paper)
                if not strong:
                    break
        return sorted(same, key=lambda one: one.id)


def _arxiv(paper: Paper) -> str:
    return f"arxiv:{paper.arxiv_id}" if paper.arxiv_id else ""


def _doi(paper: Paper) -> str:
    return f"doi:{paper.doi}" if paper.doi else ""


def can_be_one(first: Paper, second: Paper) -> bool:
    """Whether nothing says that these are two papers: one title may stand on several."""
    if first.arxiv_id and second.arxiv_id:
        return first.arxiv_id == second.arxiv_id
    return not (first.doi and second.doi and first.doi != second.doi)
