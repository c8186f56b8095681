"""Answers in files that may be deleted at any time.

A file bears the hash of what was asked as its name and begins with the hash of the rest: whatever
a kill, a power cut or anybody else does to it, it is whole or counts as missing. So nothing here
is synced, and nothing here fails: an answer that can't be kept is not kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import stat
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from paperterm.web.answers import Answer

LARGEST = 64 * 1024 * 1024
"""Bytes of all answers together."""

_BLOCK = 4096
"""Bytes that even the smallest file takes of a disk."""
_NAME = re.compile(r"[0-9a-f]{64}")
_NEW = ".new-"
"""How the name of a file begins that is still being written."""
_LEFT_BEHIND = 3600.0
"""Seconds after which nobody is still writing it."""
_DIGEST = 64


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer, and when it was last known to be right."""

    answer: Answer
    at: float
    """Seconds of the system's clock, which may have been set since."""


class Cache:
    """Answers by what was asked; the least recently used go when there are too many."""

    def __init__(self, folder: Path, largest: int = LARGEST) -> None:
        self._folder = folder
        self._largest = largest

    def read(self, key: str) -> Kept | None:
        """What was kept for `key`, if it is there and undamaged."""
        path = self._path(key)
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
            with os.fdopen(descriptor, "rb") as file:
                status = os.fstat(descriptor)
                if not stat.S_ISREG(status.st_mode) or status.st_size > self._largest:
                    return None
                content = file.read()
        except OSError:
            return None
        kept = _unpacked(content)
        if kept is not None:
            with contextlib.suppress(OSError):
                os.utime(path)  # it was of use
        return kept

    def write(self, key: str, answer: Answer) -> None:
        """Keep `answer` for `key`, if there is room for it."""
        head = _head(Kept(answer, time.time()))
        if len(head) + len(answer.body) > self._largest:
            return
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor, name = tempfile.mkstemp(prefix=_NEW, dir=self._folder)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(head)
                    file.write(answer.body)
                Path(name).replace(self._path(key))
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        self._sweep()

    def clear(self) -> None:
        """Forget everything."""
        for entry in self._entries():
            _delete(entry)

    def _path(self, key: str) -> Path:
        return self._folder / hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()

    def _entries(self) -> Iterator[os.DirEntry[str]]:
        """The files of ours; nothing else in the folder is touched."""
        try:
            with os.scandir(self._folder) as entries:
                found = list(entries)
        except OSError:
            return
        for entry in found:
            if _NAME.fullmatch(entry.name) or entry.name.startswith(_NEW):
                yield entry

    def _sweep(self) -> None:
        room = self._largest
        for used, size, entry in sorted(self._sized(), key=lambda each: each[0], reverse=True):
            if entry.name.startswith(_NEW):
                if time.time() - used > _LEFT_BEHIND:
                    _delete(entry)
                continue
            room -= size
            if room < 0:
                _delete(entry)

    def _sized(self) -> Iterator[tuple[float, int, os.DirEntry[str]]]:
        for entry in self._entries():
            with contextlib.suppress(OSError):
                status = entry.stat(follow_symlinks=False)
                yield status.st_mtime, max(status.st_size, _BLOCK), entry


def _delete(entry: os.DirEntry[str]) -> None:
    with contextlib.suppress(OSError):
        Path(entry.path).unlink()


# A body may have megabytes: it is copied once at most.


def _head(kept: Kept) -> bytes:
    """What stands before the body in a file."""
    answer = kept.answer
    head = {
        "at": kept.at,
        "status": answer.status,
        "url": answer.url,
        "headers": dict(answer.headers),
    }
    line = json.dumps(head).encode() + b"\n"
    digest = hashlib.sha256(line)
    digest.update(answer.body)
    return digest.hexdigest().encode() + line


def _unpacked(content: bytes) -> Kept | None:
    digest = hashlib.sha256(memoryview(content)[_DIGEST:]).hexdigest().encode()
    end = content.find(b"\n", _DIGEST)
    if digest != content[:_DIGEST] or end < 0:
        return None
    try:
        said = json.loads(content[_DIGEST:end])
        body = content[end + 1 :]
        answer = Answer(int(said["status"]), str(said["url"]), dict(said["headers"]), body)
        return Kept(answer, float(said["at"]))
    except (KeyError, TypeError, ValueError, RecursionError):
        return None
