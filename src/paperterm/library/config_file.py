"""The file of settings: what stands in it and what does not, what is wrong, and changing it.

It belongs to the reader's hand. A change touches one setting and leaves comments, order and all
else as they are; it is checked to say just what was meant before it is written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from paperterm.errors import LibraryError, UsageError
from paperterm.library.config_text import as_toml, edited_text, holds, put
from paperterm.library.settings import SETTINGS, Setting, settings_of
from paperterm.model import nearest
from paperterm.model.text import shown
from paperterm.storage.by_hand import change, read_text


class Origin(StrEnum):
    """Where the value of a setting comes from."""

    DEFAULT = "default"
    FILE = "file"
    ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class Part:
    """One entry that a setting which is a table may have."""

    default: object
    means: str
    environment: str | None = None
    """The value that the environment gives it where the file does not."""
    always: bool = True
    """Whether it is listed where the file does not have it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a setting stands."""

    name: str
    """``sort``; of a part of a table ``services.arxiv``."""
    value: object
    """As the file would have it."""
    default: object
    origin: Origin
    means: str


Check = Callable[[Mapping[str, object]], Sequence[str]]
"""What is wrong with the contents of a file of settings, a sentence each."""


@dataclass(frozen=True)
class ConfigFile:
    """Raises `UsageError` for what makes no sense, `LibraryError` for a file that can't be used."""

    path: Path
    state: Path
    """The folder for the lock."""
    check_more: Check = lambda table: ()
    """What others than the settings' own readers find wrong."""
    parts: Mapping[str, Mapping[str, Part]] = field(default_factory=dict)
    """The entries that the settings which are tables may have."""

    def table(self) -> dict[str, object]:
        """What the file says."""
        return self._parsed(read_text(self.path))

    def _parsed(self, text: str) -> dict[str, object]:
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise LibraryError(f"{self.path} can't be read ({error}).") from error
        except RecursionError as error:
            raise LibraryError(f"{self.path} can't be read (it is nested too deep).") from error

    def check(self, table: Mapping[str, object]) -> list[str]:
        """What is wrong with these contents, a sentence each; the default stands in its place."""
        settings = settings_of(table, self.path.name)
        return [*settings.problems, *self.check_more(table)]

    def problems(self) -> list[str]:
        """What is wrong with the file."""
        try:
            return self.check(self.table())
        except LibraryError as error:
            return [str(error)]

    # Looking

    def standings(self, table: Mapping[str, object]) -> Iterator[Standing]:
        """Every setting, and every part of one that is a table, with these contents of the file."""
        settings = settings_of(table, self.path.name)
        for setting in SETTINGS:
            if setting.is_table:
                yield from self._standings_below(setting, getattr(settings, setting.name))
                continue
            value = getattr(settings, setting.name)
            in_file = (
                setting.name in table
                and not settings_of({setting.name: table[setting.name]}, self.path.name).problems
            )
            origin = Origin.FILE if in_file else Origin.DEFAULT
            yield Standing(
                setting.name, plain(value), plain(setting.default), origin, setting.means
            )

    def _standings_below(self, setting: Setting, told: Mapping[str, object]) -> Iterator[Standing]:
        for name, part in self.parts.get(setting.name, {}).items():
            origin, value = Origin.DEFAULT, part.default
            if part.environment is not None:
                origin, value = Origin.ENVIRONMENT, part.environment
            if name in told and not self.check({setting.name: {name: told[name]}}):
                origin, value = Origin.FILE, told[name]
            yield Standing(f"{setting.name}.{name}", plain(value), part.default, origin, part.means)

    def listed(self, table: Mapping[str, object]) -> list[Standing]:
        """Those worth listing: of actions only the ones whose keys are in the file."""
        return [
            one
            for one in self.standings(table)
            if one.origin is not Origin.DEFAULT or self._is_listed(one.name)
        ]

    def _is_listed(self, name: str) -> bool:
        head, _, rest = name.partition(".")
        part = self.parts.get(head, {}).get(rest)
        return part is None or part.always

    def standing(self, name: str) -> Standing:
        """How one setting stands; of a table, all its parts in one."""
        table = self.table()
        found = {one.name: one for one in self.standings(table)}
        if name in found:
            return found[name]
        for setting in SETTINGS:
            if setting.name == name:
                below = {
                    one.name.partition(".")[2]: one
                    for one in found.values()
                    if one.name.startswith(f"{name}.")
                }
                return Standing(
                    name,
                    {part: one.value for part, one in below.items()},
                    {part: one.default for part, one in below.items()},
                    Origin.FILE if name in table else Origin.DEFAULT,
                    setting.means,
                )
        raise UsageError(self._unknown(name))

    def _unknown(self, name: str) -> str:
        known = [setting.name for setting in SETTINGS]
        head, dot, _ = name.partition(".")
        if dot and head in self.parts:
            known = [f"{head}.{part}" for part in self.parts[head]]
        close = nearest.nearest(name, known)
        more = f"; did you mean {close}?" if close else "; `paperterm config` shows all."
        return f"There is no setting {shown(name)!r}{more}"

    # Changing

    def set(self, name: str, text: str) -> object:
        """Give a setting the value that is written as `text`, as in the file or without quotes.

        Returns the value. What `check` would complain of is refused with its sentence.
        """
        refused: list[str] = []
        for value in (*as_toml(text), text):
            try:
                self._change(name, value)
            except _Refused as error:
                refused.append(str(error))
            else:
                return value
        raise UsageError(refused[0])

    def unset(self, name: str) -> bool:
        """Take a setting out of the file; False when it does not stand there."""
        table = self.table()
        if not holds(table, name):
            self.standing(name)  # which knows what is no setting
            return False
        self._change(name, None)
        return True

    def write(self, before: str, after: str) -> None:
        """Let a whole new text take the place of the one that stood there."""
        self._parsed(after)

        def edit(text: str) -> str:
            if text != before:
                raise LibraryError(f"{self.path} was changed by another program meanwhile.")
            return after

        change(self.path, self._lock, edit)

    @property
    def _lock(self) -> Path:
        return self.state / "config.lock"

    def _change(self, name: str, value: object) -> None:
        """Give a setting a value; None takes it out."""
        if value is not None and "." in name and name.partition(".")[0] not in self.parts:
            raise UsageError(self._unknown(name))

        def edit(text: str) -> str:
            before = self._parsed_or_left(text)
            head, dot, _ = name.partition(".")
            if dot and head in before and not isinstance(before[head], dict):
                raise UsageError(self.check({head: before[head]})[0])
            after = put(deepcopy(before), name, value)
            if value is not None:
                known = {*self.check(before)} & {*self.check(put(deepcopy(before), name, None))}
                for problem in self.check(after):
                    if problem not in known:
                        raise _Refused(problem)
            if after == before:
                return text
            if (edited := edited_text(text, name, value, after)) is None:
                raise LibraryError(
                    f"{self.path} is written in a way that only a hand can change; "
                    "nothing was changed."
                )
            return edited

        change(self.path, self._lock, edit)

    def _parsed_or_left(self, text: str) -> dict[str, Any]:
        try:
            return self._parsed(text)
        except LibraryError as error:
            raise LibraryError(f"{error} It was left as it is; nothing was changed.") from error


class _Refused(UsageError):
    """A value that makes no sense."""


def plain(value: object) -> object:
    """As the file would have it."""
    match value:
        case StrEnum():
            return value.value
        case float() if value.is_integer():
            return int(value)
        case Path():
            return str(value)
        case None:
            return ""
        case _:
            return value
