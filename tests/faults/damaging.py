"""Ways in which a file may be found."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

Chance = random.Random


def flipped(path: Path, chance: Chance) -> None:
    """A few bytes of it are others."""
    content = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 8, 200))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path.write_bytes(content)


def blanked(path: Path, chance: Chance) -> None:
    """A page is zeros, as after a power cut."""
    content = bytearray(path.read_bytes())
    start = chance.randrange(len(content)) // 512 * 512
    size = chance.choice((512, 4096))
    content[start : start + size] = bytes(len(content[start : start + size]))
    path.write_bytes(content)


def cut(path: Path, chance: Chance) -> None:
    """Its end is missing."""
    content = path.read_bytes()
    path.write_bytes(content[: chance.randrange(1, len(content))])


def empty(path: Path, chance: Chance) -> None:
    path.write_bytes(b"")


def rubbish(path: Path, chance: Chance) -> None:
    path.write_bytes(chance.randbytes(chance.choice((1, 100, 5000, 100_000))))


def foreign(path: Path, chance: Chance) -> None:
    """Another application's database."""
    path.unlink()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE moz_bookmarks (id INTEGER, title TEXT)")
        connection.execute(f"PRAGMA user_version = {chance.randint(0, 9)}")
        connection.execute(f"PRAGMA application_id = {chance.choice((0, 7))}")
        connection.commit()


def a_folder(path: Path, chance: Chance) -> None:
    path.unlink()
    path.mkdir()


def a_loop(path: Path, chance: Chance) -> None:
    path.unlink()
    path.symlink_to(path)


ANY: tuple[Callable[[Path, Chance], None], ...] = (
    *(flipped, flipped, flipped, blanked, blanked, cut, cut),
    *(empty, rubbish, foreign, a_folder, a_loop),
)
