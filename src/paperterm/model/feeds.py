"""Feeds: what can be fetched again and again, and how a reader spells it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from paperterm.errors import UsageError
from paperterm.model.ids import safe_link
from paperterm.model.text import shown

LONGEST_QUESTION = 250
"""Characters of a query or a search; Hugging Face takes no more."""
MOST_CATEGORIES = 20

# cs.CL, math.AG, hep-th, q-bio.NC, cond-mat.mes-hall, physics.data-an.
_CATEGORY = re.compile(r"[a-z]{1,10}(?:-?[a-z]{1,10})(?:\.[A-Za-z-]{2,12})?", re.ASCII)


class FeedKind(StrEnum):
    """Whose list a feed is, and how it is asked for."""

    DAILY = "daily-papers"
    """Hugging Face's Daily Papers, a page a day."""
    ARXIV_LIST = "arxiv"
    """What arXiv announces in some categories, a list a day."""
    ARXIV_QUERY = "arxiv-query"
    """What arXiv's search finds, the newest first."""
    HF_SEARCH = "hf-search"
    """What Hugging Face's search finds."""
    WEB = "web"
    """An RSS or Atom feed of anybody's."""

    @property
    def label(self) -> str:
        """What it is, in a few words."""
        return _LABELS[self]


_LABELS = {
    FeedKind.DAILY: "Hugging Face Daily Papers",
    FeedKind.ARXIV_LIST: "arXiv categories",
    FeedKind.ARXIV_QUERY: "arXiv query",
    FeedKind.HF_SEARCH: "Hugging Face search",
    FeedKind.WEB: "web feed",
}


@dataclass(frozen=True, slots=True)
class Feed:
    """Something that is fetched again."""

    kind: FeedKind
    about: str = ""
    """Categories joined by ``+``, the text of a query or search, or an address."""

    @property
    def name(self) -> str:
        """How it is spelled; also the name of this source in sightings."""
        match self.kind:
            case FeedKind.DAILY:
                return self.kind.value
            case FeedKind.WEB:
                return self.about
            case _:
                return f"{self.kind.value}:{self.about}"


DAILY = Feed(FeedKind.DAILY)
"""The feed that every reader begins with."""


def parse_feed(text: str) -> Feed:
    """The feed that `text` spells. Raises `UsageError` with what may be spelled."""
    text = " ".join(text.split())
    kind, colon, about = text.partition(":")
    kind, about = kind.lower(), about.strip()
    if kind == FeedKind.DAILY and not colon:
        return DAILY
    if kind == FeedKind.ARXIV_LIST and about:
        return Feed(FeedKind.ARXIV_LIST, _categories(about))
    if kind in (FeedKind.ARXIV_QUERY, FeedKind.HF_SEARCH) and about:
        return Feed(FeedKind(kind), _question(about))
    if kind in ("http", "https"):
        return Feed(FeedKind.WEB, _address(text))
    raise UsageError(
        f"{shown(text)[:100] or 'Nothing'!r} is no feed; a feed is daily-papers, arxiv:CATEGORIES "
        "(as arxiv:cs.CL+cs.AI), arxiv-query:TEXT, hf-search:TEXT or the https address of an RSS "
        "or Atom feed."
    )


def _categories(text: str) -> str:
    names = dict.fromkeys(name for name in re.split(r"[+,\s]+", text) if name)
    for name in names:
        if not _CATEGORY.fullmatch(name):
            raise UsageError(f"{shown(name)[:40]!r} does not look like an arXiv category (cs.CL).")
    if not 0 < len(names) <= MOST_CATEGORIES:
        raise UsageError(f"A feed is of 1 to {MOST_CATEGORIES} arXiv categories.")
    return "+".join(names)


def _question(text: str) -> str:
    if len(text) > LONGEST_QUESTION or shown(text) != text:
        raise UsageError(
            f"The text of a feed is at most {LONGEST_QUESTION} plain characters on one line."
        )
    return text


def _address(text: str) -> str:
    link = safe_link(text)
    secure = text.lower().startswith("https://")
    here = re.match(r"http://(?:localhost|127\.0\.0\.1|\[::1\])[:/]", text, re.IGNORECASE)
    if link is None or not (secure or here):
        raise UsageError("The address of a feed has to be a plain https:// one.")
    return link
