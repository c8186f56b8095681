"""The help screen: every key, from the registry, and the query language."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from paperterm.tui.actions import BY_ID, Group
from paperterm.tui.drawing import ARCHIVED, BEYOND, BOOKMARKED, LATER, NEW, REMOVED, SELECTED
from paperterm.tui.key_names import key_name
from paperterm.tui.keys import Keys
from paperterm.tui.widgets.page import Page

_LANGUAGE = (
    ("mamba ret", "both; the last may be begun"),
    ('"long context"', "a phrase"),
    ("-survey", "without that word"),
    ("a OR b  ( )", "either; grouping"),
    ("quant*  qantize~", "begins with; one letter wrong"),
    ("title: author: abstract:", "only there"),
    ("id:2312", "arXiv id or DOI"),
    ("tag:llm", "that tag and those below it"),
    ("is:bookmarked is:tagged", "by your marks"),
    ("is:read is:unread", "likewise"),
    ("is:noted note:compare", "by your notes"),
    ("date:2024 date:>2024-06", "by publication"),
    ("since:30d day:2025-11-06", "lately; listed on a day"),
    ("comments:>5 upvotes:>10", "by numbers"),
    ("cat:cs.CL has:abstract", "by facts"),
    ("venue:acl has:code", "likewise"),
    ("sort:date", "or day, comments, title, …"),
)


class HelpScreen(ModalScreen[None]):
    """Comes up over the main screen; any of its keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss", "close", show=False),
        Binding("question_mark", "dismiss", "close", show=False, id="help"),
        Binding("space", "read_on", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (118, "-wide")]  # noqa: RUF012
    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        & > Page {
            width: 62; max-width: 100%; height: auto; max-height: 100%;
            border: round $primary; background: $surface; padding: 0 1;
            & > Horizontal { height: auto; }
            & Static { height: auto; width: 1fr; }
        }
        &.-wide > Page { width: 118; }
        &.-narrow Horizontal { layout: vertical; }
    }
    """

    def __init__(self, keys: Keys) -> None:
        """`keys` are in force."""
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """The keys, and what may be typed into the search bar: side by side where there is room."""
        with Page() as page:
            page.border_title = "Help"
            page.border_subtitle = "Esc closes"
            with Horizontal():
                yield Static(_keys(self._keys), markup=False)
                yield Static(_language(), markup=False)

    def action_read_on(self) -> None:
        """A page on."""
        self.query_one(Page).action_page_down()


def _keys(keys: Keys) -> Content:
    parts: list[Content] = []
    for group in Group:
        parts.append(_chapter(group.value))
        for action in BY_ID.values():
            if action.group is group:
                told = " ".join(map(key_name, keys.of(action))) or "no key"
                parts.append(Content.assemble((f"{told:<12}", "bold"), action.help))
        parts.append(Content(""))
    return Content("\n").join(parts)


def _language() -> Content:
    lines = [Content.assemble((f"{example:<25}", "bold"), told) for example, told in _LANGUAGE]
    signs = [
        Content.assemble((f"{sign:<12}", style), told)
        for sign, style, told in (
            (NEW, "$secondary", "new: not yet read"),
            (BEYOND, "$secondary", "of the world: not kept"),
            (BOOKMARKED, "$accent", "bookmarked"),
            (SELECTED, "$accent", "selected"),
            (f"{LATER} {ARCHIVED} {REMOVED}", "$secondary", "put off, archived, removed"),
            ("#tag", "$tag", "a tag of yours"),
            ("Gu +1", "$muted", "first author and how many more"),
        )
    ]
    return Content("\n").join(
        [_chapter("The search bar understands"), *lines, Content(""), _chapter("Signs"), *signs]
    )


def _chapter(name: str) -> Content:
    return Content.styled(name, "bold $primary")
