"""What every form of a digest says, in clean words."""

from __future__ import annotations

from paperterm.model.digest import Digest, Item, Part, Section
from paperterm.model.ids import safe_link
from paperterm.model.paper import Paper
from paperterm.model.text import shown
from paperterm.model.wording import counted, date_text, day_text

_AUTHORS = 3
_LONGEST_TEXT = 320
"""Characters of an abstract."""
TROUBLED = "Papers may be missing"


def title(digest: Digest) -> str:
    """``12 new papers since the last digest (Thu 6 Nov 2025)``."""
    count = counted(digest.new, "new paper") if digest.new else "No new papers"
    return f"{count} {digest.since} ({day_text(digest.day)})"


def heading(section: Section) -> str:
    """``long context: 3 new papers``; of a feed with its day."""
    name = section.name if section.part is not Part.OTHER else "Imported or added by name"
    day = f", {day_text(section.day)}" if section.day else ""
    return f"{name}{day}: {counted(len(section.items) + section.more, 'new paper')}"


def more(section: Section) -> str:
    """How many papers are not listed; empty when all are."""
    return f"… and {section.more:,} more" if section.more else ""


def paper_title(paper: Paper) -> str:
    """The title."""
    return shown(paper.title) or "Untitled"


def facts(item: Item) -> str:
    """``Albert Gu, Tri Dao · 1 Dec 2023 · 12 upvotes · 3 comments · also in “SSM”``."""
    paper = item.paper
    also = ", ".join(f"“{name}”" for name in item.also)
    parts = (
        _authors(paper),
        date_text(paper.published),
        counted(paper.upvotes, "upvote") if paper.upvotes else "",
        counted(paper.comments, "comment") if paper.comments else "",
        f"also in {also}" if also else "",
    )
    return " · ".join(filter(None, parts))


def link(paper: Paper) -> str:
    """An http or https address; empty where there is none that may be opened."""
    return safe_link(paper.url) or ""


def summary(paper: Paper) -> str:
    """What it is about, cut to a few lines between words."""
    text = shown(paper.ai_summary or paper.abstract)
    if len(text) <= _LONGEST_TEXT:
        return text
    return f"{text[:_LONGEST_TEXT].rpartition(' ')[0] or text[:_LONGEST_TEXT]} …"


def _authors(paper: Paper) -> str:
    names = [name for name in map(shown, paper.authors[:_AUTHORS]) if name]
    count = max(len(paper.authors), paper.author_count or 0)
    if not names:
        return counted(count, "author") if count else ""
    unnamed = count - len(names)
    return ", ".join(names) + (f" and {unnamed:,} more" if unnamed else "")
