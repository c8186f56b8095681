"""The garbage collector, kept out of the way of someone who waits.

Most of what a program makes is freed without it, as soon as nothing names it; it only looks for
rings of objects that name each other.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def lasting() -> Iterator[None]:
    """Within, nothing is collected; what was made by its end is taken to stay for good.

    Imports make a hundred thousand objects that never go. Left to itself, the collector spends a
    tenth of the start on them, and from then on a tenth of a second now and then: a key that
    comes meanwhile waits.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def look_less_often() -> None:
    """Look for rings every twenty thousand objects, not every seven hundred.

    Painting a screen makes thousands; a few megabytes more may wait to be freed.
    """
    gc.set_threshold(20_000, 20, 20)
