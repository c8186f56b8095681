"""Which parents among the tags are open and which are shut, remembered from one start to the next.

In `tag-folds.json` in the state folder. Losing it loses nothing but where the reader had folded:
what can't be read counts as not there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from paperterm.storage.files import write_whole

MOST_UNFOLDED = 40
"""Up to so many tags, all are shown until the reader folds some; of more, only the outermost."""
_FILE = "tag-folds.json"
_MOST_KEPT = 5_000


@dataclass(frozen=True)
class Folds:
    """What the reader has opened and shut, by folded tag; of all else nothing was said."""

    opened: frozenset[str] = frozenset()
    shut: frozenset[str] = frozenset()

    def is_open(self, tag: str, otherwise: bool) -> bool:
        """Whether what is below a tag is shown; `otherwise` where the reader has not said."""
        folded = tag.casefold()
        return folded in self.opened or (otherwise and folded not in self.shut)

    def put(self, tag: str, is_open: bool) -> Folds:
        """The same with one more said."""
        one = frozenset((tag.casefold(),))
        if is_open:
            return Folds(self.opened | one, self.shut - one)
        return Folds(self.opened - one, self.shut | one)


def read_folds(folder: Path) -> Folds:
    """What `folder`, of states, remembers."""
    try:
        told = json.loads((folder / _FILE).read_bytes())
        return Folds(_tags(told["opened"]), _tags(told["shut"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return Folds()


def write_folds(folder: Path, folds: Folds) -> None:
    """Remember; where that can't be done, the next start is as the last one was."""
    told = {"opened": sorted(folds.opened), "shut": sorted(folds.shut)}
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(folder / _FILE, json.dumps(told).encode())


def _tags(told: Iterable[object]) -> frozenset[str]:
    kept = [tag for tag in list(told)[:_MOST_KEPT] if isinstance(tag, str)]
    return frozenset(kept)
