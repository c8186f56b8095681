"""A reader at the app: a library of known papers, keys pressed, the screen looked at."""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from conftest import paths_in
from paperterm.library.desk import Desk
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.library.settings import Fetch, Settings
from paperterm.tui.app import PapertermApp
from paperterm.tui.painting import Paint

WAIT = 20.0
"""Seconds until a test gives up on something being shown; machines may be slow."""


QUIET = Settings(fetch=Fetch.ASKED)
"""Nothing is fetched unless a test asks for it."""


class Reader:
    """Someone at the keyboard."""

    def __init__(self, app: PapertermApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        names = {" ": "space", "-": "minus", ":": "colon", "/": "slash"}
        names |= {".": "full_stop", "!": "exclamation_mark"}
        for character in text:
            await self.pilot.press(names.get(character, character))

    @property
    def screen(self) -> str:
        """All that can be seen, line by line."""
        height = self.app.size.height
        lines = self.app.screen._compositor.render_strips()
        return "\n".join("".join(s.text for s in line) for line in lines[:height])

    async def sees(self, text: str) -> str:
        """Wait until `text` (a regular expression) can be seen; returns the screen."""
        return await self.until(lambda: bool(re.search(text, self.screen)), text)

    async def no_longer_sees(self, text: str) -> str:
        return await self.until(lambda: not re.search(text, self.screen), f"no {text}")

    async def until(self, there: Callable[[], bool], what: str) -> str:
        async with asyncio.timeout(WAIT):
            try:
                while not there():
                    await self.pilot.pause(0.02)
            except (TimeoutError, asyncio.CancelledError):
                raise AssertionError(f"never seen: {what}\n{self.screen}") from None
        return self.screen


@contextlib.asynccontextmanager
async def reading(
    paths: Paths,
    size: tuple[int, int] = (140, 40),
    settings: Settings | None = None,
    paint: Paint | None = None,
) -> AsyncIterator[Reader]:
    """The app, open on the library at `paths`, until the block ends."""
    desk = Desk(paths)
    app = PapertermApp(desk, settings or QUIET, paint)
    try:
        async with app.run_test(size=size) as pilot:
            reader = Reader(app, pilot)
            await reader.until(lambda: app.screen.papers.count > 0 or size[0] < 1, "papers")
            yield reader
    finally:
        await asyncio.to_thread(desk.close)


@pytest.fixture(scope="session")
def _starter_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("starter")
    with Library(paths_in(folder)) as library:
        library.greet()
        library.bring_up_index()
    return folder


@pytest.fixture
def starter(_starter_once: Path, tmp_path: Path) -> Paths:
    """A library with the starter shelf, indexed."""
    shutil.copytree(_starter_once, tmp_path, dirs_exist_ok=True)
    return paths_in(tmp_path)
