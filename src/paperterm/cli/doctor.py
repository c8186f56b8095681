"""The command that looks whether all is well, and mends what can be mended."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator

import click

from paperterm import __version__
from paperterm.cli import bug_report
from paperterm.cli.checking import config_file
from paperterm.cli.output import counted, glyph, painted, say, tell
from paperterm.cli.session import Session, pass_session
from paperterm.errors import PapertermError
from paperterm.library import health, inventory
from paperterm.library.door import Library
from paperterm.library.health import Finding
from paperterm.library.paths import Paths
from paperterm.model.text import shown

_PACKAGES = ("textual", "whoosh-reloaded", "numpy", "click")


@click.command()
@click.option("--repair", is_flag=True, help="Mend what can be mended; nothing is deleted.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print all that is known as JSON for a report, with nothing private in it.",
)
@pass_session
def doctor(session: Session, repair: bool, as_json: bool) -> int:
    """Check the library; print versions, folders and clipboards.

    The exit status is 1 when something is not well.
    """
    from paperterm.desktop import clipboard

    paths, ways = session.paths, clipboard.ways()
    if not as_json:
        for line in (*_surroundings(paths, ways), *_stock(paths)):
            say(line)
        say()
    if repair:
        for told in health.repair(paths):
            (tell if as_json else say)(shown(told))
    findings = [*_findings(paths)]
    if as_json:
        say(json.dumps(bug_report.bug_report(paths, findings, ways), indent=2))
    else:
        for finding in findings:
            say(_line(finding))
    return 0 if all(finding.well for finding in findings) else 1


def _surroundings(paths: Paths, ways: list[str]) -> Iterator[str]:
    found = bug_report.versions(_PACKAGES)
    told = (f"{name} {version or 'is not installed'}" for name, version in found.items())
    yield f"paperterm {__version__}, {', '.join(told)}"
    for name, folder in _folders(paths):
        yield _fact(name, folder)
    yield _fact("clipboard", ", ".join(ways))
    terminal = bug_report.terminal()
    yield _fact("terminal", ", ".join(filter(None, terminal.values())) or "none")


def _stock(paths: Paths) -> Iterator[str]:
    """What there is of the library."""
    for one in inventory.kept(paths):
        if one.size:
            version = "" if one.version is None else f", version {one.version}"
            yield _fact("", f"{one.name}: {_bytes(one.size)}{version}")
    for copy in inventory.copies(paths):
        on = counted(copy.papers, "paper")
        yield _fact("backup", f"{copy.day}: marks on {on}, {_bytes(copy.size)}")
    for aside in inventory.set_aside(paths):
        yield _fact("set aside", shown(aside.name))
    if reports := inventory.crashes(paths):
        yield _fact("crashes", f"{counted(len(reports), 'report')}, the last {reports[-1].name}")
    with contextlib.suppress(PapertermError), Library(paths) as library:
        kinds, problems = inventory.feeds(library)
        told = [counted(sum(kinds.values()), "feed")]
        told += [f"{number} {problem}" for problem, number in problems.items()]
        yield _fact("feeds", ", ".join(told))


def _fact(name: str, told: str) -> str:
    return f"{name:<10} {shown(told)}"


def _bytes(count: int) -> str:
    if count < 1000:
        return f"{count} bytes"
    if count < 1_000_000:
        return f"{count / 1000:.0f} KB"
    return f"{count / 1_000_000:,.1f} MB"


def _folders(paths: Paths) -> list[tuple[str, str]]:
    return [
        ("library", str(paths.data)),
        ("settings", str(paths.settings)),
        ("index", str(paths.index)),
        ("state", str(paths.state)),
    ]


def _findings(paths: Paths) -> Iterator[Finding]:
    for problem in config_file(paths).problems():
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
