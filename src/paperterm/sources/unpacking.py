"""Gzip -> bytes, as they arrive and in constant memory.

Several members one after another are one text. Where the input is cut off or damaged, what was
before it counts.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from paperterm.model.record import Remark
from paperterm.model.text import shown

SIGNATURE = b"\x1f\x8b"
_GZIP = 16 + zlib.MAX_WBITS
_MOST = 64 * 1024
"""Bytes unpacked at a time: a few bytes of input may stand for any number of them."""


class Unpacked:
    """The content of the gzip file that comes in `chunks`, one pass."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self.problem = ""
        """What was wrong with the file, once that is known; to follow its name."""

    def __iter__(self) -> Iterator[bytes]:
        member = zlib.decompressobj(_GZIP)
        begun = False
        for chunk in self._chunks:
            packed = chunk
            while packed:
                if not begun:
                    # Tapes and block devices fill files up with zeros.
                    packed = packed.lstrip(b"\x00") if member.eof else packed
                    begun = bool(packed)
                    member = zlib.decompressobj(_GZIP) if begun else member
                    continue
                try:
                    data = member.decompress(packed, _MOST)
                except zlib.error:
                    self.problem = "is damaged"
                    return
                if data:
                    yield data
                begun = not member.eof
                packed = member.unused_data if member.eof else member.unconsumed_tail
        if begun:
            self.problem = "is cut off"
            if data := member.flush():
                yield data

    def remarks(self, name: str) -> Iterator[Remark]:
        """What is to be said of the file, once its content has been read."""
        if self.problem:
            yield Remark(f"{shown(name)} {self.problem}; what stands before that was read.")
