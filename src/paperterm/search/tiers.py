"""Which segments should become one: few segments make searches fast, few rewritings updates.

Each segment is told by how many papers are in its file and how many of them are deleted.
"""

from __future__ import annotations

from collections.abc import Sequence

MOST_SEGMENTS = 8
"""More of them make every search noticeably slower."""
MOST_DELETED = 0.25
"""The share of living papers that may be in a segment as deleted ones besides."""
LARGEST = 250_000
"""Living papers of a merged segment; it is held in memory while it is made."""

_FEW = 50
"""Deleted papers that are not worth a rewriting."""
_COMPARABLE = 2
"""A segment joins smaller ones that have, together, at least this part of its papers (1 / 2)."""

Size = tuple[int, int]


def due(sizes: Sequence[Size], *, thoroughly: bool = False) -> list[int]:
    """The places of segments that should be merged into one now; empty when all is well.

    `thoroughly` leaves as few segments as there can be.
    """
    living = [papers - deleted for papers, deleted in sizes]
    wasteful = [
        place
        for place, (_, deleted) in enumerate(sizes)
        if deleted > max(_FEW, MOST_DELETED * living[place])
    ]
    if wasteful:
        return wasteful[:1]
    if len(sizes) <= (1 if thoroughly else MOST_SEGMENTS):
        return []
    group: list[int] = []
    total = 0
    for place in sorted(range(len(sizes)), key=living.__getitem__):
        comparable = thoroughly or living[place] <= _COMPARABLE * total or len(group) < 2
        if not comparable or total + living[place] > LARGEST:
            break
        group.append(place)
        total += living[place]
    return sorted(group) if len(group) > 1 else []
