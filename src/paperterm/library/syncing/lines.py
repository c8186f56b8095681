"""An entry of the journal as a line of a shared file, and back: JSON with a sum of its own."""

from __future__ import annotations

import json
import zlib

from paperterm.model import entry_json
from paperterm.model.journal import Entry

_BEGIN, _MIDDLE, _END = b'{"sum":"', b'","entry":', b"}\n"
_SUM = 8
"""Hex digits of a CRC-32 of the entry's bytes."""
_BODY = len(_BEGIN) + _SUM + len(_MIDDLE)


def line_of(entry: Entry) -> bytes:
    """The line of `entry`, with its line end; ASCII."""
    body = json.dumps(entry_json.to_json(entry), separators=(",", ":")).encode()
    return b"%b%08x%b%b%b" % (_BEGIN, zlib.crc32(body), _MIDDLE, body, _END)


def entry_of(line: bytes) -> Entry:
    """The entry that a whole line tells. Raises `ValueError` with the reason, for showing."""
    body = line[_BODY : -len(_END)]
    if line != b"%b%08x%b%b%b" % (_BEGIN, zlib.crc32(body), _MIDDLE, body, _END):
        raise ValueError("it is damaged")
    try:
        return entry_json.from_json(json.loads(body))
    except RecursionError:
        raise ValueError("it is nested too deep") from None
