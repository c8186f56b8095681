"""One paper on the command line: all that is known of it, to be read."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from paperterm.cli.output import counted, glyph, painted
from paperterm.library.view import Entry
from paperterm.model.edits import edited_fields, listed
from paperterm.model.marks import Marks
from paperterm.model.paper import Paper
from paperterm.model.text import shown, shown_lines, shown_text

WIDEST = 100
"""Columns of running text; longer lines are hard to read."""
SUMMARY = "Summary (the abstract is not here yet)"
NO_ABSTRACT = "The abstract is not known."
AI_SUMMARY = "AI summary (Hugging Face)"
_MOST_AUTHORS = 30
_MOST_KEYWORDS = 20


def card(entry: Entry, columns: int) -> Iterator[str]:
    """The lines that show a paper with what its reader says of it, wrapped to `columns`."""
    paper = entry.paper
    yield from (painted(line, bold=True) for line in _wrapped(shown(paper.title), columns))
    if authors := authors_of(paper):
        yield from _wrapped(authors, columns)
    yield _dot().join(facts_of(paper))
    yield painted(shown(paper.url), colour="blue")
    for line in rarities_of(paper):
        yield from _wrapped(line, columns)
    if marks := _marks(entry.marks):
        yield painted(_dot().join(marks), colour="cyan")
    yield ""
    if paper.abstract_is_summary:
        yield painted(SUMMARY, dim=True)
    yield from _paragraphs(shown_text(paper.abstract) or NO_ABSTRACT, columns)
    if note := shown_lines(entry.marks.note).strip():
        yield from ("", painted("Note", dim=True))
        for line in note.split("\n"):
            yield from _wrapped(line, columns)
    if summary := shown_text(paper.ai_summary):
        yield from ("", painted(AI_SUMMARY, dim=True))
        yield from _paragraphs(summary, columns)
    if keywords := keywords_of(paper):
        yield ""
        yield from _wrapped(f"Keywords: {keywords}", columns)


def facts_of(paper: Paper) -> list[str]:
    """Dates, counts, categories and the id, each in a few clean words."""
    facts = [paper.published.isoformat()] if paper.published else []
    if paper.updated and paper.updated != paper.published:
        facts.append(f"revised {paper.updated.isoformat()}")
    facts += [counted(paper.upvotes, "upvote")] if paper.upvotes is not None else []
    facts += [counted(paper.comments, "comment")] if paper.comments is not None else []
    facts += [shown(", ".join(paper.categories))] if paper.categories else []
    return [*facts, f"arXiv:{paper.arxiv_id}" if paper.arxiv_id else shown(paper.key)]


def rarities_of(paper: Paper) -> Iterator[str]:
    """What few papers have, a clean line each."""
    for name, value in (
        ("Venue: ", paper.venue),
        ("Code: ", paper.code),
        ("Project: ", paper.project),
        ("Put on Daily Papers by ", paper.submitter),
    ):
        if text := shown(value or ""):
            yield name + text
    if paper.told:
        yield f"{listed(edited_fields(paper))} edited by you"


def states_of(marks: Marks) -> list[str]:
    """What the reader has made of a paper, but for tags and note, a word or a few each."""
    told = ["bookmarked"] if marks.bookmarked else []
    told += ["read"] if marks.read else []
    told += ["archived"] if marks.archived else []
    told += [f"put off until {marks.later.isoformat()}"] if marks.later else []
    return told + (["removed"] if marks.removed else [])


def authors_of(paper: Paper) -> str:
    """The authors that are known by name, the first of them, and how many more there are."""
    named = [shown(author) for author in paper.authors[:_MOST_AUTHORS]]
    total = max(paper.author_count or 0, len(paper.authors))
    if not named:
        return counted(total, "author") if total else ""
    others = total - len(named)
    return ", ".join(named) + (f" and {others:,} more" if others else "")


def keywords_of(paper: Paper) -> str:
    """The first of its keywords, with commas between."""
    return ", ".join(filter(None, map(shown, paper.keywords[:_MOST_KEYWORDS])))


def _marks(marks: Marks) -> list[str]:
    told = states_of(marks)
    if marks.bookmarked:
        told[0] = f"{glyph('★', '*')} {told[0]}"
    return told + ([" ".join(f"#{shown(tag)}" for tag in marks.tags)] if marks.tags else [])


def _dot() -> str:
    return f" {glyph('·', '-')} "


def _paragraphs(text: str, columns: int) -> Iterator[str]:
    for number, paragraph in enumerate(text.split("\n\n")):
        yield from ([""] if number else [])
        yield from _wrapped(paragraph, columns)


def _wrapped(text: str, columns: int) -> list[str]:
    return textwrap.wrap(text, max(columns, 10), break_on_hyphens=False) or [""]
