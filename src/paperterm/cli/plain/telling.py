"""Papers told in sentences: as a line of a list, and whole."""

from __future__ import annotations

from collections.abc import Iterator

from paperterm.cli import card
from paperterm.library.view import Entry
from paperterm.model.paper import Paper
from paperterm.model.text import shown, shown_lines, shown_text
from paperterm.model.wording import counted, date_text, surname


def row(number: int, entry: Entry) -> str:
    """``3. Mamba: Linear-Time Sequence Modeling. Gu and Dao. 1 Dec 2023. Bookmarked.``"""
    paper, marks = entry.paper, entry.marks
    states = ", ".join(card.states_of(marks)).capitalize()
    parts = [shown(paper.title), _who(paper), date_text(paper.published), states, _tags(entry)]
    return f"{number}. {' '.join(_stopped(part) for part in parts if part)}"


def page(place: str, entry: Entry) -> Iterator[str]:
    """All that is known of a paper, a fact a line; `place` says where it stands in the list."""
    paper, marks = entry.paper, entry.marks
    yield f"{place}{shown(paper.title)}"
    yield f"Authors: {card.authors_of(paper) or 'unknown'}"
    yield f"{'Published' if paper.published else 'Facts:'} {'; '.join(card.facts_of(paper))}"
    yield f"Link: {shown(paper.url)}"
    yield from card.rarities_of(paper)
    if states := ", ".join(card.states_of(marks)):
        yield f"Marks: {states}"
    if tags := _tags(entry):
        yield tags
    yield f"{card.SUMMARY if paper.abstract_is_summary else 'Abstract'}:"
    yield from (shown_text(paper.abstract) or card.NO_ABSTRACT).split("\n\n")
    if note := shown_lines(marks.note).strip():
        yield "Note:"
        yield from note.split("\n")
    if summary := shown_text(paper.ai_summary):
        yield f"{card.AI_SUMMARY}:"
        yield from summary.split("\n\n")
    if keywords := card.keywords_of(paper):
        yield f"Keywords: {keywords}"


def title(entry: Entry) -> str:
    """Its title, as part of a sentence that ends with it."""
    return _stopped(shown(entry.paper.title))


def tag_list(tags: tuple[str, ...]) -> str:
    """Tags with commas between, clean."""
    return ", ".join(map(shown, tags))


def _who(paper: Paper) -> str:
    total = max(len(paper.authors), paper.author_count or 0)
    if not paper.authors:
        return counted(total, "author") if total else ""
    first = surname(paper.authors[0])
    if total == 2 and len(paper.authors) == 2:
        return f"{first} and {surname(paper.authors[1])}"
    return f"{first} and {counted(total - 1, 'other')}" if total > 1 else first


def _tags(entry: Entry) -> str:
    return f"Tags: {tag_list(entry.marks.tags)}" if entry.marks.tags else ""


def _stopped(text: str) -> str:
    """`text` with a sign at its end at which a voice pauses."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
