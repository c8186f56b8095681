"""Frecency: how recently and how often a tag was used, in one number.

Each action that puts a tag on papers is one use of it, however many papers there are. A use
counts 1 when it happens and half of what it did for every `HALF_LIFE` since; a tag's frecency is
the sum of its uses. Ten uses three months ago count like one today and a bit (10/8). Because all
uses fade at the same rate, their sum at one time is all that has to be kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from paperterm.storage.tags import TagStore

HALF_LIFE = dt.timedelta(days=30)


def faded(weight: float, at: dt.datetime, now: dt.datetime) -> float:
    """What a frecency of `weight` at the time `at` has come to; a clock set back fades nothing."""
    return float(weight * 0.5 ** (max(dt.timedelta(), now - at) / HALF_LIFE))


def frecencies(store: TagStore, now: dt.datetime) -> dict[str, float]:
    """The frecency of every tag that was ever used, by folded tag."""
    return {folded: faded(weight, at, now) for folded, (weight, at) in store.uses().items()}


def note_use(store: TagStore, tags: Iterable[str], now: dt.datetime) -> None:
    """An action has put `tags` on papers; inside the transaction that does it."""
    used = sorted({tag.casefold() for tag in tags})
    store.put_uses([(tag, 1.0 + _before(store, tag, now)) for tag in used], now)


def _before(store: TagStore, folded: str, now: dt.datetime) -> float:
    use = store.use_of(folded)
    return faded(*use, now) if use else 0.0
