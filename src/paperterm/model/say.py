"""A query said back: in the query language, and in plain words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from paperterm.model import dates
from paperterm.model.query import (
    And,
    Category,
    Counted,
    Dated,
    Everything,
    Field,
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
    Query,
    Sort,
    State,
    Tag,
    TextLeaf,
    Thing,
    Word,
)
from paperterm.model.text import shown

_NEAR = (Field.ANY, Field.AUTHOR)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_THINGS = {
    Thing.ABSTRACT: "an abstract",
    Thing.PDF: "a PDF",
    Thing.CODE: "code",
    Thing.PROJECT: "a project page",
    Thing.NOTE: "a note",
}
_STATES = {State.INBOX: "Inbox", State.LATER: "put-off"}
"""What a state is called before "papers", where that is not its name."""
_LONE_STATES = {State.INBOX: "in the Inbox", State.LATER: "put off"}
"""And after it."""
_PLACES = {Place.VENUE: "in a venue", Place.NOTE: "with a note"}
ORDERS = {
    Sort.RELEVANCE: "best match first",
    Sort.DAY: "last listed first",
    Sort.DATE: "newest first",
    Sort.ADDED: "last added first",
    Sort.UPVOTES: "most upvotes first",
    Sort.COMMENTS: "most comments first",
    Sort.TITLE: "by title",
}
"""What each order is, after a comma."""
_BARE = re.compile(r"[\w/.+-]+")
_LONGEST_BARE = 100


def canonical(query: Query) -> str:
    """The text that ``parse(text, typing=False)`` reads as `query`, its hint aside.

    Holds for the queries that `parse` makes.
    """
    sort = f"sort:{query.sort}" if query.sort else ""
    return " ".join(part for part in (_written(query.root), sort) if part)


def _written(node: Node) -> str:
    match node:
        case And(parts):
            return " ".join(_written(part) for part in parts)
        case Or(parts):
            return " OR ".join(
                _grouped(_written(part)) if isinstance(part, And) else _written(part)
                for part in parts
            )
        case Not(part):
            inner = _written(part)
            # "--word" is a word: a second minus needs its parenthesis.
            alone = not isinstance(part, (And, Or)) and not inner.startswith("-")
            return f"-{inner}" if alone else f"-{_grouped(inner)}"
        case Word(text, field, prefix, fuzzy):
            return f"{_name(field)}{text}{'*' if prefix else ''}{'~' if fuzzy else ''}"
        case Phrase(text, field, prefix):
            return f'{_name(field)}"{text}"{"*" if prefix else ""}'
        case Tag(name, prefix):
            return f"tag:{_quoted(name)}{'*' if prefix else ''}"
        case Holds(place, text):
            return f"{place}:{_quoted(text)}"
        case Category(name):
            return f"cat:{name}"
        case _:
            return _written_fact(node)


def _quoted(text: str) -> str:
    """`text` in quotation marks, unless it needs none or holds one."""
    bare = len(text) <= _LONGEST_BARE and _BARE.fullmatch(text)
    return text if bare or '"' in text else f'"{text}"'


def _written_fact(node: Node) -> str:
    match node:
        case Is(state):
            return f"is:{state}"
        case Has(thing):
            return f"has:{thing}"
        case Dated(first, last):
            return f"date:{dates.write_span(first, last)}"
        case Listed(first, last):
            return f"day:{dates.write_span(first, last)}"
        case Counted(number, least, most):
            return f"{number}:{_counts(least, most)}"
        case _:
            return ""


def _grouped(text: str) -> str:
    # A parenthesis that the last word leaves open would take the group's own for its other half.
    word = text.rpartition(" ")[2]
    return f"({text} )" if word.count("(") > word.count(")") else f"({text})"


def _name(field: Field) -> str:
    return "" if field is Field.ANY else f"{field}:"


def _counts(least: int | None, most: int | None) -> str:
    if least is None:
        return f"<{most + 1}" if most is not None and most < 0 else f"<={most}"
    if least == most:
        return str(least)
    return f">={least}" if most is None else f"{least}..{most}"


def in_words(query: Query) -> str:
    """What `query` asks for, in plain words: ``bookmarked papers by Dao since June 2024``."""
    root = query.root
    parts = root.parts if isinstance(root, And) else (root,)
    states = [_STATES.get(part.state, part.state) for part in parts if isinstance(part, Is)]
    rest = [part for part in parts if not isinstance(part, (Is, Everything))]
    head = " ".join(part for part in (", ".join(states), "papers") if part)
    clauses = _clauses(rest)
    said = f"{head} {clauses}" if clauses else head if states else "all papers"
    return shown(f"{said}, {ORDERS[query.sort]}" if query.sort else said)


def _clauses(nodes: Sequence[Node]) -> str:
    """What nodes ask for together: what reads on without a comma first, then the others."""
    texts: dict[Field, list[TextLeaf]] = {}
    for node in nodes:
        if isinstance(node, (Word, Phrase)):
            texts.setdefault(node.field, []).append(node)
    near = [_looked_for(texts[field], "and") for field in _NEAR if field in texts]
    near += [clause(node) for node in nodes if _reads_on(node)]
    loose = [_looked_for(found, "and") for field, found in texts.items() if field not in _NEAR]
    loose += [
        clause(node) for node in nodes if not (isinstance(node, (Word, Phrase)) or _reads_on(node))
    ]
    return ", ".join(part for part in (" ".join(near), *loose) if part)


def _reads_on(fact: Node) -> bool:
    match fact:
        case Category() | Dated() | Listed() | Holds(Place.VENUE):
            return True
        case _:
            return False


def _looked_for(texts: Sequence[TextLeaf], joint: str) -> str:
    names = _listed([named(text) for text in texts], joint)
    match texts[0].field:
        case Field.ANY:
            return f"matching {names}"
        case Field.AUTHOR:
            return f"by {names}"
        case Field.ID:
            return f"with id {names}"
        case field:
            return f"with {names} in the {field}"


def named(leaf: TextLeaf) -> str:
    """The words of a leaf, with what may be different in them: ``ret…``."""
    match leaf:
        case Word(text, _, prefix, fuzzy):
            return f"{text}…" if prefix else f"{text} (or nearly)" if fuzzy else text
        case Phrase(text, _, prefix):
            return f"“{text}{'…' if prefix else ''}”"


def clause(node: Node) -> str:
    """What one node asks for, after "papers": ``bookmarked``, ``tagged llm``, ``not by Dao``."""
    match node:
        case Word() | Phrase():
            return _looked_for([node], "and")
        case And(parts):
            return f"({_clauses(parts)})"
        case Or(parts):
            return _either(parts)
        case Not(Has(thing)):
            return f"without {_THINGS[thing]}"
        case Not(part):
            return f"not {clause(part)}"
        case Is(state):
            return _LONE_STATES.get(state, state.value)
        case Has(thing):
            return f"with {_THINGS[thing]}"
        case Tag(name, prefix):
            quoted = f"“{name}”" if " " in name else name
            return f"tagged {quoted}{'…' if prefix else ''}"
        case Category(name):
            return f"in {name}"
        case Holds(place, text):
            return f"{_PLACES[place]} matching {f'“{text}”' if ' ' in text else text}"
        case Dated(first, last):
            return _days(first, last)
        case Listed(first, last):
            return f"listed {_days(first, last)}"
        case Counted(number, least, most):
            return _counted(number, least, most)
        case _:
            return "of any kind"


def _either(parts: Sequence[Node]) -> str:
    texts = [part for part in parts if isinstance(part, (Word, Phrase))]
    if len(texts) == len(parts) and len({text.field for text in texts}) == 1:
        return _looked_for(texts, "or")
    return f"({_listed([clause(part) for part in parts], 'or')})"


def _listed(names: Sequence[str], joint: str) -> str:
    return f" {joint} ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _days(first: dt.date | None, last: dt.date | None) -> str:
    left, dots, right = dates.write_span(first, last).partition("..")
    if not dots:
        return f"{'on' if left.count('-') == 2 else 'in'} {_day(left)}"
    if left and right:
        return f"from {_day(left)} to {_day(right)}"
    return f"since {_day(left)}" if left else f"up to {_day(right)}" if right else "at any time"


def _day(text: str) -> str:
    year, *rest = text.split("-")
    month = _MONTHS[int(rest[0]) - 1] if rest else ""
    day = str(int(rest[1])) if len(rest) > 1 else ""
    return " ".join(part for part in (day, month, year) if part)


def _counted(number: Number, least: int | None, most: int | None) -> str:
    many = number.value
    if least is None:
        few = f"at most {most}" if most is not None and most >= 0 else "fewer than 0"
        return f"with {few} {many}"
    if most is None:
        return f"with at least {least} {many}"
    if least != most:
        return f"with {least} to {most} {many}"
    return f"with {least} {many.removesuffix('s') if least == 1 else many}"
