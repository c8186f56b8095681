"""Importing without the garbage collector, which would look through all of it again and again."""

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
