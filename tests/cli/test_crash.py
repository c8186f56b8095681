"""A problem that nobody expected leaves a report that may be shown to anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperterm.cli.crash import KEPT
from paperterm.library.door import Library

from .helpers import Run

pytestmark = pytest.mark.usefixtures("stocked")


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def tags(self: object) -> object:
        mine = "a private note"
        try:
            raise ValueError(f"{mine} of /home/eve, eve@example.org")
        except ValueError as error:
            raise TypeError(mine) from error

    monkeypatch.setattr(Library, "tags", tags)


def reports(home: Path) -> list[Path]:
    return sorted((home / ".local/state/paperterm").glob("crash-*.txt"))


@pytest.mark.usefixtures("broken")
def test_it_tells_the_way_through_the_program_and_nothing_of_the_reader(
    run: Run, home: Path
) -> None:
    ran = run("tags")
    (report,) = reports(home)
    assert str(report) in ran.err
    text = report.read_text()
    for there in ("paperterm 0.", "Python 3.", "TypeError", "caused by builtins.ValueError"):
        assert there in text
    assert "paperterm/cli/tags.py:" in text
    for private in ("private", "eve", str(home), "Mamba"):
        assert private not in text
    assert report.stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("broken")
def test_old_reports_go(run: Run, home: Path) -> None:
    for _ in range(KEPT + 3):
        run("tags")
    assert len(reports(home)) == KEPT


@pytest.mark.usefixtures("broken")
def test_debug_shows_the_traceback(run: Run) -> None:
    assert "Traceback" in run("--debug", "tags").err


@pytest.mark.usefixtures("broken")
def test_where_none_can_be_written_it_is_one_line_still(run: Run, home: Path) -> None:
    (home / ".local/state").write_text("no folder")
    ran = run("tags")
    assert ran.status == 70
    assert ran.err.count("\n") == 1
    assert "report" not in ran.err
