"""The text of a file of settings, with one setting changed and all else as a hand has left it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any


def edited_text(text: str, name: str, value: object, meant: Mapping[str, object]) -> str | None:
    """`text` with a setting given a value, or with None taken out; None where that can't be done.

    It is read again, and has to say just what is `meant`.
    """
    import tomlkit  # takes longer to load than a plain command takes to run

    try:
        edited = tomlkit.dumps(put(tomlkit.parse(text), name, value))
        return edited if tomllib.loads(edited) == meant else None
    except (ValueError, KeyError, TypeError, RecursionError, tomlkit.exceptions.TOMLKitError):
        return None


def put(table: Any, name: str, value: object) -> Any:
    """`table` with a setting, or ``services.arxiv`` in it, given a value; None takes it out."""
    head, dot, rest = name.partition(".")
    if not dot or name in table:
        _put(table, name, value)
        return table
    if head not in table and value is not None:
        table[head] = {}
    if head in table:
        _put(table[head], rest, value)
    return table


def _put(table: Any, name: str, value: object) -> None:
    if value is not None:
        table[name] = value
    elif name in table:
        del table[name]


def holds(table: Mapping[str, object], name: str) -> bool:
    """Whether a setting stands in `table`."""
    head, dot, rest = name.partition(".")
    below = table.get(head)
    return name in table or (bool(dot) and isinstance(below, dict) and rest in below)


def as_toml(text: str) -> list[object]:
    """What `text` is in a file of settings, if it is anything there."""
    try:
        table = tomllib.loads(f"value = {text}")
        return [table["value"]] if len(table) == 1 else []
    except (tomllib.TOMLDecodeError, RecursionError):
        return []
