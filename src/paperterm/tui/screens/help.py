"""The help screen: every key, from the registry, and the query language."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from paperterm.tui.actions import ACTIONS, MOVES, Group, key_name

_LANGUAGE = (
    ("mamba ret", "both words; the last also as the beginning of one"),
    ('"long context"', "a phrase"),
    ("-survey", "without that word"),
    ("a OR b, ( )", "either; grouping"),
    ("quant*  qantize~", "beginning with; a letter wrong"),
    ("title: author: abstract: id:", "only there"),
    ("tag:llm", "that tag and those below it"),
    ("is:bookmarked is:unread is:read", "by your marks"),
    ("date:2024 date:>2024-06 since:30d", "by publication"),
    ("comments:>5 upvotes:>10", "by numbers"),
    ("sort:date", "also: day, comments, upvotes, title"),
)


class HelpScreen(ModalScreen[None]):
    """Comes up over the main screen; any of its keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss", "close", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
    ]
    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        & > VerticalScroll {
            width: 76; max-width: 100%; height: auto; max-height: 100%;
            border: round $primary; background: $surface; padding: 0 2;
            scrollbar-size-vertical: 1;
            & > Static { height: auto; }
        }
    }
    """

    def compose(self) -> ComposeResult:
        """One long text."""
        with VerticalScroll() as box:
            box.border_title = "Keys"
            box.border_subtitle = "Esc closes"
            yield Static(_content(), markup=False)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def _content() -> Content:
    parts: list[Content] = []
    for group in Group:
        parts.append(Content.styled(f"\n{group.value}", "bold $primary"))
        for action in (*MOVES, *ACTIONS):
            if action.group is group:
                keys = " ".join(key_name(key) for key in action.keys)
                parts.append(Content.assemble((f"  {keys:<14}", "bold"), action.help))
    parts.append(Content.styled("\nThe search bar understands", "bold $primary"))
    parts += [Content.assemble((f"  {example:<34}", "bold"), told) for example, told in _LANGUAGE]
    return Content("\n").join(parts)
