"""A file of named arrays, opened without reading it, that notices damage before it is believed.

Layout: 8 bytes of magic, the header's length (u32), a JSON header, and the arrays, little-endian,
each beginning at a multiple of 8. Checksums are kept elsewhere (the manifest), one for each block
of `BLOCK` bytes; a block is checked when something in it is first looked at, so that opening an
index of a gigabyte costs nothing and damage can't become a wrong answer.
"""

from __future__ import annotations

import json
import mmap
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from paperterm.errors import IndexUnusable

Array = NDArray[Any]

BLOCK = 1 << 16
"""Bytes under one checksum."""

_MAGIC = b"ptflat1\n"


def checksums(data: BinaryIO) -> list[int]:
    """The CRC-32 of each block of `data`, which is read to its end."""
    return [zlib.crc32(block) for block in iter(lambda: data.read(BLOCK), b"")]


def write(path: Path, arrays: Mapping[str, Array], facts: Mapping[str, Any]) -> None:
    """Write `arrays` and `facts` (anything JSON can say) to a new file; OSError if that fails."""
    places: dict[str, tuple[str, int, int]] = {}
    at = 0
    for name, array in arrays.items():
        places[name] = (array.dtype.newbyteorder("<").str, at, len(array))
        at += -(-array.nbytes // 8) * 8
    header = json.dumps({"arrays": places, "facts": facts}).encode()
    header += b" " * (-(len(_MAGIC) + 4 + len(header)) % 8)
    with path.open("xb") as out:
        out.write(_MAGIC + len(header).to_bytes(4, "little") + header)
        for array in arrays.values():
            out.write(array.astype(array.dtype.newbyteorder("<"), copy=False).data)
            out.write(b"\0" * (-array.nbytes % 8))


class FlatFile:
    """An open file of arrays. Every look may raise `IndexUnusable`, when what is there is damaged.

    Arrays are views of the file: nothing is copied, and they stay good when the file is removed.
    """

    def __init__(self, path: Path, sums: Sequence[int]) -> None:
        self.path = path
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._data = memoryview(self._map)
        self._raw: dict[str, memoryview] = {}
        self._sums = sums
        self._unchecked = bytearray(b"\1" * len(sums))
        if -(-len(self._data) // BLOCK) != len(sums):
            raise IndexUnusable("The search index is damaged: a file has changed its size.")
        length = int.from_bytes(self._bytes(8, 4), "little")
        if self._bytes(0, 8) != _MAGIC:
            raise IndexUnusable("The search index is damaged: a file is not one of its own.")
        header = json.loads(bytes(self._bytes(12, length)))
        self._places: dict[str, tuple[str, int, int]] = header["arrays"]
        self.facts: dict[str, Any] = header["facts"]
        self._base = 12 + length

    def _bytes(self, start: int, length: int) -> memoryview:
        stop = start + length
        if stop > len(self._data):
            raise IndexUnusable("The search index is damaged: a file ends too early.")
        first, last = start // BLOCK, -(-stop // BLOCK)
        if self._unchecked.find(1, first, last) >= 0:
            self._check(first, last)
        return self._data[start:stop]

    def _check(self, first: int, last: int) -> None:
        for block in range(first, last):
            if self._unchecked[block]:
                if zlib.crc32(self._data[block * BLOCK : (block + 1) * BLOCK]) != self._sums[block]:
                    raise IndexUnusable("The search index is damaged: a checksum does not match.")
                self._unchecked[block] = 0

    def size(self, name: str) -> int:
        """How many elements an array has."""
        return self._places[name][2]

    def slice(self, name: str, start: int, stop: int) -> Array:
        """The elements from `start` up to `stop` of an array."""
        code, at, count = self._places[name]
        kind = np.dtype(code)
        if not 0 <= start <= stop <= count:
            raise IndexUnusable("The search index is damaged: a list reaches beyond its end.")
        begin = self._base + at + start * kind.itemsize
        return np.frombuffer(self._bytes(begin, (stop - start) * kind.itemsize), kind)

    def array(self, name: str) -> Array:
        """A whole array."""
        return self.slice(name, 0, self.size(name))

    def raw(self, name: str) -> memoryview:
        """A whole array as plain memory, whose items are Python's own numbers."""
        if name not in self._raw:
            self._raw[name] = self.array(name).data
        return self._raw[name]
