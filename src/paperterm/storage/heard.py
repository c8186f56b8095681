"""How far the files of a folder that machines share have been read, and what was written there.

It is in the file of marks, and changes with them: a library that is put back from a backup reads
again what it does not know any more.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

MIGRATION = (
    # `folder` is where the files are, `file` a file's name in there; `mark` tells whether the
    # bytes up to `upto` are still the same.
    """CREATE TABLE heard (
        folder TEXT NOT NULL,
        file TEXT NOT NULL,
        upto INTEGER NOT NULL,
        mark TEXT NOT NULL,
        PRIMARY KEY (folder, file)
    ) WITHOUT ROWID""",
    # Up to which number the entries of a machine of this library's are in a folder.
    """CREATE TABLE told (
        folder TEXT NOT NULL,
        machine TEXT NOT NULL,
        upto INTEGER NOT NULL,
        PRIMARY KEY (folder, machine)
    ) WITHOUT ROWID""",
)


@dataclass(frozen=True, slots=True)
class Place:
    """How far a file was read: everything before byte `upto` is known."""

    upto: int = 0
    mark: str = ""
    """Tells whether those bytes are still the same."""


class Heard:
    """What is known of one shared folder. What writes belongs inside a transaction."""

    def __init__(self, connection: sqlite3.Connection, folder: str) -> None:
        """Of the file of marks."""
        self._connection = connection
        self._folder = folder

    def places(self) -> dict[str, Place]:
        """How far each file was read."""
        rows = self._connection.execute(
            "SELECT file, upto, mark FROM heard WHERE folder = ?", (self._folder,)
        )
        return {file: Place(upto, mark) for file, upto, mark in rows}

    def note(self, file: str, place: Place) -> None:
        """A file is read up to `place`."""
        self._connection.execute(
            "INSERT OR REPLACE INTO heard VALUES (?, ?, ?, ?)",
            (self._folder, file, place.upto, place.mark),
        )

    def told(self, machine: str) -> int:
        """Up to which number the entries of `machine`, one of this library's, are there."""
        row = self._connection.execute(
            "SELECT upto FROM told WHERE folder = ? AND machine = ?", (self._folder, machine)
        ).fetchone()
        return int(row[0]) if row else 0

    def note_told(self, machine: str, upto: int) -> None:
        """The entries of `machine` are there up to this number."""
        self._connection.execute(
            "INSERT OR REPLACE INTO told VALUES (?, ?, ?)", (self._folder, machine, upto)
        )
