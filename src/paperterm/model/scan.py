"""A query's text as tokens: terms, parentheses, OR. Every text has tokens; nothing is an error.

A term begins after a space or a parenthesis. There, ``-`` before something else leaves out what
follows, ``name:`` says what the term is about, a quotation mark opens a phrase and ``(`` a group.
Anywhere else these characters are part of a word, so ``LLM.int8()`` and ``long-context`` are words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from paperterm.model.text import shown

LONGEST_TERM = 256
"""Characters of a term that are looked at."""

_LONGEST_TEXT = 2048
_QUOTES = str.maketrans(dict.fromkeys("“”„‟＂", '"'))
_NAME = re.compile(r"([A-Za-z]+):")
_MINUS = re.compile(r"-(?=[^ \-)])")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase."""

    name: str
    """What stands before the colon, in lower case, when it is a known name; else empty."""
    value: str
    raw: str
    """The whole term as typed, but for a ``-`` before it."""
    negated: bool = False
    quoted: bool = False
    closed: bool = False
    """It has its closing quotation mark."""
    starred: bool = False
    """A ``*`` follows the closing quotation mark."""
    last: bool = False
    """The text ends with this term."""
    cut: bool = False
    """It went on beyond what is looked at."""


@dataclass(frozen=True, slots=True)
class Open:
    """The opening of a group."""

    name: str
    negated: bool


@dataclass(frozen=True, slots=True)
class Close:
    """The closing of the group opened last."""


@dataclass(frozen=True, slots=True)
class Either:
    """``OR``."""


Token = Term | Open | Close | Either


def cleaned(text: str) -> tuple[str, bool]:
    """`text` on one line without control codes, and whether it was cut for its length."""
    text = text.strip()
    kept = shown(text[:_LONGEST_TEXT].translate(_QUOTES))
    # Composed, so that a tag is found however its accents are typed. Composing can lengthen a
    # stack of marks, hence the second look.
    return shown(unicodedata.normalize("NFC", kept)), len(text) > _LONGEST_TEXT


def scan(text: str, names: frozenset[str]) -> Iterator[Token]:
    """The tokens of a cleaned text. `names` are those that mean something before a colon."""
    at, depth = 0, 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        if text[at] == ")" and depth:
            yield Close()
            at, depth = at + 1, depth - 1
            continue
        head = _head(text, at, names)
        if text.startswith("(", head.end):
            yield Open(head.name, head.negated)
            at, depth = head.end + 1, depth + 1
        elif text.startswith('"', head.end):
            token, at = _phrase(text, head)
            yield token
        else:
            end = _word_end(text, head.end, depth)
            yield _word(text, head, end)
            at = end


@dataclass(frozen=True, slots=True)
class _Head:
    """What comes before a term's value."""

    start: int
    end: int
    name: str
    negated: bool


def _head(text: str, at: int, names: frozenset[str]) -> _Head:
    minus = _MINUS.match(text, at)
    start = minus.end() if minus else at
    match = _NAME.match(text, start)
    name = match[1].lower() if match else ""
    if not match or name not in names:
        return _Head(start, start, "", minus is not None)
    return _Head(start, match.end(), name, minus is not None)


def _phrase(text: str, head: _Head) -> tuple[Term, int]:
    opening = head.end + 1
    closing = text.find('"', opening)
    closed = closing >= 0
    inside = closing if closed else len(text)
    end = inside
    while closed and (end == inside or text.startswith("*", end)):
        end += 1
    term = Term(
        name=head.name,
        value=text[opening:inside][:LONGEST_TERM].strip(),
        raw=text[head.start : end][:LONGEST_TERM],
        negated=head.negated,
        quoted=True,
        closed=closed,
        starred=end > inside + 1,
        last=end == len(text),
        cut=inside - opening > LONGEST_TERM,
    )
    return term, end


def _word(text: str, head: _Head, end: int) -> Token:
    raw = text[head.start : end]
    if raw == "OR" and not head.negated:
        return Either()
    return Term(
        name=head.name,
        value=text[head.end : end][:LONGEST_TERM],
        raw=raw[:LONGEST_TERM],
        negated=head.negated,
        last=end == len(text),
        cut=end - head.end > LONGEST_TERM,
    )


def _word_end(text: str, at: int, depth: int) -> int:
    """Where a word ends: at a space, or at a parenthesis that closes a group around it."""
    inner = 0
    while at < len(text) and text[at] != " ":
        if text[at] == "(":
            inner += 1
        elif text[at] == ")" and inner:
            inner -= 1
        elif text[at] == ")" and depth:
            break
        at += 1
    return at
