"""Rows below those of a list's view, under headings of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

from paperterm.tui.beyond import Beyond
from paperterm.tui.widgets.rows import Heading


@dataclass(frozen=True, slots=True)
class Below:
    """What stands there."""

    ids: tuple[int, ...] = ()
    headings: tuple[Heading, ...] = ()
    """Their rows are counted from the first of `ids`."""

    def headings_from(self, row: int) -> list[Heading]:
        """Its headings, when its first row is `row`."""
        return [Heading(row + one.row, one.text, one.note) for one in self.headings]


NOTHING = Below()


def below(beyond: Beyond) -> Below:
    """What the world has found, by who has found it."""
    headings, row = [], 0
    for service in beyond.services:
        headings.append(Heading(row, service.told))
        row += len(service.ids)
    return Below(beyond.ids, tuple(headings))


class Joined(Sequence[int]):
    """Two sequences, one after the other; the first may be long and is not copied."""

    def __init__(self, first: Sequence[int], second: Sequence[int]) -> None:
        self._first = first
        self._second = second

    def __len__(self) -> int:
        return len(self._first) + len(self._second)

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> list[int]: ...
    def __getitem__(self, place: int | slice) -> int | list[int]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        at = place + len(self) if place < 0 else place
        beyond = at - len(self._first)
        return self._first[at] if beyond < 0 else self._second[beyond]

    @property
    def whole(self) -> Sequence[int]:
        """The same as a plain sequence: the first itself where nothing comes after it."""
        return [*self._first, *self._second] if self._second else self._first

    def place_of(self, wanted: int | None) -> int | None:
        """Where `wanted` is; None when it is not there."""
        for part, start in ((self._second, len(self._first)), (self._first, 0)):
            if wanted is not None and wanted in part:
                return start + part.index(wanted)
        return None
