"""What every command needs: the reader's library and settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

import click

from paperterm.cli.output import tell
from paperterm.errors import LibraryError
from paperterm.library.door import Library
from paperterm.library.paths import Paths, default_paths
from paperterm.library.settings import Settings, read_settings
from paperterm.model.paper import Paper


@dataclass
class Session:
    """One run of the command line."""

    debug: bool = False
    """Whether the reader wants to see tracebacks."""
    paths: Paths = field(default_factory=default_paths)

    @cached_property
    def settings(self) -> Settings:
        """The settings in force; what is wrong in their file is told once."""
        settings = read_settings(self.paths.settings)
        for problem in settings.problems:
            tell(problem)
        return settings

    @contextmanager
    def library(self, *, greeting: bool = True) -> Iterator[Library]:
        """The library, open. With `greeting`, an empty one first gets its starter shelf.

        Without, a first import into an empty library finds it empty.
        """
        with Library(self.paths) as library:
            if greeting and _greet(library):
                tell(
                    "A starter shelf of papers was put up to look around in; "
                    "`paperterm starter remove` takes it down."
                )
            yield library

    def link_of(self, paper: Paper) -> str:
        """The page of `paper` that the reader has set to be copied and opened."""
        return self.settings.link.of(paper)


def _greet(library: Library) -> bool:
    try:
        return library.greet()
    except LibraryError as error:  # what was asked for can be answered without the shelf
        tell(str(error))
        return False


pass_session = click.make_pass_decorator(Session)
