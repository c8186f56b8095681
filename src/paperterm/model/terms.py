"""One term of a query, read: the leaf it means, or why it means none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from paperterm.errors import UsageError
from paperterm.model import dates
from paperterm.model.ids import parse_arxiv_id
from paperterm.model.marks import parse_tag
from paperterm.model.query import (
    Category,
    Counted,
    Dated,
    Field,
    Has,
    Holds,
    Is,
    Listed,
    Node,
    Number,
    Phrase,
    Place,
    Sort,
    State,
    Tag,
    Thing,
    Word,
)
from paperterm.model.scan import LONGEST_TERM, Term

_ARCHIVES = frozenset(
    {"astro-ph", "cond-mat", "cs", "econ", "eess", "gr-qc", "hep-ex", "hep-lat", "hep-ph"}
    | {"hep-th", "math", "math-ph", "nlin", "nucl-ex", "nucl-th", "physics", "q-bio", "q-fin"}
    | {"quant-ph", "stat"}
)
_CATEGORY = re.compile(r"([a-z]+(?:-[a-z]+)?)(?:\.([a-z]{2}|[a-z]{4,}|[a-z]+-[a-z]+))?", re.ASCII)
_CATEGORY_BEGUN = re.compile(r"([a-z]+(?:-[a-z]+)?)\.(?:[a-z]{0,3}|[a-z]+-)", re.ASCII)
_COUNT = re.compile(r"([<>]=?)?(\d+)", re.ASCII)
_COUNTS = re.compile(r"(\d*)\.\.(\d*)", re.ASCII)
_COUNT_BEGUN = re.compile(r"(?:[<>]=?)?|\d*\.|\.\.", re.ASCII)
_ALIKE = 0.7
"""How much a name must be like a known one to be taken for a slip, from 0 to 1."""
_GREATEST = 10**9
"""Counts are cut to this: nothing has more, and storage takes no number of any size."""
_LONGEST_HINT = 119
"""Characters; what was typed is cut for it first."""
_A_DATE = "2024, 2024-06, 2024-06-05, 2024..2025, >2024 or <2020"
_A_TEXT = 'a word or a "phrase" right after it'
_A_COUNT = "10, >10, <=5 or 5..20"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a term came to: a leaf, an order, or neither; and what the reader should know."""

    leaf: Node | None = None
    sort: Sort | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What may follow a name."""

    takes: str
    read: Callable[[str, dt.date], Node | Sort | None]
    begun: Callable[[str], bool]
    """Whether more typing could make a text readable."""


def _choice(values: Iterable[str], read: Callable[[str], Node | Sort]) -> _Kind:
    known = tuple(values)
    return _Kind(
        takes=f"{', '.join(known[:-1])} or {known[-1]}",
        read=lambda text, _: read(text) if text in known else None,
        begun=lambda text: any(value.startswith(text) for value in known),
    )


def _read_days(kind: type[Dated | Listed]) -> _Kind:
    def read(text: str, _: dt.date) -> Node | None:
        span = dates.read_span(text)
        return kind(*span) if span else None

    return _Kind(_A_DATE, read, dates.span_begun)


def _read_since(text: str, today: dt.date) -> Node | None:
    first = dates.read_since(text, today)
    return Dated(first) if first else None


def _read_category(text: str, _: dt.date) -> Node | None:
    match = _CATEGORY.fullmatch(text)
    if not match or _archive_begun(text):
        return None
    archive, subject = match.groups()
    if not subject:
        return Category(archive)
    return Category(f"{archive}.{subject.upper() if len(subject) == 2 else subject}")


def _archive_begun(text: str) -> bool:
    return text not in _ARCHIVES and any(archive.startswith(text) for archive in _ARCHIVES)


def _category_begun(text: str) -> bool:
    return _archive_begun(text) or bool(_CATEGORY_BEGUN.fullmatch(text))


def _read_count(text: str) -> tuple[int | None, int | None] | None:
    if match := _COUNT.fullmatch(text):
        count = int(match[2])
        match match[1]:
            case ">" | ">=" as sign:
                return count + (sign == ">"), None
            case "<" | "<=" as sign:
                return None, count - (sign == "<")
            case _:
                return count, count
    if (match := _COUNTS.fullmatch(text)) and text != "..":
        least, most = (int(end) if end else None for end in match.groups())
        reverse = least is not None and most is not None and least > most
        return (most, least) if reverse else (least, most)
    return None


def _counted(number: Number) -> _Kind:
    def read(text: str, _: dt.date) -> Node | None:
        ends = _read_count(text)
        if ends is None:
            return None
        return Counted(number, *(None if end is None else min(end, _GREATEST) for end in ends))

    return _Kind(_A_COUNT, read, lambda text: bool(_COUNT_BEGUN.fullmatch(text)))


_KINDS: dict[str, _Kind] = {
    "is": _choice(State, lambda text: Is(State(text))),
    "has": _choice(Thing, lambda text: Has(Thing(text))),
    "sort": _choice(Sort, Sort),
    "cat": _Kind("a category such as cs.CL", _read_category, _category_begun),
    "date": _read_days(Dated),
    "day": _read_days(Listed),
    "since": _Kind("7d, 2w, 3m, 1y or a date", _read_since, dates.since_begun),
    "upvotes": _counted(Number.UPVOTES),
    "comments": _counted(Number.COMMENTS),
}
_FIELDS = {field.value: field for field in Field if field is not Field.ANY}
_PLACES = {place.value: place for place in Place}

NAMES = frozenset({*_KINDS, *_FIELDS, *_PLACES, "tag"})
"""What may stand before a colon."""


def read_term(term: Term, name: str, today: dt.date, typing: bool, growing: bool) -> Reading:
    """What `term` means under `name`, its own or its group's.

    `typing`: it is the last one and may be unfinished. `growing`: letters may still be added to it.
    """
    if name in _FIELDS or not name:
        return _read_text(term, name, typing, growing)
    if name == "tag":
        return _read_tag(term, typing, growing)
    if name in _PLACES:
        return _read_held(term, name, typing, growing)
    kind = _KINDS[name]
    value = term.value.lower()
    found = kind.read(value, today)
    if isinstance(found, Sort):
        return Reading(sort=found)
    if found is not None:
        return Reading(found)
    if typing and kind.begun(value):
        return Reading(hint=f"{name}: takes {kind.takes}.")
    return _as_words(term, name, growing, f"{name}: takes {kind.takes}")


def _read_text(term: Term, name: str, typing: bool, growing: bool) -> Reading:
    field = _FIELDS.get(name, Field.ANY)
    if term.quoted:
        phrase = Phrase(term.value, field, term.starred or growing)
        return Reading(phrase if _findable(term.value) else None)
    if name and not term.value:
        wanted = f"{name}: takes {_A_TEXT}"
        return Reading(hint=f"{wanted}.") if typing else _as_words(term, name, growing, wanted)
    return Reading(_word(term.value, field, growing), hint=_slip(term, typing))


def _slip(term: Term, typing: bool) -> str:
    """What the reader may have meant by a word that is searched as it is, or nothing."""
    if term.raw == "NOT" and not typing:
        return "To leave out what has a word, write -word."
    if "*" in term.value.rstrip("*").lstrip("*"):
        return "* stands at the end of a word."
    name, colon, value = term.raw.partition(":")
    if colon and value and not term.name and name.isascii() and name.isalpha():
        for close in get_close_matches(name.lower(), sorted(NAMES), 1, _ALIKE):
            return f"Searched as words: {name}: is no name; {close}: is one."
    return ""


def _read_held(term: Term, name: str, typing: bool, growing: bool) -> Reading:
    if _findable(term.value):
        return Reading(Holds(_PLACES[name], term.value))
    if typing and not term.value:
        return Reading(hint=f"{name}: takes {_A_TEXT}.")
    return _as_words(term, name, growing, f"{name}: takes {_A_TEXT}")


def _read_tag(term: Term, typing: bool, growing: bool) -> Reading:
    starred = term.starred or (not term.quoted and term.value.endswith("*"))
    name = term.value if term.quoted else term.value.rstrip("*")
    try:
        return Reading(Tag(parse_tag(name), prefix=starred or growing))
    except UsageError as error:
        if typing and not name.strip(" #/"):
            return Reading(hint='tag: takes a tag such as llm or "to read".')
        return _as_words(term, "tag", growing, str(error).rstrip("."))


def _as_words(term: Term, name: str, growing: bool, why: str) -> Reading:
    """The term as if its name were part of what is looked for."""
    text = term.raw if term.name else f"{name}:{term.raw}"
    leaf: Node | None
    if term.quoted:
        leaf = Phrase(term.value) if _findable(term.value) else None
    else:
        leaf = _word(text, Field.ANY, growing)
    room = min(30, max(10, _LONGEST_HINT - len(f"Searched as words:  ({why}).")))
    short = text if len(text) <= room else f"{text[: room - 1]}…"
    return Reading(leaf, hint=f"Searched as words: {short} ({why}).")


def _word(text: str, field: Field, growing: bool) -> Word | None:
    prefix, fuzzy = text.endswith("*"), text.endswith("~")
    if prefix or fuzzy:
        text = text.rstrip(text[-1])
    # A bare OR is no word: it could not be told from the operator when the query is written out.
    if not _findable(text) or (text == "OR" and field is Field.ANY and not (prefix or fuzzy)):
        return None
    if field in (Field.ANY, Field.ID) and (known := parse_arxiv_id(text)) and known != text:
        return Word(known, Field.ID, prefix, fuzzy)
    # One that is as long as a term may be has no room for its star when it is written out.
    grows = growing and not fuzzy and len(text) < LONGEST_TERM
    return Word(text, field, prefix or grows, fuzzy)


def _findable(text: str) -> bool:
    return any(character.isalnum() for character in text)
