"""When the reader last looked at what: up to which paper of the library.

The catalogue numbers papers as they come, and gives no number twice: what has a greater number
than the newest paper of the last look has come since. Kept in the state folder: what is lost with
it is only what was new.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from paperterm.errors import LibraryError
from paperterm.storage.by_hand import change, read_text, signature

_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Look:
    """The reader has seen all that there was up to then."""

    library: str
    """The mark of the catalogue that the number is of: a new catalogue begins to count anew."""
    upto: int
    """The number of its newest paper."""


class Looks:
    """Looks by the name of what was looked at."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = path.with_suffix(".lock")
        self._read: tuple[tuple[int, ...], dict[str, Look]] = ((), {})

    @property
    def state(self) -> tuple[int, ...]:
        """Differs from an earlier answer when something was looked at since."""
        return signature(self._path)

    def all(self) -> Mapping[str, Look]:
        """Every look that is known; none when the file can't be read."""
        seen = signature(self._path)
        if seen != self._read[0]:
            found: dict[str, Look] = {}
            with suppress(LibraryError):
                found = _from_text(read_text(self._path))
            self._read = seen, found
        return self._read[1]

    def note(self, name: str, look: Look) -> None:
        """`name` was looked at; an earlier look, told late, takes nothing back."""

        def note(looks: dict[str, Look]) -> None:
            known = looks.pop(name, None)
            if known and known.library == look.library and known.upto > look.upto:
                looks[name] = known
            else:
                looks[name] = look

        self._change(note)

    def rename(self, old: str, new: str) -> None:
        """What was called `old` is called `new`."""

        def rename(looks: dict[str, Look]) -> None:
            if old in looks:
                looks[new] = looks.pop(old)

        self._change(rename)

    def _change(self, how: Callable[[dict[str, Look]], None]) -> None:
        def edit(text: str) -> str:
            looks = _from_text(text)
            how(looks)
            kept = list(looks.items())[-_MOST:]
            return json.dumps({name: [look.library, look.upto] for name, look in kept}, indent=0)

        with suppress(LibraryError):  # where nothing can be written, all stays new
            change(self._path, self._lock, edit)


def _from_text(text: str) -> dict[str, Look]:
    try:
        found = json.loads(text) if text else {}
        return {str(name): Look(str(library), int(upto)) for name, (library, upto) in found.items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}
