"""A file as it is being read: how far, and open to Ctrl-C while it waits."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

from paperterm.cli.interrupts import Gently

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BUFFER = 64 * 1024


class _Raw(io.RawIOBase):
    def __init__(self, raw: io.RawIOBase, gently: Gently, told: Callable[[int], None]) -> None:
        super().__init__()
        self._raw = raw
        self._gently = gently
        self._told = told
        self._done = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._raw.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        self._done = self._raw.seek(offset, whence)
        return self._done

    def readinto(self, buffer: WriteableBuffer, /) -> int | None:
        with self._gently.waiting():
            count = self._raw.readinto(buffer)
        self._done += count or 0
        self._told(self._done)
        return count


class Counted(io.BufferedReader):
    """`raw`, unbuffered, read through a buffer; `told` hears how many bytes have been read."""

    def __init__(self, raw: io.RawIOBase, gently: Gently, told: Callable[[int], None]) -> None:
        super().__init__(_Raw(raw, gently, told), _BUFFER)
