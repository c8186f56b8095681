"""A shared folder: a folder a machine in it, and in that the files that this machine writes.

Files only ever grow, by whole lines, and a new one is begun from time to time. What carries them
may bring them late, in any order, twice under other names, or not yet to their ends.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from paperterm.errors import SyncError
from paperterm.model.text import shown
from paperterm.storage.files import sync_folder
from paperterm.storage.heard import Place

LARGEST_FILE = 1024 * 1024
"""Bytes after which a machine begins its next file: what carries files may carry them whole."""
LONGEST_LINE = 256 * 1024 * 1024
_MACHINE = re.compile(r"[0-9a-f]{12}", re.ASCII)
_MARKED = 64
"""Bytes before a place by which it is known again."""


@dataclass(frozen=True, slots=True)
class Line:
    """One whole line of a file."""

    content: bytes | None
    """With its line end; None for one that is longer than any can be."""
    after: int
    """The byte after it."""


class SyncFolder:
    """What machines have written into one folder. Raises `SyncError` where it can't be used."""

    def __init__(self, path: Path) -> None:
        """Nothing is made: a folder that is not there may be on a disk that is not mounted."""
        self.path = path
        self.name = str(path.resolve())
        """What it is known by in this library."""

    def files(self) -> list[str]:
        """The names of all files that machines have written, each with its machine's before it."""
        try:
            machines = [one.name for one in self.path.iterdir() if _MACHINE.fullmatch(one.name)]
        except OSError as error:
            raise SyncError(
                f"{self._unread(error)}; nothing was taken over, and what was done here is kept."
            ) from error
        found: list[str] = []
        for machine in machines:
            with contextlib.suppress(OSError):
                names = [path.name for path in (self.path / machine).iterdir()]
                found += [f"{machine}/{name}" for name in names if name.endswith(".jsonl")]
        return sorted(found)

    def _unread(self, error: OSError) -> str:
        folder = shown(str(self.path))
        if isinstance(error, FileNotFoundError):
            return f"There is no folder {folder}: make it, or see that its disk is there"
        return f"The folder {folder} can't be read ({error.strerror})"

    def fits(self, file: str, place: Place) -> bool:
        """Whether `file` still says what it said up to `place`."""
        with contextlib.suppress(OSError), self._open(file) as stream:
            return _mark(stream, place.upto) == place.mark
        return False

    def place(self, file: str, upto: int) -> Place:
        """The place in `file` after `upto` bytes, to be known again. Raises OSError."""
        with self._open(file) as stream:
            return Place(upto, _mark(stream, upto))

    def read(self, file: str, start: int) -> Iterator[Line]:
        """The whole lines of `file` from byte `start` on; what has no end yet is not told.

        Raises OSError.
        """
        with self._open(file) as stream:
            stream.seek(start)
            at, skipped = start, False
            while piece := stream.readline(LONGEST_LINE):
                at += len(piece)
                if not piece.endswith(b"\n"):
                    skipped = True
                    continue
                yield Line(None if skipped else piece, at)
                skipped = False

    def ends_whole(self, file: str) -> bool:
        """Whether `file` ends with a whole line. Raises OSError."""
        with self._open(file) as stream:
            if not stream.seek(0, os.SEEK_END):
                return True
            stream.seek(-1, os.SEEK_END)
            return stream.read(1) == b"\n"

    def append(self, machine: str, lines: Sequence[bytes]) -> tuple[str, Place]:
        """Write `lines` behind all that `machine` has written; on the disk when this returns.

        Returns in which file they are, and the place behind them.

        Raises `SyncError`; whole lines that were written by then stay. After half a line, which a
        kill leaves, another file is begun.
        """
        folder = self.path / machine
        try:
            if not folder.is_dir():
                folder.mkdir(mode=0o700)
                sync_folder(self.path)
            file = self._next_of(machine)
            upto = _write(self.path / file, b"".join(lines))
            sync_folder(folder)
            return file, self.place(file, upto)
        except OSError as error:
            raise SyncError(
                f"The folder {shown(str(self.path))} can't be written to ({error.strerror}); "
                "what was done here is kept, and goes there another time."
            ) from error

    def _next_of(self, machine: str) -> str:
        """The file in which a machine goes on: its last one, or a new one."""
        stems = (path.stem for path in (self.path / machine).glob("*.jsonl"))
        last = max((int(stem) for stem in stems if re.fullmatch(r"\d{6,12}", stem)), default=0)
        file = _name(machine, last)
        is_full = not last or (self.path / file).stat().st_size >= LARGEST_FILE
        return _name(machine, last + 1) if is_full or not self.ends_whole(file) else file

    @contextlib.contextmanager
    def _open(self, file: str) -> Iterator[BinaryIO]:
        flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
        descriptor = os.open(self.path / file, flags)
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(0, "it is no file")
            yield stream


def _mark(stream: BinaryIO, upto: int) -> str:
    """What tells whether the bytes before `upto` are the same; empty when there are fewer."""
    start = max(0, upto - _MARKED)
    stream.seek(start)
    content = stream.read(upto - start)
    return f"{zlib.crc32(content):08x}" if len(content) == upto - start else ""


def _name(machine: str, number: int) -> str:
    return f"{machine}/{number:06d}.jsonl"


def _write(path: Path, content: bytes) -> int:
    """Append, and return where the file ends then."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
    descriptor = os.open(path, flags, 0o600)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
        return os.fstat(descriptor).st_size
    finally:
        os.close(descriptor)
