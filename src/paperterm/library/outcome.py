"""What comes of bringing the index up, and how it is followed; light to import."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

Progress = Callable[[int, int], None]
"""Called with how many papers are done, and how many there are to do."""


class Outcome(StrEnum):
    """What became of an attempt to bring the index up."""

    FRESH = "fresh"
    """Nothing was to be done."""
    UPDATED = "updated"
    BUILT = "built"
    BUSY = "busy"
    """Another process is at it."""
