"""Papers on their way out, line by line; and files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from paperterm.errors import PapertermError
from paperterm.exports import jsonl
from paperterm.exports.formats import FORMATS
from paperterm.library.door import Library
from paperterm.library.view import Entry
from paperterm.model.text import shown
from paperterm.storage.files import settle

_CHUNK = 500


def entries_of(library: Library, paper_ids: Sequence[int]) -> Iterator[Entry]:
    """The papers of `paper_ids`, a few at a time, so that any number of them fits in memory."""
    for start in range(0, len(paper_ids), _CHUNK):
        yield from library.entries(paper_ids[start : start + _CHUNK])


def json_line(entry: Entry, *, full: bool = False, ascii_only: bool = False) -> str:
    """One paper as one line of JSON without its line end.

    `full` tells all there is, so that an import elsewhere gives the same paper.
    """
    tell = jsonl.full_record if full else jsonl.record
    return jsonl.line(tell(entry.paper, entry.marks), ascii_only=ascii_only)


EXPORTS = tuple(FORMATS)
"""The names of the formats that papers leave in; the first holds all there is."""


def export_lines(
    entries: Iterable[Entry], format: str, *, ascii_only: bool = False
) -> Iterator[str]:
    """Papers in the export format of this name, line by line and without line ends."""
    told = ((entry.paper, entry.marks) for entry in entries)
    return FORMATS[format](told, ascii_only=ascii_only)


@contextlib.contextmanager
def writing_whole(path: Path) -> Iterator[BinaryIO]:
    """A stream whose content is at `path` once the block has ended well, and not before.

    When the block or the writing fails, what was at `path` is still there. What is no plain file
    (a pipe, a device) is written to as it is. Raises `PapertermError` when it can't be written.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                yield stream
            return
        with _beside(path.resolve()) as stream:
            yield stream
    except OSError as error:
        reason = error.strerror or "the system gave no reason"
        raise PapertermError(f"{shown(str(path))} can't be written: {reason}.") from error


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[BinaryIO]:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else _new_file_mode())
        settle(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _new_file_mode() -> int:
    """What the reader's umask gives a new file; it can only be read by setting it."""
    umask = os.umask(0o077)
    os.umask(umask)
    return 0o666 & ~umask
