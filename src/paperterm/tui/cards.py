"""Papers made ready to be shown: cleaned, abbreviated, with what the search hit marked.

Made in a worker thread; the interface only paints them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len

from paperterm.library.settings import Link
from paperterm.library.view import Entry
from paperterm.library.when import today
from paperterm.model.marks import Marks
from paperterm.model.paper import Paper
from paperterm.model.pattern import Patterns
from paperterm.model.query import Field
from paperterm.model.tags import Colours
from paperterm.model.text import shown, shown_lines, shown_text
from paperterm.model.wording import counted as counted
from paperterm.model.wording import date_text as date_text
from paperterm.model.wording import day_text as day_text
from paperterm.model.wording import surname

if TYPE_CHECKING:
    from paperterm.library.door import Library

Spans = tuple[tuple[int, int], ...]
_BETWEEN = ", "
_AUTHORS_SHOWN = 24
"""Authors named in the abstract pane; a paper may have thousands."""
_KEYWORDS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Card:
    """What the list shows of a paper."""

    id: int
    key: str
    title: str
    title_hits: Spans
    byline: str
    date: str
    comments: int | None
    upvotes: int | None
    tags: tuple[str, ...]
    bookmarked: bool
    read: bool
    colours: tuple[str, ...] = ()
    """The names of its tags' colours."""
    snippet: str = ""
    """What of the abstract matches, or of the authors, when neither title nor byline does."""
    snippet_hits: Spans = ()
    byline_hits: Spans = ()
    archived: bool = False
    later: str = ""
    """Until when it is put off, if that is to come."""
    removed: bool = False

    @property
    def place(self) -> tuple[bool, str, bool]:
        """All that says on which shelves it is, but for what a list bears beside it."""
        return self.archived, self.later, self.removed

    @property
    def is_beyond(self) -> bool:
        """Whether it is not in the library: the world has found it (see `tui.beyond`)."""
        return self.id < 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the abstract pane shows of a paper."""

    id: int
    key: str
    title: str
    title_hits: Spans
    authors: str
    authors_hits: Spans
    facts: tuple[str, ...]
    link: str
    """The address, or what stands in for it."""
    tags: tuple[str, ...]
    bookmarked: bool
    read: bool
    abstract: str
    abstract_hits: Spans
    is_summary: bool
    note: str = ""
    venue: str = ""
    links: tuple[tuple[str, str], ...] = ()
    """Names of further pages, and their addresses."""
    submitter: str = ""
    ai_summary: str = ""
    keywords: tuple[str, ...] = ()
    archived: bool = False
    later: str = ""
    removed: bool = False
    colours: tuple[str, ...] = ()
    """The names of its tags' colours."""
    edited: str = ""
    """Which fields the reader has edited, in a few words."""

    @property
    def is_beyond(self) -> bool:
        """As that of a card."""
        return self.id < 0


def cards(library: Library, ids: Sequence[int], patterns: Patterns, columns: int = 0) -> list[Card]:
    """The cards of these papers, in order; those that are gone are left out.

    `columns` is the room the list has for a snippet, none when it shows none.
    """
    return cards_of(library, library.entries(ids), patterns, columns)


def cards_of(
    library: Library, entries: Sequence[Entry], patterns: Patterns, columns: int = 0
) -> list[Card]:
    """The cards of papers that need not be in the library."""
    colours = library.tagging.colours()
    return [_card(library, entry, patterns, columns, colours) for entry in entries]


def _card(
    library: Library, entry: Entry, patterns: Patterns, columns: int, colours: Colours
) -> Card:
    paper, marks = entry.paper, entry.marks
    title, who = shown(paper.title), byline(paper.authors, paper.author_count)
    title_hits = library.hits_in(title, patterns, Field.TITLE)
    who_hits = _byline_hits(library, who, patterns) if paper.authors else ()
    told = bool(title_hits or who_hits)
    snippet, snippet_hits = _snippet(library, paper, patterns, 0 if told else columns)
    return Card(
        id=entry.id,
        key=paper.key,
        title=title,
        title_hits=title_hits,
        byline=who,
        date=date_text(paper.published),
        comments=paper.comments,
        upvotes=paper.upvotes,
        tags=tuple(shown(tag) for tag in marks.tags),
        bookmarked=marks.bookmarked,
        read=marks.read,
        colours=tuple(map(colours.of, marks.tags)),
        snippet=snippet,
        snippet_hits=snippet_hits,
        byline_hits=who_hits,
        archived=marks.archived,
        later=_later(marks),
        removed=marks.removed,
    )


def _later(marks: Marks) -> str:
    return date_text(marks.later) if marks.later and marks.later > today() else ""


def _byline_hits(library: Library, byline: str, patterns: Patterns) -> Spans:
    names = byline.partition(" +")[0].split(_BETWEEN)
    return library.hits_in_names(names, patterns)


def _snippet(library: Library, paper: Paper, patterns: Patterns, columns: int) -> tuple[str, Spans]:
    found = library.snippet(paper, patterns, columns)
    # A character of many scripts takes two cells: half as many are sure to fit.
    return (
        found if cell_len(found[0]) <= columns else library.snippet(paper, patterns, columns // 2)
    )


def sheet(library: Library, paper_id: int, patterns: Patterns, link: Link) -> Sheet | None:
    """The sheet of one paper, with the link the reader prefers, or None when it is gone."""
    found = library.entries([paper_id])
    return sheet_of(library, found[0], patterns, link) if found else None


def sheet_of(library: Library, entry: Entry, patterns: Patterns, link: Link) -> Sheet:
    """The sheet of a paper that need not be in the library."""
    paper, marks = entry.paper, entry.marks
    title, abstract = shown(paper.title), shown_text(paper.abstract)
    names = [shown(name) for name in paper.authors[:_AUTHORS_SHOWN]]
    return Sheet(
        id=entry.id,
        key=paper.key,
        title=title,
        title_hits=library.hits_in(title, patterns, Field.TITLE),
        authors=_authors(names, max(len(paper.authors), paper.author_count or 0)),
        authors_hits=library.hits_in_names(names, patterns),
        facts=tuple(_facts(entry)),
        link=_link(paper, link),
        tags=tuple(shown(tag) for tag in marks.tags),
        bookmarked=marks.bookmarked,
        read=marks.read,
        edited=_edited(paper),
        abstract=abstract,
        abstract_hits=library.hits_in(abstract, patterns, Field.ABSTRACT),
        is_summary=paper.abstract_is_summary,
        note=shown_lines(marks.note).strip("\n"),
        venue=shown(paper.venue or ""),
        links=_links(paper),
        submitter=shown(paper.submitter or ""),
        ai_summary=shown_text(paper.ai_summary),
        keywords=tuple(filter(None, map(shown, paper.keywords[:_KEYWORDS_SHOWN]))),
        archived=marks.archived,
        later=_later(marks),
        removed=marks.removed,
        colours=tuple(map(library.tagging.colours().of, marks.tags)),
    )


def _edited(paper: Paper) -> str:
    if not paper.told:
        return ""
    from paperterm.model.edits import edited_fields, listed

    return f"{listed(edited_fields(paper)).capitalize()} edited by you"


def _facts(entry: Entry) -> list[str]:
    paper = entry.paper
    told = [f"Published {date_text(paper.published)}" if paper.published else "Date unknown"]
    if paper.updated and paper.updated != paper.published:
        told.append(f"revised {date_text(paper.updated)}")
    if paper.arxiv_id:
        told.append(f"arXiv:{paper.arxiv_id}")
    if paper.doi:
        told.append(f"doi:{shown(paper.doi)}")
    if paper.categories:
        told.append(" ".join(shown(name) for name in paper.categories[:6]))
    if paper.comments is not None:
        told.append(counted(paper.comments, "comment"))
    if paper.upvotes is not None:
        told.append(counted(paper.upvotes, "upvote"))
    # Other feeds have a colon in their names; a day of arXiv's lists is no day of Daily Papers.
    pages = {s.day for s in paper.sightings if s.day and ":" not in s.source}
    if days := sorted(pages, reverse=True):
        told.append("Daily Papers " + ", ".join(date_text(day) for day in days[:3]))
    return told


def _link(paper: Paper, link: Link) -> str:
    if paper.arxiv_id or paper.doi or paper.link:
        return link.of(paper)
    return "arXiv id unknown: the link searches Hugging Face for the title"


def _links(paper: Paper) -> tuple[tuple[str, str], ...]:
    named = (("Code", paper.code), ("Project", paper.project))
    return tuple((name, shown(address)) for name, address in named if address)


def byline(authors: Sequence[str], count: int | None) -> str:
    """``Gu, Dao``, ``Zhang +4``, ``6 authors``: who wrote it, in a few letters."""
    count = max(len(authors), count or 0)
    if not authors:
        return counted(count, "author") if count else ""
    first = surname(authors[0])
    if count == 2 and len(authors) == 2:
        return _BETWEEN.join((first, surname(authors[1])))
    return f"{first} +{count - 1}" if count > 1 else first


def _authors(names: Sequence[str], count: int) -> str:
    if not names:
        return counted(count, "author") if count else "Authors unknown"
    named, unnamed = _BETWEEN.join(names), count - len(names)
    return f"{named} and {unnamed:,} more" if unnamed else named
