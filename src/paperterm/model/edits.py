"""What readers put in the place of what services tell of a paper: title, authors, date, abstract.

An edit is laid over a paper where it is read from the catalogue; what the services tell stays
beside it, and goes on changing as they do.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from paperterm.errors import UsageError
from paperterm.model.paper import Paper
from paperterm.model.text import shown, storable

LONGEST_TITLE = 1000
"""Characters, as of a name."""
LONGEST_ABSTRACT = 100_000
MOST_AUTHORS = 5000
NAMES = {"title": "title", "authors": "authors", "published": "date", "abstract": "abstract"}
"""What readers call the fields of an `Edit`."""


@dataclass(frozen=True, slots=True)
class Edit:
    """The reader's own fields of one paper; None where the services' stand."""

    title: str | None = None
    authors: tuple[str, ...] | None = None
    published: dt.date | None = None
    abstract: str | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, name) is not None for name in NAMES)

    def over(self, told: Paper) -> Paper:
        """The paper that services tell as `told`, as the reader wants it."""
        made = told
        if self.title is not None:
            made = replace(made, title=self.title)
        if self.authors is not None:
            made = replace(made, authors=self.authors, author_count=len(self.authors))
        if self.published is not None:
            made = replace(made, published=self.published, year_assumed=False)
        if self.abstract is not None:
            made = replace(made, abstract=self.abstract, abstract_is_summary=False)
        return replace(made, told=told) if made != told else told

    def beyond(self, told: Paper) -> Edit:
        """What of it makes a difference to what services tell."""
        same = [name for name in NAMES if getattr(self, name) == getattr(told, name)]
        return replace(self, **dict.fromkeys(same))

    @property
    def text(self) -> str:
        """As it is kept: JSON; empty where nothing is edited."""
        told: dict[str, object] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None:
                told[field.name] = value.isoformat() if isinstance(value, dt.date) else value
        return json.dumps(told, ensure_ascii=False) if told else ""


def edit_of(paper: Paper) -> Edit:
    """What the reader has edited of `paper`."""
    told = paper.as_told
    return Edit(*(getattr(paper, name) for name in NAMES)).beyond(told)


def edited_fields(paper: Paper) -> tuple[str, ...]:
    """What readers call the fields of `paper` that they have edited."""
    edit = edit_of(paper)
    return tuple(NAMES[name] for name in NAMES if getattr(edit, name) is not None)


def listed(names: Sequence[str]) -> str:
    """Names of fields in a sentence: ``title, authors and date``."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def read(text: str) -> Edit:
    """The edit that was kept as `text`. Raises `ValueError` where that is none."""
    if not text:
        return Edit()
    try:
        told = json.loads(text)
    except RecursionError as error:
        raise ValueError("An edit is nested too deep.") from error
    if not isinstance(told, Mapping) or not told or not told.keys() <= NAMES.keys():
        raise ValueError("An edit has fields that it can't have.")
    values: dict[str, Any] = {name: _value(name, value) for name, value in told.items()}
    found = Edit(**values)
    if found.text != text:
        raise ValueError("An edit is not written as edits are.")
    return found


def _value(name: str, value: object) -> object:
    try:
        if name == "authors" and isinstance(value, list):
            return parse_authors(value)
        if isinstance(value, str) and name != "authors":
            return _PARSERS[name](value)
    except UsageError as error:
        raise ValueError(str(error)) from error
    raise ValueError("An edit has a value that is none.")


def parse_title(text: str) -> str:
    """The title that a person meant by `text`. Raises `UsageError` when there is none."""
    title = " ".join(storable(text).split())
    if not shown(title):
        raise UsageError("A title needs some text.")
    if len(title) > LONGEST_TITLE:
        raise UsageError(f"A title has at most {LONGEST_TITLE:,} characters.")
    return title


def parse_authors(names: Iterable[object]) -> tuple[str, ...]:
    """The names that a person meant, in their order. Raises `UsageError` when one is none."""
    found = []
    for name in names:
        one = " ".join(storable(name).split()) if isinstance(name, str) else ""
        if not shown(one) or len(one) > LONGEST_TITLE:
            raise UsageError(f"An author needs a name of at most {LONGEST_TITLE:,} characters.")
        found.append(one)
    if not 0 < len(found) <= MOST_AUTHORS:
        raise UsageError(f"A paper has from 1 to {MOST_AUTHORS:,} authors.")
    return tuple(found)


def split_authors(text: str) -> tuple[str, ...]:
    """The authors in a line: between semicolons where there are any, else between commas."""
    return parse_authors(one for one in text.split(";" if ";" in text else ",") if one.strip())


def parse_date(text: str) -> dt.date:
    """The day that a person meant. Raises `UsageError` when it is none."""
    try:
        day = dt.date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"{shown(text)[:40]!r} is no date as 2023-12-01.") from None
    return day


def parse_abstract(text: str) -> str:
    """The abstract that a person meant by `text`. Raises `UsageError` when there is none."""
    abstract = storable(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if not shown(abstract):
        raise UsageError("An abstract needs some text.")
    if len(abstract) > LONGEST_ABSTRACT:
        raise UsageError(f"An abstract has at most {LONGEST_ABSTRACT:,} characters.")
    return abstract


_PARSERS = {"title": parse_title, "published": parse_date, "abstract": parse_abstract}


def told_text(paper: Paper) -> str:
    """What services tell of the fields that may be edited, as it is kept beside an edit."""
    told = paper.as_told
    return json.dumps(
        {
            "title": told.title,
            "authors": told.authors,
            "author_count": told.author_count,
            "published": told.published.isoformat() if told.published else None,
            "year_assumed": told.year_assumed,
            "abstract": told.abstract,
            "abstract_is_summary": told.abstract_is_summary,
        },
        ensure_ascii=False,
    )


def with_told(paper: Paper, text: str) -> Paper:
    """An edited paper together with what services tell of it; raises `ValueError` for damage."""
    told = json.loads(text)
    if not isinstance(told, dict) or not isinstance(told.get("title"), str):
        raise ValueError("What services tell of a paper is not there.")
    count, published = told.get("author_count"), told.get("published")
    original = replace(
        paper,
        title=told["title"],
        authors=tuple(map(str, told.get("authors") or ())),
        author_count=count if isinstance(count, int) else None,
        published=dt.date.fromisoformat(published) if published else None,
        year_assumed=bool(told.get("year_assumed")),
        abstract=str(told.get("abstract") or ""),
        abstract_is_summary=bool(told.get("abstract_is_summary")),
    )
    return replace(paper, told=original) if original != paper else paper
