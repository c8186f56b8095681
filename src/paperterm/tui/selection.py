"""Which papers of a list are selected: a value, as cheap for all of 100,000 as for one.

It is kept as spans of places in the list, so that "all", "all but two" and a long range are a few
numbers; ids are only looked at when something is done with them, or the list becomes another one.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """Papers out of `ids`, which are those of a view and never change."""

    ids: Sequence[int] = ()
    spans: Spans = ()
    """Places in `ids`, each from a first one up to before a last one; ascending, never touching."""

    def __len__(self) -> int:
        return sum(end - start for start, end in self.spans)

    def __contains__(self, place: int) -> bool:
        """Whether the paper at a place of the list is selected."""
        at = bisect_right(self.spans, (place, len(self.ids))) - 1
        return at >= 0 and place < self.spans[at][1]

    @property
    def whole(self) -> bool:
        """Whether all of the list is selected, and there is something to select."""
        return bool(self.ids) and self.spans == ((0, len(self.ids)),)

    def nothing(self) -> Selection:
        """None of the list."""
        return Selection(self.ids)

    def toggled(self, place: int) -> Selection:
        """With the paper at `place`, or without it where it was selected."""
        if place in self:
            return Selection(self.ids, tuple(_without(self.spans, place)))
        return self.along(place, place)

    def along(self, place: int, other: int) -> Selection:
        """With all papers from one place to another, both included, in either direction."""
        first, last = sorted((place, other))
        return Selection(self.ids, _joined(sorted((*self.spans, (first, last + 1)))))

    def chosen(self) -> Sequence[int]:
        """The ids of the papers that are selected, in the order of the list."""
        if self.whole:
            return self.ids
        chosen = array("q")
        for start, end in self.spans:
            chosen.extend(self.ids[start:end])
        return chosen

    def onto(self, ids: Sequence[int]) -> Selection:
        """The same papers in another list, as far as they stand there."""
        if ids is self.ids or not self.spans:
            return Selection(ids, self.spans if ids is self.ids else ())
        ends = _in_common(self.ids, ids)
        return Selection(ids, _joined(sorted(_carried(self, ids, *ends))))


def _without(spans: Spans, place: int) -> Iterator[tuple[int, int]]:
    for start, end in spans:
        if start <= place < end:
            yield from (part for part in ((start, place), (place + 1, end)) if part[0] < part[1])
        else:
            yield start, end


def _joined(spans: Iterable[tuple[int, int]]) -> Spans:
    """Ascending spans, with those that touch made one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


def _in_common(old: Sequence[int], new: Sequence[int]) -> tuple[int, int]:
    """How many ids two lists have in common at their beginning and, of the rest, at their end."""
    most = min(len(old), len(new))
    head = _most(most, lambda count: old[:count] == new[:count])
    tail = _most(most - head, lambda count: old[len(old) - count :] == new[len(new) - count :])
    return head, tail


def _most(limit: int, holds: Callable[[int], bool]) -> int:
    """The greatest number up to `limit` for which something holds that holds for all below it."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low


def _carried(old: Selection, ids: Sequence[int], head: int, tail: int) -> Iterator[tuple[int, int]]:
    """Where the papers of `old` are in `ids`, which begin and end as the old list did."""
    end, shift = len(old.ids) - tail, len(ids) - len(old.ids)
    places: dict[int, int] | None = None
    for start, stop in old.spans:
        if start < head:
            yield start, min(stop, head)
        if stop > end:
            yield max(start, end) + shift, stop + shift
        for paper_id in old.ids[max(start, head) : min(stop, end)]:
            if places is None:
                places = {ids[at]: at for at in range(head, len(ids) - tail)}
            if paper_id in places:
                yield places[paper_id], places[paper_id] + 1
