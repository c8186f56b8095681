"""What a reader may set, in `config.toml`. Every setting has a default; no file is needed.

`SETTINGS` is the one list of them: a row says what a setting means and how its value is read; its
default is that of the field of `Settings` with its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from paperterm.model import nearest
from paperterm.model.paper import Paper
from paperterm.model.query import Sort

_MAILBOX = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}", re.ASCII)

_LONGEST_READING = 86_400


class Link(StrEnum):
    """Which of a paper's pages is copied and opened."""

    ARXIV = "arxiv"
    HUGGINGFACE = "huggingface"

    def of(self, paper: Paper) -> str:
        """The address of that page; the best other one where there is no such page."""
        return paper.huggingface_url if self is Link.HUGGINGFACE else paper.url


class Fetch(StrEnum):
    """When feeds are fetched while the app is open."""

    DUE = "due"
    """By themselves, each when it is time."""
    ASKED = "asked"
    """When the reader asks for it, and only then."""


class ThemeName(StrEnum):
    """How the app looks."""

    LAST = "last"
    """As it was chosen in the app; `AUTO` until something is."""
    AUTO = "auto"
    """Dark or light, by what the terminal says of itself."""
    DARK = "dark"
    LIGHT = "light"
    HIGH_CONTRAST = "high-contrast"
    SOLARIZED_DARK = "solarized-dark"
    SOLARIZED_LIGHT = "solarized-light"
    TERMINAL = "terminal"
    """In the sixteen colours that the terminal has of its own."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force."""

    link: Link = Link.ARXIV
    """The page that is copied and opened."""
    sort: Sort = Sort.DAY
    """The order of a list that is not a search."""
    fetch: Fetch = Fetch.DUE
    """When the app fetches feeds."""
    read_after: float = 0.0
    """Seconds after which a paper whose abstract is open counts as read; 0: never by itself."""
    mailto: str = ""
    """Where those who run a service can reach the reader; told to them with every request."""
    theme: ThemeName = ThemeName.LAST
    """How the app looks at its start."""
    ascii: bool = False
    """Whether the app draws and writes in ASCII even where the locale has more."""
    mouse: bool = True
    """Whether the app asks the terminal for the mouse."""
    sync: Path | None = None
    """The folder that the app syncs with by itself."""
    services: Mapping[str, object] = field(default_factory=dict, hash=False)
    """Base addresses of services, by their names in `web.services.Services`; not yet checked."""
    keys: Mapping[str, object] = field(default_factory=dict, hash=False)
    """Keys of the app's actions, by their ids; not yet checked."""
    problems: tuple[str, ...] = field(default=(), compare=False)
    """What in the file could not be used, a sentence each; the default stands in its place."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing a reader may set."""

    name: str
    """As it is written in the file, and the name of its field in `Settings`."""
    means: str
    """What it is for, a sentence for showing."""
    read: Callable[[object], object]
    """The value of its field for a value in the file.

    `ValueError` says what is wrong, as the end of a sentence that begins with name and value.
    """
    is_table: bool = False
    """Whether it is a table, whose parts are named ``services.arxiv``."""

    @property
    def default(self) -> object:
        """What stands where nothing is set."""
        return getattr(Settings(), self.name)


def one_of(kind: type[StrEnum]) -> Callable[[object], StrEnum]:
    """A reader of one of the values of `kind`."""

    def read(value: object) -> StrEnum:
        if value in [member.value for member in kind]:
            return kind(str(value))
        raise ValueError(f"is none of: {', '.join(member.value for member in kind)}")

    return read


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError("is no number of seconds")
    if not 0 <= value <= _LONGEST_READING:
        raise ValueError("is not from 0 to a day")
    return float(value)


def _yes(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("is neither true nor false")
    return value


def _mailbox(value: object) -> str:
    if not isinstance(value, str) or (value and not _MAILBOX.fullmatch(value)):
        raise ValueError("is no mail address")
    return value


def _folder(value: object) -> Path | None:
    if value == "":
        return None
    if not isinstance(value, str) or "\0" in value or not value.startswith(("/", "~")):
        raise ValueError("is no folder: it begins with / or ~")
    try:
        return Path(value).expanduser()
    except RuntimeError:
        raise ValueError("is in nobody's home") from None


def _table(name: str) -> Callable[[object], Mapping[str, object]]:
    def read(value: object) -> Mapping[str, object]:
        if not isinstance(value, dict):
            raise ValueError(f"is no table: [{name}]")
        return value

    return read


SETTINGS = (
    Setting("link", "The page of a paper that is copied and opened.", one_of(Link)),
    Setting("sort", "The order of a list that is not a search.", one_of(Sort)),
    Setting(
        "fetch", "When the app fetches feeds: when they are due, or when asked.", one_of(Fetch)
    ),
    Setting(
        "read_after",
        "Seconds after which a paper whose abstract is open counts as read; 0: never by itself.",
        _seconds,
    ),
    Setting("mailto", "Your mail address, told to the services with every request.", _mailbox),
    Setting("theme", "How the app looks; last: as you chose in the app.", one_of(ThemeName)),
    Setting("ascii", "Whether the app draws in ASCII, as it does where a locale needs it.", _yes),
    Setting("mouse", "Whether the mouse works in the app; it is the terminal's otherwise.", _yes),
    Setting(
        "sync",
        "A folder that something carries between your machines; the app syncs with it by itself.",
        _folder,
    ),
    Setting(
        "services",
        "Base addresses of the services, by their names.",
        _table("services"),
        is_table=True,
    ),
    Setting(
        "keys",
        "Keys of the app's actions, by the names that `paperterm keys` shows.",
        _table("keys"),
        is_table=True,
    ),
)


def read_settings(path: Path) -> Settings:
    """The settings in the file at `path`; what is wrong in it is told in `problems`."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        return _defaults(path, error.strerror or str(error))
    except UnicodeDecodeError:
        return _defaults(path, "it is no UTF-8")
    import tomllib  # most readers have no settings, and pay nothing for being able to

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _defaults(path, str(error))
    except RecursionError:
        return _defaults(path, "it is nested too deep")
    return settings_of(table, path.name)


def settings_of(table: Mapping[str, object], name: str) -> Settings:
    """The settings that `table` holds, the contents of a file that is called `name`."""
    known = {setting.name: setting for setting in SETTINGS}
    problems = [
        f"{name}: there is no setting {told!r}{nearest.hint(told, known)}"
        for told in table
        if told not in known
    ]
    values: dict[str, object] = {}
    for setting in SETTINGS:
        if setting.name in table:
            value = table[setting.name]
            try:
                values[setting.name] = setting.read(value)
            except ValueError as error:
                problems.append(f"{name}: {setting.name} = {value!r} {error}.")
    return Settings(**values, problems=tuple(problems))  # type: ignore[arg-type]


def _defaults(path: Path, why: str) -> Settings:
    return Settings(problems=(f"{path} can't be read ({why}); the defaults are used.",))
