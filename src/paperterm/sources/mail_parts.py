"""A mail as it was saved -> its text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from paperterm.errors import SourceError
from paperterm.model.text import shown
from paperterm.sources.told_dates import mail_day


@dataclass(frozen=True, slots=True)
class Mail:
    """What of a mail is read."""

    text: bytes
    """Its first part of plain text."""
    day: dt.date | None
    """The day it was sent."""
    lines_before: int
    """How many lines of the file stand before the text, where that can be said; else 0."""


def opened(chunks: Iterable[bytes], most: int, name: str) -> Mail:
    """The mail in `chunks`, called `name`; `SourceError` when it is none or larger than `most`."""
    data = _whole(chunks, most, name)
    try:
        message = message_from_bytes(data)
        text = next((found for part in message.walk() if (found := _text(part))), None)
        day = mail_day(str(message.get("Date", "")))
    except Exception as error:
        # Mail from outside is broken in more ways than the library has errors for.
        raise SourceError(f"{shown(name)} is a mail that can't be read.") from error
    if text is None:
        raise SourceError(f"{shown(name)} is a mail without a part of plain text.")
    start = data.find(text[:1000])
    return Mail(text, day, data.count(b"\n", 0, start) if start > 0 else 0)


def _whole(chunks: Iterable[bytes], most: int, name: str) -> bytes:
    kept: list[bytes] = []
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise SourceError(f"{shown(name)} is larger than {most // 1024**2} MB.")
        kept.append(chunk)
    return b"".join(kept)


def _text(part: Message) -> bytes:
    payload = part.get_payload(decode=True) if part.get_content_type() == "text/plain" else None
    return payload if isinstance(payload, bytes) else b""
