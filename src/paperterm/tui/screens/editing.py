"""Correcting a paper: its title, authors, date and abstract as a small text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from paperterm.errors import UsageError
from paperterm.model.edit_text import EditText, text_of
from paperterm.model.text import shown
from paperterm.tui.screens.framed import FramedScreen
from paperterm.tui.widgets.raw_text import RawText

if TYPE_CHECKING:
    from paperterm.library.door import Library
    from paperterm.model.edits import Edit
    from paperterm.tui.deeds import Deed
    from paperterm.tui.screens.marking import MarkingScreen
    from paperterm.tui.session import Session

_HELP = "Yours stands over what services tell; an emptied one goes back to them"
_AGAIN = "Esc again leaves it as it was."


class EditScreen(FramedScreen["Edit | None"]):
    """Answers with what the reader wants, or None where they leave what makes no sense."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "keep", show=False, priority=True),
        Binding("escape", "leave", "leave", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    EditScreen {
        & > Vertical {
            max-width: 100;
            & > RawText {
                border: none; height: 16; max-height: 1fr; padding: 0; background: $surface;
                scrollbar-size-vertical: 1; overflow-y: scroll;
                &:focus { border: none; }
                & .text-area--cursor-line { background: $surface; }
            }
            &.-problem > Static { color: $error; }
        }
        &.-low > Vertical > RawText { height: 1fr; }
        &.-low > Vertical > Static { max-height: 4; }
        &.-low > Vertical { height: 100%; }
    }
    """

    def __init__(self, before: EditText) -> None:
        super().__init__()
        self._before = before
        self._refused: str | None = None
        """The text that made no sense, as was said."""

    def compose(self) -> ComposeResult:
        """The text, and what is to be known or is wrong."""
        with Vertical() as box:
            box.border_title = "Edit the paper"
            box.border_subtitle = "Esc or ^s keeps · ^z takes back what was typed"
            yield RawText(self._before.text, tab_behavior="focus", soft_wrap=True)
            yield Static(Content(_HELP), markup=False)

    @property
    def area(self) -> RawText:
        """Where the reader types."""
        return self.query_one(RawText)

    def on_mount(self) -> None:
        """Ready to type at the end of the title."""
        self.set_focus(self.area)
        self.area.move_cursor(self.area.document.end)
        self.area.move_cursor((0, len(self.area.document.get_line(0))))

    def on_resize(self) -> None:
        """A low screen has no room for a frame."""
        self.fit(24)

    def action_keep(self) -> None:
        """Keep it, unless it makes no sense."""
        try:
            wanted = self._before.read(self.area.text)
        except UsageError as error:
            self._refused = self.area.text
            self.query_one(Vertical).add_class("-problem")
            self.query_one(Static).update(Content(f"{shown(str(error))} {_AGAIN}"))
        else:
            self.dismiss(wanted)

    def action_leave(self) -> None:
        """Keep what was changed; what was refused and is left so is given up."""
        if self._refused == self.area.text:
            self.dismiss(None)
        else:
            self.action_keep()


async def edit_paper(screen: MarkingScreen, session: Session, paper_id: int) -> None:
    """Have the reader edit a paper; what they want is done as a mark is. Raises what goes wrong."""
    before = await session.read(partial(_text_of, paper_id))
    if before is None:
        screen.keys.say("Keep the paper first, with any mark")
        return

    def keep(wanted: Edit | None) -> None:
        if wanted is not None and wanted != before.edit:
            screen.start_mark(_edit(wanted), [paper_id], moves=True)

    await screen.app.push_screen(EditScreen(before), keep)


def _text_of(paper_id: int, library: Library) -> EditText | None:
    found = library.entries([paper_id])
    return text_of(found[0].paper) if found else None


def _edit(wanted: Edit) -> Deed:
    def deed(library: Library, ids: Sequence[int]) -> tuple[str, Sequence[int]]:
        (entry,) = library.entries(ids)
        done = library.edit(entry.paper, wanted)
        label = f"{done.label[:1].upper()}{done.label[1:]}"
        return (f"{label} · u takes it back" if done.keys else "As before"), ids

    return deed
