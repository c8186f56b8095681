"""What the help screen tells: every action with its keys, the query language, the signs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from textual.content import Content

from paperterm.model.laid_out import wrapped
from paperterm.tui.action import Group
from paperterm.tui.actions import ACTIONS, BY_ID, MOVES
from paperterm.tui.drawing import ARCHIVED, BEYOND, BOOKMARKED, LATER, NEW, REMOVED, SELECTED
from paperterm.tui.key_names import key_name, written
from paperterm.tui.keys import Keys

_LANGUAGE = (
    ("mamba ret", "both; the last may be begun"),
    ('"long context"', "a phrase"),
    ("-survey", "without that word"),
    ("a OR b  ( )", "either; grouping"),
    ("quant*  qantize~", "begins with; one letter wrong"),
    ("title: author: abstract:", "only there"),
    ("id:2312", "arXiv id or DOI"),
    ("tag:llm", "that tag and those below it"),
    ("is:bookmarked is:tagged", "by your marks"),
    ("is:read is:unread", "likewise"),
    ("is:noted note:compare", "by your notes"),
    ("date:2024 date:>2024-06", "by publication"),
    ("since:30d day:2025-11-06", "lately; listed on a day"),
    ("comments:>5 upvotes:>10", "by numbers"),
    ("cat:cs.CL has:abstract", "by facts"),
    ("venue:acl has:code", "likewise"),
    ("sort:date", "or day, comments, title, …"),
)
_SIGNS = (
    (NEW, "new: not yet read", "$secondary"),
    (BEYOND, "of the world: not kept", "$secondary"),
    (BOOKMARKED, "bookmarked", "$accent"),
    (SELECTED, "selected", "$accent"),
    (f"{LATER} {ARCHIVED} {REMOVED}", "put off, archived, removed", "$secondary"),
    ("#tag", "a tag of yours", "$tag"),
    ("Gu +1", "first author and how many more", "$muted"),
)
_KEYS_ROOM, _LANGUAGE_ROOM = 12, 25
"""Columns for what stands at the left; where all has few, less."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A key or a sign, and what it does or means."""

    left: str
    told: str
    style: str = "bold"
    also: tuple[str, ...] = ()
    """Other words by which it is found."""

    def fits(self, words: Iterable[str]) -> bool:
        """Whether each word begins one of its own, or is its key; all are casefolded."""
        own = f"{self.left} {self.told} {' '.join(self.also)}".casefold().split()
        own += [part for one in own for part in one.replace(",", " ").split("_")[1:]]
        return all(any(one.startswith(word) for one in own) for word in words)


@dataclass(frozen=True, slots=True)
class Chapter:
    """Entries that belong together."""

    name: str
    entries: Sequence[Entry]
    room: int = _KEYS_ROOM


def chapters(keys: Keys) -> list[Chapter]:
    """All there is, what is used most first; `keys` are in force."""
    here = {action.group for action in (*MOVES, *ACTIONS)}
    language = "The search bar understands"
    return [
        *(_keys(group, keys) for group in Group if group in here),
        Chapter(
            language,
            [Entry(left, told, also=(language,)) for left, told in _LANGUAGE],
            _LANGUAGE_ROOM,
        ),
        Chapter("Signs", [Entry(left, told, style, ("signs",)) for left, told, style in _SIGNS]),
        *(_keys(group, keys) for group in Group if group not in here),
    ]


def _keys(group: Group, keys: Keys) -> Chapter:
    entries = [
        Entry(
            " ".join(map(key_name, keys.of(action))) or "no key",
            action.help,
            also=(action.label, action.id, group.value, *map(written, keys.of(action))),
        )
        for action in BY_ID.values()
        if action.group is group
    ]
    return Chapter(group.value, entries)


def fitting(told: Iterable[Chapter], text: str) -> list[Chapter]:
    """What of the chapters fits all words of `text`."""
    words = text.casefold().split()
    found = (replace(one, entries=[e for e in one.entries if e.fits(words)]) for one in told)
    return [one for one in found if one.entries]


def in_columns(told: Sequence[Chapter], width: int, count: int) -> list[Content]:
    """The chapters in `count` columns of `width` cells each, about equally long; in order."""
    blocks = [list(_lines(chapter, width)) for chapter in told]
    whole = sum(map(len, blocks))
    columns: list[list[Content]] = [[] for _ in range(count)]
    done = 0
    for block in blocks:
        place = min(count - 1, (done + len(block) // 2) * count // max(1, whole))
        columns[place] += block
        done += len(block)
    return [Content("\n").join(lines) for lines in columns]


def _lines(chapter: Chapter, width: int) -> Iterator[Content]:
    room = min(chapter.room, max(8, width // 2))
    for line in wrapped(chapter.name, max(8, width), 0, cell_len):
        yield Content.styled(line, "bold $primary")
    for entry in chapter.entries:
        beside = wrapped(entry.told, max(8, width - room), 0, cell_len)
        left = entry.left
        if cell_len(left) >= room:
            for line in wrapped(left, max(8, width), 0, cell_len):
                yield Content.styled(line, entry.style)
            left = ""
        for line in beside:
            yield Content.assemble((left + " " * (room - cell_len(left)), entry.style), line)
            left = ""
    yield Content("")
