"""Drafts of notes: what is being typed, on the disk, until it has become a note.

A draft is a file of its own beside a lock, which goes with the process that writes it, however
that ends: a draft whose lock is free was left behind, and is offered to whoever writes next.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import secrets
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from paperterm.library.paths import Paths
from paperterm.model.text import storable
from paperterm.storage.files import locked, write_whole


@dataclass(frozen=True, slots=True)
class Left:
    """A text that was typed and has not become a note."""

    key: str
    """The paper's."""
    text: str
    base: str
    """The note as it was when typing began: what the text is to take the place of."""
    at: str
    """When it was last written down, an ISO time with zone."""


class Draft:
    """One draft of one paper's note, in the hands of one editor. Raises OSError."""

    def __init__(self, path: Path, lock: int, left: Left | None = None) -> None:
        """See `begin`, which makes them."""
        self.path = path
        self.left = left
        """What a process that has ended had left here."""
        self._lock = lock
        self._turn = threading.Lock()

    def write(self, key: str, text: str, base: str) -> None:
        """Put `text` on the disk, unless the draft was given up meanwhile.

        What was there is there until it is.
        """
        told = {"key": key, "text": storable(text), "base": base, "at": _now()}
        with self._turn:
            if self._lock >= 0:
                write_whole(self.path, json.dumps(told).encode())

    def drop(self) -> None:
        """The text is a note now, or nobody wants it."""
        with self._turn:
            self.path.unlink(missing_ok=True)
        self.leave()

    def leave(self) -> None:
        """Leave it as it is, for whoever writes next; safe to call twice."""
        with self._turn:
            if self._lock < 0:
                return
            if not self.path.exists():
                _lock_of(self.path).unlink(missing_ok=True)
            os.close(self._lock)
            self._lock = -1


def begin(paths: Paths, keys: Sequence[str]) -> Draft:
    """A draft for the note of a paper that bears, or has borne, these keys.

    It is the oldest that was left behind, or a new one. Raises OSError where none can be kept.
    """
    folder = folder_of(paths)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in sorted(folder.glob("*.json"), key=_age):
        if (lock := locked(_lock_of(path))) is None:
            continue
        if (left := _read(path)) is not None and left.key in keys:
            return Draft(path, lock, left)
        os.close(lock)
    path = folder / f"{secrets.token_hex(12)}.json"
    lock = locked(_lock_of(path))
    assert lock is not None, "nobody else knows its name"
    return Draft(path, lock)


def left_behind(paths: Paths) -> Iterator[Left]:
    """The drafts that nobody is writing any more."""
    for path in sorted(folder_of(paths).glob("*.json")):
        with contextlib.suppress(OSError):
            if (lock := locked(_lock_of(path))) is None:
                continue
            left = _read(path)
            os.close(lock)
            if left is not None:
                yield left


def folder_of(paths: Paths) -> Path:
    """Where drafts are."""
    return paths.state / "drafts"


def _lock_of(path: Path) -> Path:
    return path.with_suffix(".lock")


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _read(path: Path) -> Left | None:
    """What a draft says; None for what is none (or is gone meanwhile)."""
    try:
        told = json.loads(path.read_bytes())
        texts = [told[name] for name in ("key", "text", "base", "at")]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Left(*texts) if all(isinstance(text, str) for text in texts) else None


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
