"""What a reader may set, in `config.toml`. Every setting has a default; no file is needed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

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
    services: Mapping[str, object] = field(default_factory=dict, hash=False)
    """Base addresses of services, by their names in `web.services.Services`; not yet checked."""
    problems: tuple[str, ...] = field(default=(), compare=False)
    """What in the file could not be used, a sentence each; the default stands in its place."""


def read_settings(path: Path) -> Settings:
    """The settings in the file at `path`; what is wrong in it is told in `problems`."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        return _defaults(path, str(error))
    import tomllib  # most readers have no settings, and pay nothing for being able to

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _defaults(path, str(error))
    except RecursionError:
        return _defaults(path, "it is nested too deep")
    known = ("fetch", "link", "mailto", "read_after", "services", "sort")
    problems = [
        f"{path.name}: there is no setting {name!r}; there are: {', '.join(known)}."
        for name in table
        if name not in known
    ]
    link = _choice(table, "link", Link.ARXIV, problems)
    sort = _choice(table, "sort", Sort.DAY, problems)
    fetch = _choice(table, "fetch", Fetch.DUE, problems)
    read_after = table.get("read_after", 0)
    if isinstance(read_after, bool) or not isinstance(read_after, (int, float)):
        problems.append(f"config.toml: read_after = {read_after!r} is no number of seconds.")
        read_after = 0
    elif not 0 <= read_after <= _LONGEST_READING:
        problems.append(f"config.toml: read_after = {read_after!r} is not from 0 to a day.")
        read_after = 0
    mailto = table.get("mailto", "")
    if not isinstance(mailto, str) or (mailto and not _MAILBOX.fullmatch(mailto)):
        problems.append(f"config.toml: mailto = {mailto!r} is no mail address.")
        mailto = ""
    services = table.get("services", {})
    if not isinstance(services, dict):
        problems.append("config.toml: services has to be a table: [services].")
        services = {}
    return Settings(link, sort, fetch, float(read_after), mailto, services, tuple(problems))


def _defaults(path: Path, why: str) -> Settings:
    return Settings(problems=(f"{path} can't be read ({why}); the defaults are used.",))


Choice = TypeVar("Choice", bound=StrEnum)


def _choice(table: dict[str, object], name: str, default: Choice, problems: list[str]) -> Choice:
    kind = type(default)
    value = table.get(name, default.value)
    if value in [member.value for member in kind]:
        return kind(str(value))
    known = ", ".join(member.value for member in kind)
    problems.append(f"config.toml: {name} = {value!r} is none of: {known}.")
    return default
