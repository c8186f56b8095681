"""The command that looks whether all is well, and mends what can be mended."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Iterator

import click

from paperterm import __version__
from paperterm.cli.output import glyph, painted, say
from paperterm.cli.session import Session, pass_session
from paperterm.errors import PapertermError
from paperterm.library import health
from paperterm.library.health import Finding
from paperterm.library.paths import Paths
from paperterm.library.settings import read_settings
from paperterm.model.text import shown

_PACKAGES = ("textual", "whoosh-reloaded", "numpy", "click")


@click.command()
@click.option("--repair", is_flag=True, help="Mend what can be mended; nothing is deleted.")
@pass_session
def doctor(session: Session, repair: bool) -> int:
    """Check library and index; print versions, folders and clipboards.

    The exit status is 1 when something is not well.
    """
    from paperterm.desktop import clipboard

    say(f"paperterm {__version__}, {_versions()}")
    for name, folder in _folders(session.paths):
        say(f"{name:<10} {shown(folder)}")
    say(f"{'clipboard':<10} {', '.join(clipboard.ways())}")
    say()
    if repair:
        for told in health.repair(session.paths):
            say(shown(told))
    well = True
    for finding in _findings(session.paths):
        well = well and finding.well
        say(_line(finding))
    return 0 if well else 1


def _versions() -> str:
    from importlib import metadata

    found = [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    for package in _PACKAGES:
        try:
            found.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            found.append(f"{package} is not installed")
    return ", ".join(found)


def _folders(paths: Paths) -> list[tuple[str, str]]:
    return [
        ("library", str(paths.data)),
        ("settings", str(paths.settings)),
        ("index", str(paths.index)),
        ("state", str(paths.state)),
    ]


def _findings(paths: Paths) -> Iterator[Finding]:
    for problem in read_settings(paths.settings).problems:
        yield Finding("settings", False, problem)
    try:
        yield from health.examine(paths)
    except PapertermError as error:
        yield Finding("library", False, str(error))


def _line(finding: Finding) -> str:
    if finding.well:
        sign = painted(glyph("✓", "ok"), colour="green")
    else:
        sign = painted(glyph("✗", "not well:"), colour="red", bold=True)
    return f"{sign} {finding.subject}: {shown(finding.told)}"
