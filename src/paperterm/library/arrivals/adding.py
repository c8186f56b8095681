"""Adding papers by name: ids, addresses, DOIs and titles, one or a whole paste of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from itertools import groupby

from paperterm.errors import PapertermError, SourceError, WebError
from paperterm.library.arrivals import arxiv, crossref
from paperterm.library.arrivals.outcome import Step, Told
from paperterm.library.arrivals.post import Errand
from paperterm.library.arrivals.seeking import seek
from paperterm.library.arrivals.wants import By, Want
from paperterm.library.door import Library
from paperterm.library.hands import Hands
from paperterm.library.intake import Tally
from paperterm.model.ids import title_key
from paperterm.model.merge import normalised
from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Record

SOURCE = "added"
"""The name of this source in sightings."""

_TRIES = 3
"""How often arXiv is asked again without the ids that it has complained of."""


class Became(StrEnum):
    """What became of a want."""

    NEW = "new"
    KNOWN = "known"
    """It was in the library already; what more was found out of it is there, too."""
    NOT_FOUND = "not found"
    DOUBTFUL = "doubtful"
    """Papers were found that it may be, and none was taken."""
    FAILED = "failed"
    """Nobody could be asked, so nothing is known of it."""


@dataclass(frozen=True, slots=True)
class Added:
    """A want, and what became of it."""

    want: Want
    became: Became
    key: str = ""
    """The paper's, when it is in the library now."""
    why: str = ""
    """What is to be known besides, a sentence."""
    doubtful: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class Adding:
    """Adds papers."""

    errand: Errand
    hands: Hands
    told: Told
    tally: Tally = field(default_factory=partial(Tally, label="papers added by name"))

    def add(self, wants: Sequence[Want]) -> Iterator[Added]:
        """Add the papers that are wanted; what became of each, as it is known.

        Papers on arXiv come first, a hundred in one request, then the others in their order. A
        paper is in the library when it is told of. Raises `Cancelled` and `LibraryError`.
        """
        ordered = sorted(wants, key=lambda want: want.by is not By.ARXIV)
        done = 0
        for on_arxiv, group in groupby(ordered, lambda want: want.by is By.ARXIV):
            several = list(group)
            size = arxiv.MOST_IDS if on_arxiv else 1
            for start in range(0, len(several), size):
                batch = several[start : start + size]
                self.told(Step("", done, len(wants), batch[0].value if size == 1 else ""))
                yield from self._on_arxiv(batch) if on_arxiv else [self._other(batch[0])]
                done += len(batch)

    def _on_arxiv(self, batch: Sequence[Want], tries: int = _TRIES) -> Iterator[Added]:
        try:
            feed = arxiv.by_ids(self.errand, [want.value for want in batch])
        except SourceError as error:
            # An id that arXiv takes for none keeps it from telling of the others.
            good = [want for want in batch if want.value not in str(error)]
            if tries and good and len(good) < len(batch):
                bad = [want for want in batch if want not in good]
                yield from (Added(want, Became.NOT_FOUND, why=str(error)) for want in bad)
                yield from self._on_arxiv(good, tries - 1)
            else:
                yield from (self._failed(want, f"arxiv:{want.value}", error) for want in batch)
            return
        except WebError as error:
            yield from (self._failed(want, f"arxiv:{want.value}", error) for want in batch)
            return
        papers = (item.paper for item in feed.items if isinstance(item, Record))
        found = {paper.arxiv_id: paper for paper in papers}
        wanted = [paper for want in batch if (paper := found.get(want.value))]
        known = self.take(wanted)
        for want in batch:
            if want.value in found:
                yield _added(want, found[want.value], known)
            else:
                yield Added(want, Became.NOT_FOUND, why=f"arXiv has no paper {want.value}.")

    def _other(self, want: Want) -> Added:
        match want.by:
            case By.DOI:
                return self._by_doi(want)
            case By.TITLE:
                return self._by_title(want)
            case _:
                why = "That is neither an id nor an address nor a title of a paper."
                return Added(want, Became.NOT_FOUND, why=why)

    def _by_doi(self, want: Want) -> Added:
        try:
            paper = crossref.by_doi(self.errand, want.value, SOURCE)
        except (WebError, SourceError) as error:
            return self._failed(want, f"doi:{want.value}", error)
        if paper is None:
            return Added(want, Became.NOT_FOUND, why=f"Crossref has no DOI {want.value}.")
        return _added(want, paper, self.take([paper]))

    def _by_title(self, want: Want) -> Added:
        here = self.hands(lambda library: _with_id(library, want.value))
        if here:
            return Added(want, Became.KNOWN, here)
        sought = seek(self.errand, Paper(want.value), SOURCE)
        if sought.sure:
            return _added(want, sought.sure, self.take([sought.sure]))
        if sought.doubtful:
            why = "No paper has just this title; these are near."
            return Added(want, Became.DOUBTFUL, why=why, doubtful=sought.doubtful)
        if sought.error:
            return self._failed(want, title_key(want.value), sought.error)
        why = "Neither Hugging Face nor arXiv has found a paper of this title."
        return Added(want, Became.NOT_FOUND, why=why)

    def _failed(self, want: Want, key: str, error: PapertermError) -> Added:
        """Nobody could be asked; but it may be here."""
        if self.hands(lambda library: library.ids_of([key])):
            return Added(want, Became.KNOWN, key, f"{error} It is in the library already.")
        return Added(want, Became.FAILED, why=f"{error} Nothing was kept.")

    def take(self, papers: Iterable[Paper]) -> frozenset[str]:
        """Take in `papers`; the keys of those that were in the library before."""
        wanted = [replace(paper, sightings=(Sighting(SOURCE),)) for paper in papers]

        def work(library: Library) -> frozenset[str]:
            keys = [normalised(paper).key for paper in wanted]
            titles = [title_key(paper.title) for paper in wanted]
            known = [
                key for key, title in zip(keys, titles, strict=True) if library.ids_of([key, title])
            ]
            library.add(map(Record, wanted), self.tally)
            return frozenset(known)

        return self.hands(work) if wanted else frozenset()


def _added(want: Want, paper: Paper, known: frozenset[str]) -> Added:
    key = normalised(paper).key
    return Added(want, Became.KNOWN if key in known else Became.NEW, key)


def _with_id(library: Library, title: str) -> str:
    """The key of the paper of this title, if it is here with its id."""
    entries = library.entries(library.ids_of([title_key(title)])[:1])
    return next((one.paper.key for one in entries if one.paper.arxiv_id or one.paper.doi), "")
