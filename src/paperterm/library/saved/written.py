"""What a file of saved searches says, and what in it can't be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from paperterm.errors import LibraryError, UsageError
from paperterm.model.saved import MOST_SEARCHES, Saved, parse_name, parse_query
from paperterm.model.text import shown
from paperterm.storage.by_hand import read_text


@dataclass(frozen=True, slots=True)
class Written:
    """The searches of a file, in its order."""

    searches: tuple[Saved, ...] = ()
    problems: tuple[str, ...] = ()
    """What in the file could not be used, a sentence each; the rest of it is in use."""


def read(path: Path) -> Written:
    """The saved searches at `path`; never raises."""
    try:
        table = parsed(path, read_text(path))
    except LibraryError as error:
        return Written(problems=(f"{error} No saved search is shown.",))
    good, problems = sorted_out(path.name, raw_entries(table))
    problems += [
        f"{path.name}: {shown(name)!r} means nothing here; searches stand under [[search]]."
        for name in table
        if name != "search"
    ]
    if "search" in table and not isinstance(table["search"], list):
        problems.append(f"{path.name}: searches have to stand under [[search]], not [search].")
    return Written(tuple(saved for saved in good if saved), tuple(problems))


def parsed(path: Path, text: str) -> dict[str, object]:
    """The file as TOML. Raises `LibraryError` when it is none."""
    if not text:
        return {}
    import tomllib  # most readers begin with no saved search

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LibraryError(f"{path} can't be read ({error}).") from error
    except RecursionError as error:
        raise LibraryError(f"{path} can't be read (it is nested too deep).") from error


def raw_entries(table: Mapping[str, object]) -> list[object]:
    """All that stands under `[[search]]`, whatever it is."""
    found = table.get("search", [])
    return list(found) if isinstance(found, list) else []


def sorted_out(file: str, raw: list[object]) -> tuple[list[Saved | None], list[str]]:
    """The search that each entry is, or None, and why those are none."""
    good: list[Saved | None] = []
    problems: list[str] = []
    taken: set[str] = set()
    for number, entry in enumerate(raw, 1):
        try:
            saved = _saved(entry)
            if saved.name.casefold() in taken:
                raise UsageError("Another one before it has that name.")
            if len(taken) >= MOST_SEARCHES:
                raise UsageError(f"There are {MOST_SEARCHES} before it, and more are not kept.")
        except UsageError as error:
            problems.append(f"{file}: the search {_called(entry, number)} is left out. {error}")
            good.append(None)
        else:
            taken.add(saved.name.casefold())
            good.append(saved)
    return good, problems


def _saved(entry: object) -> Saved:
    if not isinstance(entry, dict):
        raise UsageError("It is no table.")
    name, query = entry.get("name", ""), entry.get("query", "")
    for what, value in (("name", name), ("query", query)):
        if not isinstance(value, str):
            raise UsageError(f"Its {what} has to be a text, in quotation marks.")
    return Saved(parse_name(name), parse_query(query))


def _called(entry: object, number: int) -> str:
    name = entry.get("name") if isinstance(entry, dict) else None
    return repr(shown(name)[:60]) if isinstance(name, str) and shown(name) else f"no. {number}"
