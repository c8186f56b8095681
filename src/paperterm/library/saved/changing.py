"""Changing the file of saved searches, and keeping what is taken out of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from paperterm.errors import LibraryError, UsageError
from paperterm.library.saved import blocks, written
from paperterm.model.saved import MOST_SEARCHES, Saved, named, parse_name, parse_query
from paperterm.model.text import shown
from paperterm.storage.by_hand import change, read_text

_HEAD = """\
# Saved searches: the shelves under "Searches", in this order. Yours to edit and to share.

"""
_MOST_REMOVED = 100


@dataclass(slots=True)
class _Piece:
    """A piece of the file: what it says, and for an entry the search it is, if it is one."""

    text: str
    raw: object = None
    saved: Saved | None = None
    is_entry: bool = False


class SearchFile:
    """The file that the reader's saved searches stand in. Any copy, any thread may change it.

    Every change raises `UsageError` for what makes no sense, `LibraryError` where the file can't
    be changed; it is then as it was.
    """

    def __init__(self, path: Path, state: Path) -> None:
        """`state` is the folder for what is no part of the file: the lock, and what was removed."""
        self.path = path
        self._lock = state / "searches.lock"
        self._removed = state / "removed-searches.json"

    def read(self) -> written.Written:
        """What the file says now."""
        return written.read(self.path)

    def add(self, name: str, query: str) -> Saved:
        """Add a search after the others."""
        saved = Saved(parse_name(name), parse_query(query))

        def add(pieces: list[_Piece]) -> None:
            _refuse_taken(pieces, saved.name)
            _refuse_many(pieces)
            pieces.append(_new_piece(saved))

        self._change(add)
        return saved

    def rename(self, name: str, new: str) -> Saved:
        """Give a search another name."""
        return self._rewrite(name, "name", parse_name(new))

    def edit(self, name: str, query: str) -> Saved:
        """Give a search another query."""
        return self._rewrite(name, "query", parse_query(query))

    def _rewrite(self, name: str, key: str, value: str) -> Saved:
        after: list[Saved] = []

        def rewrite(pieces: list[_Piece]) -> None:
            piece = _piece(pieces, name)
            assert piece.saved is not None
            if key == "name" and not piece.saved.is_called(value):
                _refuse_taken(pieces, value)
            _set(piece, key, value)
            after[:] = [piece.saved]

        self._change(rewrite)
        return after[0]

    def move(self, name: str, place: int) -> int:
        """Put a search in a place, from 1; beyond the ends means the ends. Returns the place."""
        came: list[int] = []

        def move(pieces: list[_Piece]) -> None:
            piece = _piece(pieces, name)
            others = [one for one in pieces if one.saved and one is not piece]
            wanted = max(1, min(place, len(others) + 1))
            came[:] = [wanted]
            if [one for one in pieces if one.saved].index(piece) == wanted - 1:
                return
            pieces.remove(piece)
            if wanted <= len(others):
                pieces.insert(pieces.index(others[wanted - 1]), piece)
            else:
                pieces.insert(pieces.index(others[-1]) + 1, piece)

        self._change(move)
        return came[0]

    def remove(self, name: str) -> Saved:
        """Take a search out; `bring_back` puts it back as it was, comments and all."""
        gone: list[tuple[_Piece, int]] = []

        def remove(pieces: list[_Piece]) -> None:
            piece = _piece(pieces, name)
            gone[:] = [(piece, [one for one in pieces if one.saved].index(piece) + 1)]
            self._keep(piece, gone[0][1])  # first: what goes is kept before it goes
            pieces.remove(piece)

        self._change(remove)
        saved = gone[0][0].saved
        assert saved is not None
        return saved

    def bring_back(self, name: str = "") -> Saved:
        """Put back the search of this name that was removed last, or whichever was.

        Raises `UsageError` where none was.
        """
        back: list[Saved] = []
        kept: list[tuple[str, int]] = []

        def bring_back(pieces: list[_Piece]) -> None:
            there = {one.saved.name.casefold() for one in pieces if one.saved}
            for text, place in reversed(self._kept()):
                piece = _read_piece(text)
                if piece is None or piece.saved is None:
                    continue
                if (piece.saved.is_called(name) or not name) and (
                    piece.saved.name.casefold() not in there
                ):
                    _refuse_many(pieces)
                    others = [one for one in pieces if one.saved]
                    at = pieces.index(others[place - 1]) if place <= len(others) else len(pieces)
                    pieces.insert(at, piece)
                    back[:] = [piece.saved]
                    kept[:] = [(text, place)]
                    return
            which = f"There is no removed search {shown(name)!r}" if name else "None was removed"
            raise UsageError(f"{which} to bring back.")

        self._change(bring_back)
        self._keep_no_more(kept[0])  # last: what stands in neither file would be lost
        return back[0]

    # The file

    def _change(self, how: Callable[[list[_Piece]], None]) -> None:
        def edit(text: str) -> str:
            pieces = self._pieces(text)
            before = [piece.text for piece in pieces]
            how(pieces)
            texts = [piece.text for piece in pieces]
            if texts == before:
                return text
            after = blocks.joined(texts)
            self._check(text, after, [piece.raw for piece in pieces if piece.is_entry])
            return after

        change(self.path, self._lock, edit)

    def _pieces(self, text: str) -> list[_Piece]:
        try:
            table = written.parsed(self.path, text)
        except LibraryError as error:
            raise LibraryError(f"{error} It was left as it is; nothing was changed.") from error
        raw = written.raw_entries(table)
        good, _ = written.sorted_out(self.path.name, raw)
        pieces = [_Piece(piece, is_entry=blocks.is_entry(piece)) for piece in blocks.split(text)]
        entries = [piece for piece in pieces if piece.is_entry]
        if len(entries) != len(raw):
            raise LibraryError(
                f"{self.path} has searches that do not stand under [[search]]: only a hand can "
                "change them. Nothing was changed."
            )
        for piece, value, saved in zip(entries, raw, good, strict=True):
            piece.raw, piece.saved = value, saved
        return pieces or [_Piece(_HEAD)]

    def _check(self, before: str, after: str, entries: list[object]) -> None:
        """Never write what does not say just what was meant: a hand's work is at stake."""
        old, new = written.parsed(self.path, before), written.parsed(self.path, after)
        if written.raw_entries(new) != entries or {**old, "search": 0} != {**new, "search": 0}:
            raise LibraryError(
                f"{self.path} is written in a way that only a hand can change; nothing was changed."
            )

    # What was removed

    def _keep(self, piece: _Piece, place: int) -> None:
        def edit(text: str) -> str:
            return _removed_text([*_removed(text), (piece.text, place)][-_MOST_REMOVED:])

        change(self._removed, self._removed.with_suffix(".lock"), edit)

    def _keep_no_more(self, one: tuple[str, int]) -> None:
        def edit(text: str) -> str:
            kept = _removed(text)
            if one in kept:
                del kept[len(kept) - 1 - kept[::-1].index(one)]
            return _removed_text(kept)

        with suppress(LibraryError):  # it is brought back twice, at worst
            change(self._removed, self._removed.with_suffix(".lock"), edit)

    def _kept(self) -> list[tuple[str, int]]:
        with suppress(LibraryError):
            return _removed(read_text(self._removed))
        return []


def _removed(text: str) -> list[tuple[str, int]]:
    try:
        found = json.loads(text) if text else []
        return [(str(block), int(place)) for block, place in found]
    except (ValueError, TypeError, RecursionError):
        return []


def _removed_text(kept: list[tuple[str, int]]) -> str:
    return json.dumps(kept, ensure_ascii=True, indent=0) + "\n"


def _piece(pieces: list[_Piece], name: str) -> _Piece:
    saved = named([piece.saved for piece in pieces if piece.saved], name)
    return next(piece for piece in pieces if piece.saved == saved)


def _refuse_taken(pieces: list[_Piece], name: str) -> None:
    if any(piece.saved and piece.saved.is_called(name) for piece in pieces):
        raise UsageError(f"There is a saved search {name!r} already.")


def _refuse_many(pieces: list[_Piece]) -> None:
    if sum(piece.saved is not None for piece in pieces) >= MOST_SEARCHES:
        raise UsageError(
            f"There are {MOST_SEARCHES} saved searches, and more are not kept; remove one."
        )


def _new_piece(saved: Saved) -> _Piece:
    name, query = _toml_text(saved.name), _toml_text(saved.query)
    text = f"[[search]]\nname = {name}\nquery = {query}\n"
    return _Piece(text, {"name": saved.name, "query": saved.query}, saved, is_entry=True)


def _read_piece(text: str) -> _Piece | None:
    with suppress(LibraryError):
        raw = written.raw_entries(written.parsed(Path("removed"), text))
        good, _ = written.sorted_out("removed", raw)
        if len(raw) == 1:
            return _Piece(text, raw[0], good[0], is_entry=True)
    return None


def _set(piece: _Piece, key: str, value: str) -> None:
    """Write another value into an entry, beside the comments that are there."""
    import tomlkit  # takes longer to load than a plain command takes to run

    assert piece.saved is not None
    assert isinstance(piece.raw, dict)
    document = tomlkit.parse(piece.text)
    entry = document["search"][0]
    entry[key] = tomlkit.parse(f"x = {_toml_text(value)}")["x"]
    piece.text = tomlkit.dumps(document)
    piece.raw = {**piece.raw, key: value}
    piece.saved = Saved(**{"name": piece.saved.name, "query": piece.saved.query, key: value})


def _toml_text(value: str) -> str:
    """`value` in TOML: as it is between single quotes, where that is possible."""
    if "'" not in value and value.isprintable():
        return f"'{value}'" if '"' in value or "\\" in value else f'"{value}"'
    import tomlkit

    return tomlkit.item(value).as_string()
