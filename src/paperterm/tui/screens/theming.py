"""Choosing how the app looks: what the cursor is on is shown at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from paperterm.library.remembered import remember
from paperterm.library.settings import ThemeName
from paperterm.tui.painting import remembering
from paperterm.tui.screens.framed import FramedScreen
from paperterm.tui.screens.working import WorkingScreen
from paperterm.tui.session import Session

if TYPE_CHECKING:
    from paperterm.tui.app import PapertermApp

_MEANS = {
    ThemeName.AUTO: "dark or light, as the terminal says of itself",
    ThemeName.DARK: "light letters on a dark ground",
    ThemeName.LIGHT: "dark letters on a light ground",
    ThemeName.HIGH_CONTRAST: "bright letters on black",
    ThemeName.SOLARIZED_DARK: "soft, on a dark ground",
    ThemeName.SOLARIZED_LIGHT: "soft, on a light ground",
    ThemeName.TERMINAL: "the terminal's own colours",
}
_ROOM_FOR_WORDS = 70
"""Columns from which on a theme is described."""
_KEYS = "Enter keeps it · Esc leaves"


class ThemeScreen(FramedScreen[ThemeName | None]):
    """Answers with the theme that is to stay, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "step('down')", "down", show=False),
        Binding("k", "step('up')", "up", show=False),
        Binding("escape,q", "leave", "leave", show=False),
        Binding("C", "leave", "leave", show=False, id="theme"),
    ]
    DEFAULT_CSS = """
    ThemeScreen {
        background: transparent;
        & > Vertical > OptionList {
            height: auto; border: none; padding: 0; background: $surface;
            &:focus { border: none; background-tint: $surface 0%; }
        }
    }
    """

    def __init__(self, worn: ThemeName) -> None:
        super().__init__()
        self._worn = worn

    @property
    def _app(self) -> PapertermApp:
        return cast("PapertermApp", self.app)

    def compose(self) -> ComposeResult:
        """A line each."""
        roomy = self.app.size.width >= _ROOM_FOR_WORDS
        lines = [
            Content.assemble((f"{name.value:<17}", "bold"), means if roomy else "")
            for name, means in _MEANS.items()
        ]
        with Vertical() as box:
            box.border_title = "How paperterm looks"
            box.border_subtitle = _KEYS
            yield OptionList(*(Option(line) for line in lines), markup=False)

    def on_mount(self) -> None:
        """The cursor is on the one that is worn."""
        self.set_class(self.app.size.height < 10, "-low")
        options = self.query_one(OptionList)
        options.highlighted = list(_MEANS).index(self._worn)
        self.set_focus(options)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Look like that, for now."""
        self._app.wear(list(_MEANS)[event.option_index])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Look like that for good."""
        self.dismiss(list(_MEANS)[event.option_index])

    def action_step(self, way: str) -> None:
        """As the arrows do."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if way == "down" else options.action_cursor_up)()

    def action_leave(self) -> None:
        """As it was before."""
        self._app.wear(self._worn)
        self.dismiss(None)


async def choose(screen: WorkingScreen, session: Session) -> None:
    """Ask how the app is to look; an answer is kept for the next start."""
    painting = cast("PapertermApp", screen.app).painting
    if painting.paint.colourless:
        screen.say_error("NO_COLOR is set: there are no colours to choose from")
        return

    async def kept(name: ThemeName) -> None:
        told = remembering(name)
        await session.change(lambda library: remember(library.paths.state, told))

    def keep(name: ThemeName | None) -> None:
        if name is not None:
            screen.start(partial(kept, name), "theme")

    await screen.app.push_screen(ThemeScreen(painting.name), keep)
