"""A damaged library: what has happened, what can be restored, and the one key that does it."""

from __future__ import annotations

import asyncio
import contextlib
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from paperterm.errors import LibraryDamaged, PapertermError
from paperterm.library import recovery
from paperterm.model.text import shown
from paperterm.tui.session import Session

if TYPE_CHECKING:
    from paperterm.tui.app import PapertermApp

_KEYS = "r restores · q leaves all as it is"
_LEAVES = "q leaves"


def offer(app: PapertermApp, session: Session, error: LibraryDamaged) -> None:
    """Ask the reader whether to restore; then go on with the library, or leave."""
    main = app.screen_stack[0]
    if isinstance(app.screen, RecoveryScreen):
        return  # another part of the screen has met the same damage

    def go_on(told: str | None) -> None:
        if told is None:
            app.give_up(error)
        else:
            main.start(partial(begin_again, told), "begin")  # type: ignore[attr-defined]

    async def begin_again(told: str) -> None:
        await main._begin()  # type: ignore[attr-defined]
        main.keys.say(shown(told))  # type: ignore[attr-defined]

    app.push_screen(RecoveryScreen(session, str(error)), go_on)


class RecoveryScreen(Screen[str | None]):
    """Answers with what was restored, a sentence; None when the reader leaves all as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "restore", "restore", show=False),
        Binding("q,escape", "leave", "leave", show=False),
    ]
    DEFAULT_CSS = """
    RecoveryScreen {
        align: center middle;
        & > VerticalScroll {
            width: 100%; max-width: 76; height: auto; max-height: 100%;
            border: round $error; padding: 0 1; background: $surface;
            & > Static { height: auto; margin: 0 0 1 0; }
            & > .-keys { color: $muted; margin: 0; }
        }
        &.-low > VerticalScroll { border: none; }
    }
    """

    def __init__(self, session: Session, error: str) -> None:
        """`error` is shown until more is known."""
        super().__init__()
        self._session = session
        self._error = error
        self._can_restore = False

    def compose(self) -> ComposeResult:
        """What has happened, what restoring would do, and the keys."""
        with VerticalScroll() as box:
            box.border_title = "The library is damaged"
            yield Static(Content(shown(self._error)), markup=False, classes="-happened")
            yield Static(Content("Looking what can be restored…"), markup=False, classes="-hope")
            yield Static(Content(_LEAVES), markup=False, classes="-keys")

    def on_mount(self) -> None:
        """Look while the interface stays free."""
        self.set_class(self.app.size.height < 10, "-low")
        self.query_one(VerticalScroll).focus()
        self.run_worker(self._look())

    async def _look(self) -> None:
        try:
            outlook = await asyncio.to_thread(recovery.outlook, self._session.desk.paths)
        except PapertermError as error:
            self._say(hope=str(error))
            return
        self._can_restore = True
        self._say(outlook.happened, " ".join(outlook.restoring), _KEYS)

    def _say(self, happened: str = "", hope: str = "", keys: str = "") -> None:
        for name, text in (("happened", happened), ("hope", hope), ("keys", keys)):
            if text:
                self.query_one(f".-{name}", Static).update(Content(shown(text)))

    def action_restore(self) -> None:
        """Restore."""
        if self._can_restore:
            self._can_restore = False
            self._say(hope="Restoring…", keys=_LEAVES)
            self.run_worker(self._restore())

    async def _restore(self) -> None:
        try:
            told = await asyncio.wrap_future(await asyncio.to_thread(self._session.desk.mend))
        except PapertermError as error:
            self._say(hope=str(error))
            return
        with contextlib.suppress(asyncio.CancelledError):
            self.dismiss(told)

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
