"""`paperterm man`: the manual, made from the command line itself."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import takewhile
from pathlib import Path

import pytest

from paperterm.cli import failures
from paperterm.library.settings import SETTINGS

from .helpers import SOURCES, Run

needs_groff = pytest.mark.skipif(not shutil.which("groff"), reason="there is no groff here")


def read(page: str) -> str:
    """What a page looks like, as plain text."""
    done = subprocess.run(
        ["groff", "-ww", "-man", "-Tascii", "-P-cbou", "-rLL=400n"],
        input=page,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == ""
    return done.stdout


def below(page: str, heading: str) -> str:
    """The part of a page, as plain text, that stands under a heading."""
    indent = len(heading) - len(heading.lstrip())
    lines = page.splitlines()
    at = next(n for n, line in enumerate(lines) if f"{line} ".startswith(f"{heading} "))
    inside = takewhile(lambda line: not line[: indent + 1].strip(), lines[at + 1 :])
    return "".join(f"{line}\n" for line in inside)


def commands(run: Run, *path: str) -> list[list[str]]:
    """Every command there is, as help tells them."""
    told = run(*path, "--help").out
    listed = told.partition("Commands:\n")[2]
    names = re.findall(r"^  ([a-z]+)\b", listed, re.MULTILINE)
    found = [[*path, name] for name in names]
    return found + [deeper for one in found for deeper in commands(run, *one)]


@needs_groff
def test_every_command_stands_in_it_with_all_of_its_options_and_its_help(run: Run) -> None:
    page = read(run("man").out)
    everything = commands(run)
    assert len(everything) > 40
    for command in everything:
        told = run(*command, "--help").out
        part = below(page, f"   paperterm {' '.join(command)} [OPTIONS]")
        for option in set(re.findall(r"^  (?:-\w, )?(--[a-z-]+)", told, re.MULTILINE)):
            stands = re.search(rf"^ {{7}}(?:-\w, )?{option}\b", part, re.MULTILINE)
            assert option == "--help" or stands, (command, option)
        first = told.split("\n\n")[1].split(".")[0].replace("`", "")
        assert " ".join(first.split())[:60] in " ".join(part.split()), command


@needs_groff
def test_exit_statuses_settings_and_files_stand_in_it(run: Run) -> None:
    page = read(run("man").out)
    told = below(page, "EXIT STATUS")
    codes = {value for value in vars(failures).values() if type(value) is int}
    assert {failures.FAILURE, failures.NOTHING_NEW, failures.UNEXPECTED} <= codes
    for code in codes:
        assert re.search(rf"^ +{code}\b", told, re.MULTILINE)
    for setting in SETTINGS:
        assert f"       {setting.name}" in below(page, "SETTINGS")
    for file in ("config.toml", "searches.toml", "marks.db", "catalogue.db"):
        assert f"paperterm/{file}" in below(page, "FILES")


def test_every_variable_that_counts_stands_in_it(run: Run) -> None:
    asked = {
        name
        for path in (SOURCES / "paperterm").rglob("*.py")
        if path.name not in ("bug_report.py", "timing.py")  # they tell, and measure
        for name in re.findall(r'environ(?:ment)?\.get\("([A-Z_]+)"', path.read_text())
    }
    assert {"HF_ENDPOINT", "VISUAL", "NO_COLOR"} <= asked
    told = run("man").out
    private = {name for name in asked if name.startswith("_")}
    assert {name for name in asked - private if name not in told} == set()


def test_it_is_ascii_without_a_control_code_and_the_same_every_time(run: Run) -> None:
    page = run("man").out
    assert page == run("man").out
    assert re.fullmatch(r"[\n -~]+", page)


@needs_groff
def test_a_page_for_each_command_is_written_whole(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "share" / "man1"
    for _ in range(2):
        ran = run("man", "--output", str(folder))
        assert ran.status == 0
    pages = {path.name: read(path.read_text()) for path in folder.iterdir()}
    assert f"Wrote {len(pages)} pages" in ran.out
    for path in folder.iterdir():
        assert path.read_text().isascii()
    top = commands(run)
    for command in {one[0] for one in top}:
        assert f"paperterm-{command}(1)" in pages["paperterm.1"]
        assert f"paperterm {command} [OPTIONS]" in pages[f"paperterm-{command}.1"]
    assert "--saved NAME" in pages["paperterm-search.1"]
    assert "paperterm feeds add [OPTIONS] FEED" in pages["paperterm-feeds.1"]


def test_a_folder_that_can_not_be_made_is_a_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = run("man", "--output", str(tmp_path / "file" / "below"))
    assert (ran.status, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1


@pytest.mark.skipif(not shutil.which("mandoc"), reason="there is no mandoc here")
def test_mandoc_finds_nothing_wrong_but_the_missing_date(run: Run) -> None:
    done = subprocess.run(
        ["mandoc", "-T", "lint", "-W", "warning"], input=run("man").out, stdout=-1, text=True
    )
    assert [line for line in done.stdout.splitlines() if "missing date" not in line] == []
