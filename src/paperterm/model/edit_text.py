"""A paper as a small text that its reader edits: a few named lines, an empty one, the abstract.

What is left as it was stays as it is, edited or not; what is emptied is given back to the services.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from paperterm.errors import UsageError
from paperterm.model import edits
from paperterm.model.edits import Edit, edit_of
from paperterm.model.paper import Paper
from paperterm.model.text import shown

_NAMES = {"title": "title", "authors": "authors", "date": "published"}
_LINE = re.compile(r"\s*(\w+)\s*:(.*)", re.DOTALL)
_PARSERS = {
    "title": edits.parse_title,
    "authors": edits.split_authors,
    "published": edits.parse_date,
    "abstract": edits.parse_abstract,
}


@dataclass(frozen=True, slots=True)
class EditText:
    """The text of one paper, before it is edited."""

    title: str
    authors: str
    published: str
    abstract: str
    edit: Edit
    """What is edited of it so far."""

    @property
    def text(self) -> str:
        """All of it. Raw, as the paper is."""
        return (
            f"Title: {self.title}\nAuthors: {self.authors}\nDate: {self.published}\n"
            f"\n{self.abstract}\n"
        )

    def read(self, text: str) -> Edit:
        """What the reader wants who has made `text` of it. Raises `UsageError`."""
        written = _fields(text)
        values: dict[str, Any] = {}
        for field, parse in _PARSERS.items():
            new = written.get(field, "")
            if new == _clean(field, getattr(self, field)):
                values[field] = getattr(self.edit, field)
            else:
                values[field] = parse(new) if new else None
        return Edit(**values)


def text_of(paper: Paper) -> EditText:
    """The text of `paper`; our own summary is no abstract of it."""
    between = "; " if any("," in name for name in paper.authors) else ", "
    authors = between.join(" ".join(name.split()) for name in paper.authors)
    if between == "; " and len(paper.authors) == 1:
        authors += ";"
    return EditText(
        _clean("title", paper.title),
        authors,
        paper.published.isoformat() if paper.published else "",
        "" if paper.abstract_is_summary else _clean("abstract", paper.abstract),
        edit_of(paper),
    )


def _clean(field: str, text: str) -> str:
    return "\n".join(text.splitlines()).strip() if field == "abstract" else " ".join(text.split())


def _fields(text: str) -> dict[str, str]:
    """What is written for each field."""
    lines = text.splitlines()
    found: dict[str, str] = {}
    for number, line in enumerate(lines):
        if not line.strip():
            found["abstract"] = _clean("abstract", "\n".join(lines[number:]))
            break
        match = _LINE.fullmatch(line)
        name = match[1].casefold() if match else ""
        if match is None or name not in _NAMES or _NAMES[name] in found:
            raise UsageError(
                "Before the empty line stand Title:, Authors: and Date:, each once; "
                f"{shown(line)[:40]!r} is none of them."
            )
        found[_NAMES[name]] = _clean(name, match[2])
    return found
