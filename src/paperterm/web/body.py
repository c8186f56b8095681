"""The body of an answer, unpacked as it arrives and never larger than it may be."""

from __future__ import annotations

import zlib

from paperterm.errors import BadAnswer

_GZIP = 16 + zlib.MAX_WBITS
_PACKED = ("gzip", "x-gzip")


class Body:
    """Takes the bytes of one answer.

    Both what comes and what that unpacks to may be no more than `most` bytes: an empty block can
    be packed again and again. Raises `BadAnswer` as soon as they are more, having kept `most`.
    """

    def __init__(self, service: str, encoding: str, most: int) -> None:
        """`encoding` is the answer's Content-Encoding; what was not asked for is refused."""
        self._service = service
        self._most = most
        self._came = 0
        self._size = 0
        self._parts: list[bytes] = []
        encoding = encoding.strip().lower()
        self._unpacker = zlib.decompressobj(_GZIP) if encoding in _PACKED else None
        if self._unpacker is None and encoding not in ("", "identity"):
            raise BadAnswer(f"{service} packed its answer in a way that nobody asked for.")

    def expect(self, length: str) -> None:
        """Take notice of a Content-Length."""
        if length.isdecimal() and (len(length) > 18 or int(length) > self._most):
            raise self._too_large()

    def feed(self, chunk: bytes) -> None:
        """Take in some more bytes as they came."""
        self._came += len(chunk)
        if self._came > self._most:
            raise self._too_large()
        try:
            while chunk:
                chunk = self._take(chunk)
        except zlib.error as error:
            raise BadAnswer(f"{self._service} sent an answer that can't be unpacked.") from error

    def _take(self, chunk: bytes) -> bytes:
        """Take in `chunk` up to the end of what was packed together; the rest of it."""
        unpacker = self._unpacker
        if unpacker is None:
            self._keep(chunk)
            return b""
        if unpacker.eof:
            self._unpacker = unpacker = zlib.decompressobj(_GZIP)
        # One byte too many is enough to know that there are too many.
        self._keep(unpacker.decompress(chunk, self._most - self._size + 1))
        return unpacker.unused_data

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self._most:
            raise self._too_large()
        self._parts.append(part)

    @property
    def whole(self) -> bool:
        """Whether this may be the end: nothing that was packed is cut off."""
        return self._unpacker is None or self._unpacker.eof or not self._came

    def content(self) -> bytes:
        """All of it, unpacked."""
        return b"".join(self._parts)

    def _too_large(self) -> BadAnswer:
        size = f"{self._most / 1024**2:.3g} MB"
        return BadAnswer(f"{self._service} sent more than {size}; nothing of it was kept.")
