"""What a command loads: nothing of the app's, and the index's libraries only for words."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROBE = """
import sys
from paperterm.__main__ import main
sys.argv = ["paperterm", *sys.argv[1:]]
main()
sys.stdout.flush()
heavy = {"textual", "rich", "numpy", "whoosh", "pyperclip"}
sys.stderr.write("LOADED " + " ".join(sorted(heavy & set(sys.modules))))
"""


def loaded(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments], capture_output=True, text=True, timeout=60
    )
    return set(done.stderr.rpartition("LOADED ")[2].split())


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize(
    "command",
    [
        ["--version"],
        ["search"],
        ["search", "is:unread", "date:2024", "--json"],
        ["show", "2408.08066"],
        ["tag", "2408.08066", "--add", "x"],
        ["bookmark", "2408.08066"],
        ["tags"],
        ["export"],
        ["browse", "--plain"],
    ],
)
def test_a_plain_command_loads_neither_the_app_nor_the_index(command: list[str]) -> None:
    assert loaded(*command) == set()


@pytest.mark.usefixtures("stocked")
def test_a_search_for_words_loads_the_index_but_not_the_app(tmp_path: object) -> None:
    assert loaded("search", "mamba") == {"numpy", "whoosh"}


@pytest.mark.usefixtures("stocked")
def test_import_and_doctor_do_not_load_the_app(papers: object) -> None:
    for command in (["import", str(papers)], ["doctor"]):
        assert not loaded(*command) & {"textual", "rich"}
