"""Which papers of the catalogue are shown as their reader has edited them.

The edits themselves are registers of the journal, in the file of marks. The catalogue holds the
edited fields where it held those of the services, so that whatever reads it finds by them, and
keeps what the services tell beside them.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress

from paperterm.model.edits import Edit, read, told_text
from paperterm.model.paper import Paper

MIGRATION = (
    # `edit` is the edit that is laid over the paper, `told` what the services tell of its fields.
    """CREATE TABLE edited (
        id INTEGER PRIMARY KEY REFERENCES paper (id) ON DELETE CASCADE,
        edit TEXT NOT NULL,
        told TEXT NOT NULL
    )""",
)
OF_MARKS = (
    # The edit of each paper that has one, as its register has it: derived.
    "CREATE TABLE IF NOT EXISTS edit (key TEXT PRIMARY KEY, fields TEXT NOT NULL) WITHOUT ROWID",
)


def over(connection: sqlite3.Connection, paper_id: int, told: Paper) -> Paper:
    """The paper of this id, as it is to be shown; what the services tell of it is kept."""
    row = connection.execute("SELECT edit FROM edited WHERE id = ?", (paper_id,)).fetchone()
    if row is None:
        return told
    connection.execute("UPDATE edited SET told = ? WHERE id = ?", (told_text(told), paper_id))
    return _edit(row[0]).over(told)


def _edit(text: str) -> Edit:
    with suppress(ValueError):
        return read(text)
    return Edit()


def lay(connection: sqlite3.Connection, paper_id: int, text: str) -> None:
    """Let an edit stand over the paper of this id, or none; the paper is to be written anew."""
    if text:
        connection.execute("INSERT OR REPLACE INTO edited VALUES (?, ?, '')", (paper_id, text))
    else:
        connection.execute("DELETE FROM edited WHERE id = ?", (paper_id,))


def are_there(connection: sqlite3.Connection) -> bool:
    """Whether the reader has edited anything; with the reader's marks attached."""
    found = connection.execute("SELECT EXISTS (SELECT 1 FROM marks.edit)").fetchone()
    return bool(found[0])


def behind(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """The papers over which another edit stands than the reader's, and that one.

    Takes the catalogue's connection with the reader's marks attached.
    """
    return connection.execute(
        "SELECT paper.id, fields FROM marks.edit JOIN paper USING (key) LEFT JOIN edited"
        " ON edited.id = paper.id WHERE edited.edit IS NOT fields UNION ALL"
        " SELECT id, '' FROM edited JOIN paper USING (id)"
        " WHERE key NOT IN (SELECT key FROM marks.edit)"
    ).fetchall()
