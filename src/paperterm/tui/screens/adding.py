"""Adding papers by name: a text with a paper a line, and what became of each."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static, TextArea
from textual.worker import WorkType

from paperterm.errors import Cancelled, PapertermError
from paperterm.model.text import shown
from paperterm.tui import errands
from paperterm.tui.errands import Report
from paperterm.tui.screens.framed import FramedScreen
from paperterm.tui.session import Session
from paperterm.tui.widgets.in_order import Area

_EXAMPLE = "arXiv ids, addresses, DOIs, titles: a paper a line"
_KEYS = "Enter adds · ^j new line · Esc leaves"
_STYLES = {"added": "$secondary", "here already": "$muted"}


@dataclass(frozen=True, slots=True)
class Left:
    """How the reader left."""

    text: str = ""
    """What stands there still and is not in the library."""
    told: str = ""
    """What came of it, for the bottom line."""


class AddScreen(FramedScreen[Left]):
    """Stays until all that was wanted is in the library, or the reader leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "add", "add", show=False, priority=True),
        Binding("ctrl+j", "new_line", "new line", show=False, priority=True),
        Binding("escape", "leave", "leave", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    AddScreen {
        & > Vertical {
            max-width: 100;
            & > TextArea {
                border: none; height: auto; min-height: 1; max-height: 8; padding: 0;
                background: $surface; background-tint: $surface 0%;
                &:focus { border: none; }
                & .text-area--cursor-line { background: $surface; }
            }
            & > .state.-wrong { color: $error; }
            & > VerticalScroll { height: auto; max-height: 12; scrollbar-size-vertical: 1; }
            & > VerticalScroll > Static { height: auto; }
        }
        &.-low > Vertical {
            & > TextArea { max-height: 2; }
            & > VerticalScroll { max-height: 3; }
        }
    }
    """

    def __init__(self, session: Session, text: str) -> None:
        """`text` is what was left there before."""
        super().__init__()
        self._session = session
        self._text = text
        self._reports: list[Report] = []
        self._calling: threading.Event | None = None

    def compose(self) -> ComposeResult:
        """The text, how far adding is, and what became of each."""
        with Vertical() as box:
            box.border_title = "Add papers"
            box.border_subtitle = _KEYS
            yield Area(self._text, show_line_numbers=False, soft_wrap=True)
            yield Static(Content(_EXAMPLE), classes="state", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static("", classes="reports", markup=False)

    @property
    def area(self) -> TextArea:
        """Where the reader types."""
        return self.query_one(TextArea)

    def on_mount(self) -> None:
        """Ready to type or paste."""
        self.set_focus(self.area)
        self.area.move_cursor(self.area.document.end)
        self.fit(14)

    def _state(self, text: str, *, wrong: bool = False) -> None:
        line = self.query_one(".state", Static)
        line.set_class(wrong, "-wrong")
        line.update(Content(text))

    # Adding

    def action_add(self) -> None:
        """Add what stands there, unless that is under way."""
        if self._calling is None and self.area.text.strip():
            self._calling = threading.Event()
            self.area.read_only = True
            self._reports.clear()
            self._show_reports()
            self._say("")
            work: WorkType[None] = self._add
            self.run_worker(work, group="add")

    def _say(self, told: str) -> None:
        if self._calling is not None and self.is_mounted:
            self._state(f"Adding {told or '…'}  Esc calls it off")

    async def _add(self) -> None:
        assert self._calling is not None
        lines = self.area.text.splitlines()
        loop, calling = asyncio.get_running_loop(), self._calling

        def heard(report: Report) -> None:
            with suppress(RuntimeError):  # the app has gone meanwhile
                loop.call_soon_threadsafe(self._came, report)

        wrong = ""
        try:
            await self._session.fetch(
                lambda office: errands.add_papers(office, lines, heard), self._say, calling
            )
        except Cancelled:
            wrong = "Called off; what was added by then stays"
        except PapertermError as error:
            wrong = shown(str(error))
        finally:
            self._calling = None
            self.area.read_only = False
        self._end(wrong)

    def _came(self, report: Report) -> None:
        self._reports.append(report)
        if self.is_mounted:
            self._show_reports()

    def _show_reports(self) -> None:
        lines = [
            Content.assemble((f"{one.what}  ", _STYLES.get(one.what, "$error")), one.told)
            for one in self._reports
        ]
        self.query_one(".reports", Static).update(Content("\n").join(lines))

    def _end(self, wrong: str) -> None:
        """Leave when all is in; else only what is not stays in the text."""
        unadded = list(dict.fromkeys(one.wanted for one in self._reports if one.wanted))
        if wrong:
            self._state(wrong, wrong=True)
        elif unadded:
            self.area.load_text("\n".join(unadded))
            self.area.move_cursor(self.area.document.end)
            self._state(f"{self._summary}; what could not be added is still above", wrong=True)
        else:
            self.dismiss(Left(told=self._summary))

    @property
    def _summary(self) -> str:
        counts = Counter(one.what for one in self._reports)
        if self._reports and len(self._reports) == counts["added"] == 1:
            return f"Added: {self._reports[0].told}"
        told = ", ".join(f"{count:,} {what}" for what, count in counts.items())
        return told[:1].upper() + told[1:] if told else "Nothing to add"

    def action_new_line(self) -> None:
        """Another paper."""
        if not self.area.read_only:
            self.area.insert("\n")

    def action_leave(self) -> None:
        """Call off; then leave, and keep the text."""
        if self._calling is not None:
            self._calling.set()
        else:
            self.dismiss(Left(self.area.text))
