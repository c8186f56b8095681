"""A long import that was stopped goes on where it stopped, while its file is what it was."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from paperterm.model.record import Place
from paperterm.storage.catalogue import Catalogue

_HEAD = 64 * 1024
"""Bytes of a file's beginning that tell it from another of its size and time."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file being read in a certain way, so that the same is known when it comes again."""

    name: str
    """What the catalogue remembers it under: of the file's path, and of how it is read."""
    content: str
    """Another when the file has been changed."""

    def begun(self, catalogue: Catalogue) -> Place:
        """How far it got when it was stopped; the beginning when it was not, or has changed."""
        try:
            kept = json.loads(catalogue.get_meta(self.name) or "{}")
            if kept["content"] == self.content:
                return Place(int(kept["bytes"]), int(kept["line"]))
        except (ValueError, TypeError, KeyError):
            pass
        return Place()

    def keep(self, catalogue: Catalogue, place: Place) -> None:
        """Remember that all before `place` is in; belongs into the transaction it came in with."""
        kept = {"content": self.content, "bytes": place.bytes, "line": place.line}
        catalogue.set_meta(self.name, json.dumps(kept))

    def forget(self, catalogue: Catalogue) -> None:
        """It is done, or is to begin anew."""
        catalogue.set_meta(self.name, "")


def reading_of(descriptor: int, path: Path, how: str) -> Reading | None:
    """The reading of the open file at `path`; None for what is no file with an end.

    `how` is all that makes the same file give other papers. Raises OSError.
    """
    told = os.fstat(descriptor)
    if not stat.S_ISREG(told.st_mode):
        return None
    head = hashlib.blake2b(os.pread(descriptor, _HEAD, 0), digest_size=16).hexdigest()
    asked = f"{path.resolve()}\0{how}".encode("utf-8", "surrogateescape")
    name = f"import:{hashlib.blake2b(asked, digest_size=16).hexdigest()}"
    return Reading(name, f"{told.st_size} {told.st_mtime_ns} {head}")
