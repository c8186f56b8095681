"""Which machines this library's entries come from, and which of those are its own."""

from __future__ import annotations

import platform
import secrets
import sqlite3
from collections.abc import Sequence

from paperterm.model.text import shown
from paperterm.model.whole import Machine


def is_own(entry: str) -> str:
    """What is true of an entry of this library's, which SQL calls `entry`."""
    return (
        f"EXISTS (SELECT 1 FROM machine o WHERE o.id = {entry}.machine AND o.own"
        f" AND (o.upto IS NULL OR {entry}.seq <= o.upto))"
    )


def own_machines(connection: sqlite3.Connection) -> list[Machine]:
    """The machines that have made this library's own entries, and how many each."""
    return [
        Machine(*row)
        for row in connection.execute(
            "SELECT machine.id, name, max(seq) FROM machine JOIN entry e ON e.machine = machine.id"
            f" WHERE {is_own('e')} GROUP BY machine.id ORDER BY machine.rowid"
        )
    ]


def adopt(connection: sqlite3.Connection, machines: Sequence[Machine]) -> bool:
    """Let the entries that these machines have made be this library's own; whether they are.

    Only a library in which nothing has been done can take another one's history for its own. What
    the machines do later is theirs.
    """
    own = {one.id for one in own_machines(connection)}
    if machines and own.issuperset(one.id for one in machines):
        return True
    if connection.execute("SELECT 1 FROM entry LIMIT 1").fetchone():
        return False
    connection.execute("DELETE FROM machine")
    connection.executemany(
        "INSERT OR IGNORE INTO machine (id, name, own, upto) VALUES (?, ?, 1, ?)",
        [(one.id, one.name, one.upto) for one in machines],
    )
    become_machine(connection)
    return True


def become_machine(connection: sqlite3.Connection) -> None:
    """Let what is done from now on be done by a machine that never was before."""
    connection.execute(
        "INSERT INTO machine (id, name, own) VALUES (?, ?, 1)",
        (secrets.token_hex(6), machine_name()),
    )


def become_another(connection: sqlite3.Connection) -> None:
    """The same for a copy: what the machine that it was a copy of does later is that one's."""
    connection.execute(
        "UPDATE machine SET upto = (SELECT coalesce(max(seq), 0) FROM entry WHERE machine = id)"
        " WHERE own AND upto IS NULL"
    )
    become_machine(connection)


def machine_name() -> str:
    """What this machine calls itself."""
    return shown(platform.node())[:60] or "a machine without a name"
