"""Whether a query finds a paper that is in no library yet, by the paper alone.

Nobody has marked it: it is unread and in the Inbox, and has neither tag nor note. Words are found
as the index finds them, but for spellings that it would have guessed.
"""

from __future__ import annotations

import datetime as dt

from paperterm.model.ids import normal_title
from paperterm.model.paper import Paper
from paperterm.model.query import (
    And,
    Category,
    Counted,
    Dated,
    Everything,
    FactLeaf,
    Has,
    Holds,
    Is,
    Listed,
    Node,
    Not,
    Number,
    Or,
    Phrase,
    Place,
    State,
    Tag,
    Thing,
    Word,
)
from paperterm.search.alone import Texts, holds


def meets(root: Node, today: dt.date, paper: Paper) -> bool:
    """Whether the query of `root` finds `paper`, which came `today`."""
    names = tuple(name for name in (paper.arxiv_id, paper.doi) if name)
    texts = Texts(paper.title, paper.abstract, paper.authors, names)
    return _meets(root, today, paper, texts) is not False


def _meets(node: Node, today: dt.date, paper: Paper, texts: Texts) -> bool | None:
    """None for what says nothing, such as ``"++"``: that is passed over."""
    match node:
        case Word() | Phrase():
            return holds(texts, node)
        case Everything():
            return True
        case Not(part):
            found = _meets(part, today, paper, texts)
            return None if found is None else not found
        case And(parts) | Or(parts):
            each = [_meets(part, today, paper, texts) for part in parts]
            said = [found for found in each if found is not None]
            join = all if isinstance(node, And) else any
            return join(said) if said else None
        case _:
            return _is_so(node, today, paper)


def _is_so(leaf: FactLeaf, today: dt.date, paper: Paper) -> bool:
    match leaf:
        case Is(state):
            return state in (State.UNREAD, State.INBOX)
        case Has(thing):
            return _has(thing, paper)
        case Tag():
            return False
        case Category(name):
            name = name.casefold()
            found = [category.casefold() for category in paper.categories]
            return any(one == name or one.startswith(f"{name}.") for one in found)
        case Holds(place, text):
            venue = paper.venue if place is Place.VENUE else None
            return normal_title(text) in normal_title(venue) if venue else False
        case Dated(first, last):
            return paper.published is not None and _within(paper.published, first, last)
        case Listed(first, last):
            days = {one.day for one in paper.sightings if one.day} or {today}
            return any(_within(day, first, last) for day in days)
        case Counted(number, least, most):
            count = paper.upvotes if number is Number.UPVOTES else paper.comments
            return count is not None and (least or 0) <= count and (most is None or count <= most)


def _has(thing: Thing, paper: Paper) -> bool:
    match thing:
        case Thing.ABSTRACT:
            return bool(paper.abstract) and not paper.abstract_is_summary
        case Thing.PDF:
            return paper.arxiv_id is not None
        case Thing.CODE:
            return paper.code is not None
        case Thing.PROJECT:
            return paper.project is not None
        case Thing.NOTE:
            return False


def _within(day: dt.date, first: dt.date | None, last: dt.date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)
