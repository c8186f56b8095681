"""What the abstract pane tells of a paper."""

from __future__ import annotations

import datetime as dt

from helpers import mark, only, take_in
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.model.paper import Paper
from tui.conftest import reading

RICH = Paper(
    "Rich",
    "An abstract.",
    arxiv_id="2501.00001",
    published=dt.date(2025, 1, 1),
    updated=dt.date(2025, 3, 2),
    venue="Proceedings of ACL 2025",
    code="https://github.com/a/b",
    project="https://a.example/",
    submitter="AK",
    ai_summary="It does well.",
    keywords=("state space", "scan"),
)


async def test_all_that_is_known_of_a_paper_is_there(paths: Paths) -> None:
    with Library(paths) as library:
        take_in(library, RICH)
    async with reading(paths) as reader:
        screen = await reader.sees("An abstract")
        for text in (
            "Proceedings of ACL 2025",
            "revised 2 Mar 2025",
            "Code: https://github.com/a/b",
            "Project: https://a.example/",
            "Put on Daily Papers by AK",
            "AI summary (Hugging Face)",
            "It does well.",
            "Keywords: state space, scan",
        ):
            assert text in screen


async def test_a_note_is_there_with_its_lines_and_only_as_text(paths: Paths) -> None:
    with Library(paths) as library:
        take_in(library, RICH)
        mark(library, only(library), note="Compare [/] with:\n  - S4 \x1b[2J\n\n[bold]later")
    async with reading(paths) as reader:
        screen = await reader.sees("An abstract")
        for line in ("│ Compare [/] with:", "│   - S4 \ufffd[2J", "│ [bold]later"):
            assert line in screen
        sheet = reader.app.screen.panes.abstract.sheet
        assert sheet.note == "Compare [/] with:\n  - S4 \ufffd[2J\n\n[bold]later"
        assert screen.index("An abstract") < screen.index("Compare") < screen.index("AI summary")


async def test_nothing_is_said_of_what_is_not_known(paths: Paths) -> None:
    with Library(paths) as library:
        take_in(library, Paper("Poor", "An abstract.", arxiv_id="2501.00001"))
    async with reading(paths) as reader:
        screen = await reader.sees("An abstract")
        for word in (
            "Code:",
            "Project:",
            "Put on",
            "AI summary",
            "Keywords",
            "revised",
            "None",
            "Note",
        ):
            assert word not in screen
