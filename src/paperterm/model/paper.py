"""A paper, as the field speaks of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from paperterm.model import ids


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where a paper was met: a source, and the day of its page when it has days."""

    source: str
    day: dt.date | None = None
    position: int = 0
    """Its place on that page, from 0; pages rank, so the order says something."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What is known of a paper from outside. Text is raw: see `model.text` before showing it."""

    title: str
    abstract: str = ""
    abstract_is_summary: bool = False
    """True when `abstract` is paperterm's own summary, standing in until the abstract arrives."""
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    """How many authors it has, which may be more than are named in `authors`."""
    published: dt.date | None = None
    year_assumed: bool = False
    """True when the source told the day of `published` and its year had to be worked out."""
    comments: int | None = None
    upvotes: int | None = None
    arxiv_id: str | None = None
    """Canonical, without version: see `ids.parse_arxiv_id`."""
    doi: str | None = None
    """Canonical, lower case; never an arXiv DOI: that is an arXiv id."""
    link: str | None = None
    """An https address of its own, for a paper that arXiv does not have."""
    categories: tuple[str, ...] = ()
    code: str | None = None
    """The web address of its repository."""
    project: str | None = None
    """The web address of a page its authors have made for it."""
    venue: str | None = None
    """The journal or conference that published it, in the words of whoever told it."""
    updated: dt.date | None = None
    """The day of its last revision."""
    submitter: str | None = None
    """Who put it on Daily Papers."""
    ai_summary: str = ""
    """What a model of Hugging Face's makes of it, in a sentence or two."""
    keywords: tuple[str, ...] = ()
    """What that model says it is about."""
    sightings: tuple[Sighting, ...] = ()
    told: Paper | None = None
    """What services tell of it, where its reader has edited it: see `model.edits`."""

    @property
    def as_told(self) -> Paper:
        """The same without the reader's edits."""
        return self.told or self

    @property
    def key(self) -> str:
        """The name a reader's marks hang on, derivable from what services tell of the paper."""
        if self.told:
            return self.told.key
        if self.arxiv_id:
            return f"arxiv:{self.arxiv_id}"
        if self.doi:
            return f"doi:{self.doi}"
        return ids.title_key(self.title)

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of the sources that have shown it, in alphabetical order."""
        return tuple(sorted({sighting.source for sighting in self.sightings}))

    @property
    def day(self) -> dt.date | None:
        """The last day a page listed it, or None when no page with days has."""
        return max((s.day for s in self.sightings if s.day), default=None)

    @property
    def url(self) -> str:
        """The best link there is; for a paper whose id is unknown, a search for its title."""
        if self.arxiv_id:
            return ids.arxiv_url(self.arxiv_id)
        if self.link:
            return self.link
        if self.doi:
            return ids.doi_url(self.doi)
        return ids.huggingface_search_url(self.title)

    @property
    def huggingface_url(self) -> str:
        """Its Hugging Face page, or the search for its title while its id is unknown."""
        if self.arxiv_id:
            return ids.huggingface_url(self.arxiv_id)
        return ids.huggingface_search_url(self.title)
