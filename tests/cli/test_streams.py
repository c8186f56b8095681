"""Pipes, locales and missing streams, with real processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .helpers import PAPERS, Run

PAPERTERM = [sys.executable, "-m", "paperterm"]


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize("command", [["search"], ["search", "--json"], ["export"], ["--help"]])
def test_a_closed_pipe_ends_it_quietly_with_the_shells_own_status(command: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen(
        [*PAPERTERM, *command], stdout=writing, stderr=subprocess.PIPE
    ) as process:
        os.close(writing)
        assert process.stderr
        assert process.stderr.read() == b""
    assert process.returncode == 128 + signal.SIGPIPE


@pytest.mark.usefixtures("stocked")
def test_nobody_to_tell_is_no_reason_for_a_traceback() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*PAPERTERM, "show", "nonsense"], stderr=writing, stdout=subprocess.PIPE, timeout=30
    )
    os.close(writing)
    assert done.stdout == b""
    assert done.returncode == 128 + signal.SIGPIPE


@pytest.mark.usefixtures("stocked")
def test_a_full_disk_behind_standard_output_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PAPERTERM, "search"], stdout=full, stderr=subprocess.PIPE, timeout=30
        )
    assert done.returncode == 1
    assert done.stderr == b"The system said no (No space left on device).\n"


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_missing_streams_harm_nothing(run: Run, closed: str) -> None:
    command = f'"$0" -m paperterm bookmark 2408.08066 {closed}'
    done = subprocess.run(["sh", "-c", command, sys.executable], capture_output=True, timeout=30)
    assert (done.returncode, done.stderr) == (0, b"")
    assert run("doctor").status == 0
    assert len(run("search", "is:bookmarked").lines) == 1


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"}]
)
def test_titles_that_the_locale_has_no_characters_for_are_still_printed(
    locale: dict[str, str],
) -> None:
    for command in (["search"], ["show", "2510.12285"]):
        done = subprocess.run(
            [*PAPERTERM, *command], capture_output=True, env=os.environ | locale, timeout=30
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert b" Models" in done.stdout


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize("command", [["search", "--json"], ["show", "2510.12285", "--json"]])
def test_json_is_json_in_every_locale(command: list[str]) -> None:
    env = os.environ | {"PYTHONIOENCODING": "latin-1"}
    done = subprocess.run([*PAPERTERM, *command], capture_output=True, env=env, timeout=30)
    found = [json.loads(line) for line in done.stdout.decode("ascii").splitlines()]
    assert PAPERS[2]["title"] in [each["title"] for each in found]


@pytest.mark.usefixtures("stocked")
def test_ctrl_c_is_one_line_and_its_own_status(home: os.PathLike[str]) -> None:
    command = "import os, signal, sys; from paperterm.library.door import Library as L\n"
    command += "L.find = lambda *a: os.kill(os.getpid(), signal.SIGINT)\n"
    command += "from paperterm.__main__ import main; sys.argv = ['paperterm', 'search']\n"
    command += "sys.exit(main())"
    started = time.monotonic()
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, timeout=30)
    assert time.monotonic() - started < 20
    assert done.returncode == 130
    assert done.stdout == b""
    assert done.stderr.split() == [b"Interrupted."]
