"""The help screen: every key in force, the query language, and a line that finds among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from paperterm.model.text import shown
from paperterm.tui.actions import BY_ID, MOVES
from paperterm.tui.help_text import chapters, fitting, in_columns
from paperterm.tui.key_names import is_typed
from paperterm.tui.keys import Keys
from paperterm.tui.widgets.in_order import InOrder
from paperterm.tui.widgets.page import Page

_WIDE = 118
"""Columns from which on there are two columns, and that the dialog has at most."""
_NARROW = 62
"""Columns of the dialog elsewhere, at most."""
_LOW = 8
"""Lines under which none go to a border."""
_BESIDE = 5
"""Columns of border, padding and scrollbar."""
_BETWEEN = 1
"""Columns that are left free between the two, at least."""

Does = Mapping[str, Callable[[], object]]


class FindLine(InOrder, Input):
    """A line for words, with keys that do something else there."""

    def __init__(self, does: Does, at_first: Does) -> None:
        """What keys do: always, and while nothing is typed."""
        super().__init__(placeholder="Type to find a key", select_on_focus=False, max_length=60)
        self._does = does
        self._at_first = at_first

    async def on_key(self, event: events.Key) -> None:
        """Before the line takes it."""
        do = self._does.get(event.key) or (None if self.value else self._at_first.get(event.key))
        if do is not None:
            event.stop()
            event.prevent_default()
            do()


class HelpScreen(ModalScreen[None]):
    """Comes up over the main screen; what is typed leaves only what fits it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "go_back", "back", show=False),
        Binding("enter", "dismiss", "close", show=False, priority=True),
    ]
    DEFAULT_CSS = f"""
    HelpScreen {{
        align: center middle;
        & > Vertical {{
            width: {_NARROW}; max-width: 100%; height: auto; max-height: 100%;
            border: round $primary; background: $surface; padding: 0 1;
            & > Input {{
                border: none; height: 1; padding: 0; background: $surface;
                &:focus {{ border: none; background-tint: $surface 0%; }}
            }}
            & > Page {{ height: auto; max-height: 100%; }}
            & Horizontal {{ height: auto; }}
            & Static {{ height: auto; width: 1fr; }}
        }}
        & .second {{ display: none; }}
        &.-wide > Vertical {{ width: {_WIDE}; }}
        &.-wide .second {{ display: block; }}
        &.-low > Vertical {{ border: none; }}
    }}
    """

    def __init__(self, keys: Keys) -> None:
        """`keys` are in force."""
        super().__init__()
        self._keys = keys
        self._chapters = chapters(keys)

    def compose(self) -> ComposeResult:
        """What is looked for, and what is found: in two columns where there is room."""
        page = Page()
        scrolling = {
            key: getattr(page, f"action_{action.id}")
            for action in MOVES
            for key in self._keys.of(action)
            if not is_typed(key)
        }
        closing = dict.fromkeys(self._keys.of(BY_ID["help"]), self.dismiss)
        with Vertical() as box:
            box.border_title = "Help"
            box.border_subtitle = "Esc closes"
            yield FindLine(scrolling, {"space": page.action_page_down, **closing})
            with page, Horizontal():
                # With their texts at once, so that the dialog has its size when it is painted.
                first, second = self._columns("")
                yield Static(first, markup=False)
                yield Static(second, markup=False, classes="second")

    def on_mount(self) -> None:
        """Ready to type."""
        self.set_focus(self.query_one(FindLine))

    def on_resize(self) -> None:
        """As wide as there is room."""
        self._show()

    @on(Input.Changed)
    def _show(self) -> None:
        columns = self._columns(self.query_one(FindLine).value)
        for place, column in zip(self.query(Static), columns, strict=True):
            if place.content != column:
                place.update(column)

    @on(Input.Changed)
    def _to_the_top(self) -> None:
        self.query_one(Page).action_first()

    def _columns(self, text: str) -> list[Content]:
        """What fits `text`, in two columns, the second empty where there is no room for it."""
        width, height = self.app.size
        wide = width >= _WIDE
        self.set_class(wide, "-wide")
        self.set_class(height < _LOW, "-low")
        found = fitting(self._chapters, text)
        if not found:
            return [Content.styled(f"No key is found for  {shown(text)}", "$muted"), Content("")]
        if wide:
            return in_columns(found, (_WIDE - _BESIDE) // 2 - _BETWEEN, 2)
        return [*in_columns(found, min(width, _NARROW) - _BESIDE, 1), Content("")]

    def action_go_back(self) -> None:
        """Find nothing in particular; then close."""
        line = self.query_one(FindLine)
        if line.value:
            line.value = ""
        else:
            self.dismiss()
