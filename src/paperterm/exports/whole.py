"""A whole library as JSON lines: papers, and beside them what `model.whole` tells.

A line that is no paper's says in a field `KIND` what it is. An entry of the journal that is large
comes in parts, a line each, so that no line is longer than the ones of papers may be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from paperterm.exports.jsonl import Value, full_record
from paperterm.model.entry_json import to_json
from paperterm.model.journal import Entry, Op
from paperterm.model.marks import Marks
from paperterm.model.paper import Paper
from paperterm.model.record import Past
from paperterm.model.saved import Saved
from paperterm.model.whole import KIND, Colour, Head, Told, Use

PART = 200_000
"""Characters from which on a part of an entry is full."""
_AROUND = 100
"""Characters around a piece."""
_Piece = TypeVar("_Piece", Op, tuple[str, str])


def paper_object(paper: Paper, marks: Marks, past: Past) -> dict[str, Value]:
    """All there is of a paper, and how it stood in its library."""
    told: dict[str, Value] = {"added": past.added, "came_with": past.came}
    told["names"] = list(past.names)
    return full_record(paper, marks) | {name: value for name, value in told.items() if value}


def objects(told: Told) -> Iterator[Mapping[str, object]]:
    """What is told, an object of JSON for each line."""
    match told:
        case Head(machines):
            yield {
                KIND: "library",
                "machines": [[one.id, one.name, one.upto] for one in machines],
            }
        case Entry():
            yield from _entry(told)
        case Colour(tag, colour, changed):
            yield {KIND: "colour", "tag": tag, "colour": colour, "changed": changed}
        case Use(tag, weight, at):
            yield {KIND: "use", "tag": tag, "weight": weight, "at": at}
        case Saved(name, query):
            yield {KIND: "search", "name": name, "query": query}


def _entry(entry: Entry) -> Iterator[Mapping[str, object]]:
    ops = _cut(entry.ops, lambda op: len(op.value) + len(op.former) + len(op.before))
    subjects = _cut(entry.subjects, lambda pair: len(pair[1]))
    count = max(len(ops), len(subjects), 1)
    for number in range(count):
        some = replace(
            entry,
            ops=ops[number] if number < len(ops) else (),
            subjects=subjects[number] if number < len(subjects) else (),
        )
        value = to_json(some)
        place = {"part": number + 1, "parts": count} if count > 1 else {}
        yield {KIND: "entry"} | place | value


def _cut(pieces: Sequence[_Piece], size: Callable[[_Piece], int]) -> list[tuple[_Piece, ...]]:
    """`pieces` in groups, each closed when it is full."""
    groups: list[list[_Piece]] = []
    room = 0
    for piece in pieces:
        if room <= 0:
            groups.append([])
            room = PART
        groups[-1].append(piece)
        room -= size(piece) + _AROUND
    return [tuple(group) for group in groups]
