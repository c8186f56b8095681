"""Pictures of the app as it should look; `pytest --snapshot-update` after a change, and look."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from paperterm.library.desk import Desk
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.model.marks import Change
from paperterm.tui.app import PapertermApp
from tui.conftest import QUIET, Reader

SCENES = {
    "wide": ((140, 40), ("j", "b"), "★ Bookmarked"),
    "medium": ((80, 24), ("j",), "▌●  LongWriter: Unl"),
    "narrow": ((40, 12), ("enter",), "arXiv:2506.18841"),
    "tiny": ((20, 5), ("j",), "▌● LongWriter: Unl|▌●  LongWriter|▌● LongWriter"),
    "shelves": ((60, 20), ("h", "G"), "# ssm +1"),
    "tags": ((100, 30), ("t",), "› ssm"),
    "help": ((100, 50), ("question_mark",), "Esc closes"),
    "no bookmarks": ((120, 30), ("h", "j", "j"), "No bookmarks yet"),
}


@pytest.mark.parametrize("name", SCENES)
def test_it_looks_as_it_should(
    starter: Paths, name: str, snap_compare: Callable[..., bool]
) -> None:
    size, keys, shown = SCENES[name]
    if name != "no bookmarks":
        with Library(starter) as library:
            entry = library.named("2312.00752")
            library.mark([Change(entry.paper.key, add=("ssm",))], "tags", [entry])
    desk = Desk(starter)
    app = PapertermApp(desk, QUIET)

    async def play(pilot: Pilot[None]) -> None:
        reader = Reader(app, pilot)
        await reader.until(lambda: bool(app.screen.query("PaperList")), "the main screen")
        await reader.until(lambda: app.screen.papers.count > 0, "papers")
        await reader.until(
            lambda: app.screen.panes.abstract.sheet is not None, "the first abstract"
        )
        for key in keys:
            await reader.press(key)
            await pilot.pause(0.1)
        await reader.sees(shown)
        for one in app.screen.query(Input):
            one.cursor_blink = False  # it shows, however long this took
        await pilot.pause(0.3)

    try:
        assert snap_compare(app, terminal_size=size, run_before=play)
    finally:
        desk.close()
