"""The query language: a line of text to a `Query`.

Words are ANDed. ``OR`` joins the two terms beside it and binds tighter: ``a b OR c`` asks for
``a`` and one of ``b``, ``c``. ``-`` leaves out, ``( )`` groups, ``name:(a b)`` says the name for
each of the group's terms. Every text is a query: what can't be taken as meant is searched as
words, with a hint.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from paperterm.model.query import (
    And,
    Category,
    Everything,
    Holds,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Sort,
    Tag,
    Word,
)
from paperterm.model.scan import LONGEST_TERM, Close, Either, Open, Term, cleaned, scan
from paperterm.model.terms import NAMES, read_term

LONGEST = LONGEST_TERM
"""Characters of words, phrases, tags and so on that a query may have."""
MOST_TERMS = 32
DEEPEST = 8
"""Groups within groups."""

_TOO_LONG = f"Only the first {LONGEST} characters are searched."
_TOO_MANY = f"Only the first {MOST_TERMS} terms are searched."
_TOO_DEEP = f"Parentheses are followed {DEEPEST} deep."


def parse(text: str, today: dt.date | None = None, typing: bool = True) -> Query:
    """What `text` asks for. Never raises; `Query.hint` says what could not be taken as meant.

    `today` is what ``since:`` counts back from. With `typing`, the last term may be unfinished:
    a last word also matches longer ones, and a last ``is:boo`` does not narrow the list yet.
    """
    line, cut = cleaned(text)
    growing = typing and not cut and not text[-1:].isspace()
    reader = _Reader(today or dt.date.today(), typing and not cut, growing)
    for token in scan(line, NAMES):
        match token:
            case Open():
                reader.open(token)
            case Close():
                reader.close()
            case Either():
                reader.either()
            case Term():
                if not reader.take(token):
                    break
    root = reader.finish() or Everything()
    return Query(root, reader.sort, reader.limit or (_TOO_LONG if cut else reader.hint))


@dataclass(slots=True)
class _Group:
    """A group that is being read: clauses to be ANDed, each of alternatives."""

    name: str = ""
    negated: bool = False
    leaving_out: bool = False
    """It, or a group around it, is negated."""
    clauses: list[list[Node]] = field(default_factory=list)
    joinable: bool = False
    """Whether an OR would have something on its left."""
    joining: bool = False
    """Whether an OR waits for what is on its right."""

    def add(self, node: Node | None) -> None:
        if node is not None and self.joining:
            self.clauses[-1].append(node)
        elif node is not None:
            self.clauses.append([node])
        self.joinable, self.joining = node is not None, False

    def node(self) -> Node | None:
        alternatives = (_joined(Or, clause) for clause in self.clauses)
        found = _joined(And, [node for node in alternatives if node is not None])
        return _negated(found) if self.negated else found


@dataclass(slots=True)
class _Reader:
    """Builds the tree, token by token, and keeps to the limits."""

    today: dt.date
    typing: bool
    growing: bool
    sort: Sort | None = None
    hint: str = ""
    limit: str = ""
    _groups: list[_Group] = field(default_factory=lambda: [_Group()])
    _too_deep: int = 0
    _terms: int = 0
    _length: int = 0

    def open(self, token: Open) -> None:
        if len(self._groups) > DEEPEST:
            self._too_deep += 1
            self.limit = _TOO_DEEP
            return
        around = self._groups[-1]
        self._groups.append(
            _Group(token.name or around.name, token.negated, token.negated or around.leaving_out)
        )

    def close(self) -> None:
        if self._too_deep:
            self._too_deep -= 1
        else:
            node = self._groups.pop().node()
            self._groups[-1].add(node)

    def either(self) -> None:
        group = self._groups[-1]
        group.joining = group.joinable

    def take(self, term: Term) -> bool:
        """Add a term; False when a limit leaves no room for it, or for more."""
        group = self._groups[-1]
        typing = self.typing and term.last and not term.cut
        negated = term.negated or group.leaving_out
        growing = typing and self.growing and not term.closed and not negated
        reading = read_term(term, term.name or group.name, self.today, typing, growing)
        self.sort = reading.sort or self.sort
        self.hint = reading.hint or self.hint
        leaf = reading.leaf
        if leaf is not None:
            self._terms += 1
            self._length += _length(leaf)
            if self._terms > MOST_TERMS or self._length > LONGEST:
                self.limit = _TOO_MANY if self._terms > MOST_TERMS else _TOO_LONG
                return False
        group.add(_negated(leaf) if term.negated else leaf)
        if term.cut:
            self.limit = _TOO_LONG
        return True

    def finish(self) -> Node | None:
        self._too_deep = 0
        while len(self._groups) > 1:
            self.close()
        return self._groups[0].node()


def _length(leaf: Node) -> int:
    match leaf:
        case Word(text) | Phrase(text) | Holds(_, text):
            return len(text)
        case Tag(name) | Category(name):
            return len(name)
        case _:
            return 0


def _negated(node: Node | None) -> Node | None:
    match node:
        case None:
            return None
        case Not(part):
            return part
        case _:
            return Not(node)


def _joined(kind: type[And | Or], nodes: Iterable[Node]) -> Node | None:
    """The nodes as one, without needless nesting or repetition."""
    parts: dict[Node, None] = {}
    for node in nodes:
        parts.update(dict.fromkeys(node.parts if isinstance(node, kind) else (node,)))
    if len(parts) < 2:
        return next(iter(parts), None)
    return kind(tuple(parts))
