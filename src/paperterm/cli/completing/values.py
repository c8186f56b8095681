"""What may stand for a parameter, for click's ``shell_complete``: read quickly, and never an error.

A shell shows whatever a completion writes in the middle of the line being typed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from paperterm.library.paths import Paths, default_paths
from paperterm.model.marks import parents
from paperterm.model.text import shown

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_MOST = 500
"""Values that are offered; nobody looks through more."""
Values = Callable[[click.Context, click.Parameter, str], list[str]]


def _from_library(names: Callable[[Paths], Iterable[str]]) -> Values:
    """The names of the reader's own that begin as what is typed does, whatever the capitals."""

    def values(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
        try:
            found = list(names(default_paths()))
        except (sqlite3.Error, OSError, ValueError):
            return []
        begins = begun.casefold()
        # What is not clean text can't be typed either.
        good = (one for one in found if one.casefold().startswith(begins) and shown(one) == one)
        return list(dict.fromkeys(good))[:_MOST]

    return values


def _tags(paths: Paths) -> Iterable[str]:
    from paperterm.storage import names

    carried = names.tags(paths.marks)
    return sorted({*carried, *(name for tag in carried for name in parents(tag))}, key=str.casefold)


def _feeds(paths: Paths) -> Iterable[str]:
    from paperterm.storage import names

    return names.feeds(paths.marks)


def _searches(paths: Paths) -> Iterable[str]:
    from paperterm.library.saved.written import read

    return [saved.name for saved in read(paths.searches).searches]


tags = _from_library(_tags)
feeds = _from_library(_feeds)
searches = _from_library(_searches)


def colours(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """The colours a tag may have."""
    from paperterm.model.tags import PALETTE

    return [name for name in PALETTE if name.startswith(begun)]


def settings(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """The names of the settings."""
    from paperterm.library.settings import SETTINGS

    return [setting.name for setting in SETTINGS if setting.name.startswith(begun)]


def formats(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """The formats that can be imported."""
    from paperterm.sources.registry import FORMATS

    return [name for name in FORMATS if name.startswith(begun)]


def files(
    context: click.Context, parameter: click.Parameter, begun: str
) -> list[CompletionItem[str]]:
    """Files, which the shell finds itself."""
    return _found_by_shell("file", begun)


def folders(
    context: click.Context, parameter: click.Parameter, begun: str
) -> list[CompletionItem[str]]:
    """Folders, likewise."""
    return _found_by_shell("dir", begun)


def _found_by_shell(kind: str, begun: str) -> list[CompletionItem[str]]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(begun, type=kind)]
