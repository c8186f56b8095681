"""A digest: what is new, by saved search, feed and day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from paperterm.model.marks import Marks
from paperterm.model.paper import Paper


class Part(StrEnum):
    """What the papers of a section have in common."""

    SEARCH = "search"
    """A saved search finds them."""
    FEED = "feed"
    """A feed has shown them."""
    OTHER = "other"
    """They were imported, or added by name."""


@dataclass(frozen=True, slots=True)
class Item:
    """A paper of a digest. Its texts are raw: see `model.text`."""

    paper: Paper
    marks: Marks
    also: tuple[str, ...] = ()
    """Saved searches that find it, besides the one it stands under."""


@dataclass(frozen=True, slots=True)
class Section:
    """Some papers, the best first."""

    part: Part
    name: str
    """Of the search or the feed; clean."""
    items: tuple[Item, ...]
    day: dt.date | None = None
    """The day of the feed's page, where it has days."""
    more: int = 0
    """How many there are besides."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What is new, and what is wrong meanwhile."""

    day: dt.date
    since: str
    """Since when, in words: ``since the last digest``."""
    new: int
    """How many papers are new, those that are not listed included."""
    sections: tuple[Section, ...] = ()
    troubles: tuple[str, ...] = ()
    """What is wrong with feeds and searches, a clean line each: then new papers may be missing."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell at all."""
        return not self.new and not self.troubles
