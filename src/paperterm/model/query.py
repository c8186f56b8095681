"""What a query means: an immutable tree. Parsing is `parse`'s matter, answering `library`'s.

Leaves are of two kinds. *Text* leaves (`Word`, `Phrase`) are answered by the search index.
*Fact* leaves (`Is`, `Has`, `Tag`, `Category`, `Holds`, `Dated`, `Listed`, `Counted`) are answered
by storage as sets of papers, so that a mark is never behind the index. Inner nodes combine both
kinds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """Where a text leaf looks. ANY is title, abstract, authors and ids together."""

    ANY = "any"
    TITLE = "title"
    ABSTRACT = "abstract"
    AUTHOR = "author"
    ID = "id"


class State(StrEnum):
    """What `is:` asks."""

    BOOKMARKED = "bookmarked"
    READ = "read"
    UNREAD = "unread"
    TAGGED = "tagged"
    NOTED = "noted"
    INBOX = "inbox"
    """Not read, not archived, not put off, not removed."""
    ARCHIVED = "archived"
    LATER = "later"
    """Put off to a day to come."""
    REMOVED = "removed"
    """Taken out of the library; no query that does not ask for these finds them."""


class Number(StrEnum):
    """What can be counted: `upvotes:>10`."""

    UPVOTES = "upvotes"
    COMMENTS = "comments"


class Thing(StrEnum):
    """What `has:` asks."""

    ABSTRACT = "abstract"
    PDF = "pdf"
    CODE = "code"
    PROJECT = "project"
    NOTE = "note"


class Place(StrEnum):
    """Texts that storage looks into: `venue:ACL`."""

    VENUE = "venue"
    NOTE = "note"


class Sort(StrEnum):
    """An order of papers. All but `TITLE` have the greatest first."""

    RELEVANCE = "relevance"
    DAY = "day"
    """The last day a page listed it (else the day it was added), then its place on the page."""
    DATE = "date"
    """Publication."""
    ADDED = "added"
    UPVOTES = "upvotes"
    COMMENTS = "comments"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed; what its tokens are is for the index's analyser to say.

    A word of several tokens (``LLM.int8()``, ``long-context``) means those tokens together.
    """

    text: str
    field: Field = Field.ANY
    prefix: bool = False
    """Also matches longer words (``wild*``, or the last word while it is being typed)."""
    fuzzy: bool = False
    """Also matches words one edit away (``typo~``)."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to each other, in order."""

    text: str
    field: Field = Field.ANY
    prefix: bool = False
    """The last of them also matches longer words."""


@dataclass(frozen=True, slots=True)
class Is:
    """A reading state."""

    state: State


@dataclass(frozen=True, slots=True)
class Has:
    """Something that a paper comes with."""

    thing: Thing


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag or any below it; the last part may be cut short while it is being typed."""

    name: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    """An arXiv category or archive: ``cs.CL``, ``cs``."""

    name: str


@dataclass(frozen=True, slots=True)
class Holds:
    """Words somewhere in a text, cut short or not; case, accents and punctuation aside."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Dated:
    """Published from `first` to `last`, both included; None leaves that end open."""

    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """On a page of one of these days (or, for a paper no page listed, added then)."""

    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A count from `least` to `most`, both included; None leaves that end open."""

    number: Number
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Everything:
    """Every paper."""


@dataclass(frozen=True, slots=True)
class Not:
    """The papers that `part` does not find."""

    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """The papers that every part finds; two parts at least."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """The papers that any part finds; two parts at least."""

    parts: tuple[Node, ...]


TextLeaf = Word | Phrase
FactLeaf = Is | Has | Tag | Category | Holds | Dated | Listed | Counted
Node = TextLeaf | FactLeaf | Everything | Not | And | Or


@dataclass(frozen=True, slots=True)
class Query:
    """A tree, an order when the reader asked for one, and what could not be taken as meant."""

    root: Node = Everything()
    sort: Sort | None = None
    hint: str = ""
    """One line for beside the search bar, or empty."""

    @property
    def has_text(self) -> bool:
        """Whether the index is needed to answer."""
        return any(isinstance(leaf, (Word, Phrase)) for leaf in leaves(self.root))


def leaves(node: Node) -> Iterator[Node]:
    """The leaves below `node`, left to right."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield node


def asks_for_removed(node: Node) -> bool:
    """Whether `node` asks for papers that the reader has taken out of the library."""
    match node:
        case And(parts) | Or(parts):
            return any(map(asks_for_removed, parts))
        case _:
            return node == Is(State.REMOVED)


def both(first: Node, second: Node) -> Node:
    """The papers that both find, without needless nesting."""
    parts: list[Node] = []
    for node in (first, second):
        match node:
            case Everything():
                continue
            case And(inner):
                parts.extend(inner)
            case _:
                parts.append(node)
    if len(parts) < 2:
        return parts[0] if parts else Everything()
    return And(tuple(parts))
