"""The list pane: papers under their days, two lines each, three where a snippet tells why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.message import Message
from textual.strip import Strip

from paperterm.library.view import View
from paperterm.tui.cards import Card, day_text
from paperterm.tui.drawing import ARCHIVED, BEYOND, BOOKMARKED, CURSOR, LATER, NEW, REMOVED, RULE
from paperterm.tui.theme import tag_classes, tag_css
from paperterm.tui.typeset import cut, spanned
from paperterm.tui.widgets.below import NOTHING, Below, Joined
from paperterm.tui.widgets.paper_row import facts
from paperterm.tui.widgets.rows import Heading
from paperterm.tui.widgets.selectable import SelectableList

_MARGIN = 60
"""Rows fetched beyond what can be seen, so that scrolling rarely finds one missing."""
_KEPT = 2_000
"""Cards kept before those out of sight are forgotten."""
_BESIDE_SNIPPET = 6
"""Cells at its sides: the cursor's bar, the indent, the scrollbar."""


class PaperList(SelectableList):
    """Shows a `View`. Give it cards with `supply`; it posts `Wanted` for those it lacks."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "papers--title",
        "papers--read",
        "papers--facts",
        "papers--snippet",
        "papers--star",
        "papers--new",
        "papers--hit",
        "papers--heading",
        "papers--rule",
        "papers--cursor",
        "papers--cursor-blurred",
        "papers--bar",
        "papers--bar-blurred",
        "papers--selected",
        "papers--check",
        *tag_classes("papers"),
    }
    DEFAULT_CSS = (
        """
    PaperList {
        background: $background;
        & > .papers--title { color: $foreground; text-style: bold; }
        & > .papers--read { color: $muted; }
        & > .papers--facts { color: $muted; }
        & > .papers--snippet { color: $foreground; text-style: italic; }
        & > .papers--star { color: $accent; }
        & > .papers--new { color: $secondary; }
        & > .papers--hit { color: $hit-text; background: $hit; }
        & > .papers--heading { color: $primary; text-style: bold; }
        & > .papers--rule { color: $line; }
        & > .papers--cursor { background: $panel; }
        & > .papers--cursor-blurred { background: $surface; }
        & > .papers--bar { color: $primary; }
        & > .papers--bar-blurred { color: $muted; }
        & > .papers--selected { background: $surface; }
        & > .papers--check { color: $accent; text-style: bold; }
    """
        + tag_css("papers")
        + "}"
    )

    @dataclass
    class Wanted(Message):
        """Cards are missing on the screen."""

        ids: list[int]

        def can_replace(self, message: Message) -> bool:
            """Only the newest matters."""
            return isinstance(message, PaperList.Wanted)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view = View()
        self._below = Below()
        self._ids = Joined((), ())
        self._cards: dict[int, Card] = {}
        self._empty: tuple[str, ...] = ()

    def say_empty(self, lines: tuple[str, ...]) -> None:
        """What to say while there is no paper to show; clean text."""
        self._empty = lines
        self.refresh()

    def note(self, text: str, *, warning: bool = False) -> None:
        """Say of the list, on its border, how it came about; clean text."""
        self.border_subtitle = Text(text)
        self.set_class(warning, "-noted")

    @property
    def view(self) -> View:
        """What is shown."""
        return self._view

    @property
    def paper_id(self) -> int | None:
        """The paper under the cursor."""
        return self._ids[self.cursor] if self.cursor < len(self._ids) else None

    @property
    def card(self) -> Card | None:
        """What is known of the paper under the cursor."""
        paper_id = self.paper_id
        return None if paper_id is None else self._cards.get(paper_id)

    @property
    def screenful(self) -> int:
        """How many papers can be seen at once, at most."""
        return self.app.size.height // self._fitting_height() + 1

    @property
    def columns(self) -> int:
        """Cells there are for a snippet; none where rows have no line for it."""
        return self.size.width - _BESIDE_SNIPPET if self._fitting_height() > 1 else 0

    @property
    def ids(self) -> Sequence[int]:
        """The papers of the view, and those below it."""
        return self._ids

    def show(self, view: View, cards: Iterable[Card], below: Below = NOTHING) -> None:
        """Show another view, from its first paper; `cards` should hold its first screenful."""
        self._view, self._below, self._ids = view, below, Joined(view.ids, below.ids)
        self._cards = {card.id: card for card in cards}
        self._become(self._ids.whole, len(view.ids))
        self.lay_out(len(self._ids), self._headings(), self._fitting_height())
        self._make_room_for_snippets()
        self._ask(0)

    def show_again(
        self,
        view: View,
        cards: Iterable[Card],
        below: Below = NOTHING,
        renamed: Mapping[int, int] = MappingProxyType({}),
    ) -> None:
        """Show a newer state of the same view; the reader stays on the paper they are on.

        Some may have been `renamed` meanwhile.
        """
        kept = None if self.paper_id is None else renamed.get(self.paper_id, self.paper_id)
        self._view, self._below, self._ids = view, below, Joined(view.ids, below.ids)
        self._cards.update((card.id, card) for card in cards)
        self._become_newer(self._ids.whole, len(view.ids), renamed)
        row = self._ids.place_of(kept)
        place = self.cursor if row is None else row
        self.keep_place(len(self._ids), self._headings(), self.row_height, place)
        self._make_room_for_snippets()
        if row is None:
            self._tell()
        self._ask()

    def show_below(self, below: Below) -> None:
        """Show something else below the view; the reader stays on the paper they are on."""
        self.show_again(self._view, (), below)

    def rearrange(self) -> None:
        """The height a row may have has changed."""
        if self._fitting_height() != self.row_height:
            self.keep_place(self.count, self._headings(), self._fitting_height(), self.cursor)
            self._make_room_for_snippets()
            self._ask()

    def _fitting_height(self) -> int:
        return 1 if self.app.size.height < 16 else 2

    def _headings(self) -> list[Heading]:
        starts = [start for _, start in self._view.days] + [len(self._view.ids)]
        ours = [
            Heading(start, day_text(day), f"{starts[place + 1] - start:,}")
            for place, (day, start) in enumerate(self._view.days)
        ]
        return ours + self._below.headings_from(len(self._view.ids)) if self._ids else []

    def card_of(self, paper_id: int) -> Card | None:
        """What is known of a paper."""
        return self._cards.get(paper_id)

    def supply(self, cards: Sequence[Card]) -> None:
        """Take in cards: asked for, or changed by a mark."""
        if len(self._cards) > _KEPT:
            near = {self._ids[row] for row in self.rows_on_screen(_MARGIN)}
            self._cards = {i: card for i, card in self._cards.items() if i in near}
        self._cards.update((card.id, card) for card in cards)
        self._make_room_for_snippets()
        seen = {self._ids[row] for row in self.rows_on_screen()}
        if any(card.id in seen for card in cards):
            self.repaint_rows()

    def _make_room_for_snippets(self) -> None:
        if self.row_height > 1:
            self.make_tall(
                row
                for row in self.rows_on_screen(_MARGIN)
                if (card := self._cards.get(self._ids[row])) and card.snippet
            )

    def known(self) -> list[int]:
        """The papers whose cards are held and can be seen or nearly so."""
        rows = self.rows_on_screen(_MARGIN)
        return [i for row in rows if (i := self._ids[row]) in self._cards]

    def watch_top(self) -> None:
        """Ask for the rows that come into sight."""
        super().watch_top()
        self._ask()

    def _ask(self, margin: int = _MARGIN // 3) -> None:
        """Want cards, when some are missing that can be seen or are as near as `margin` rows."""
        if any(self._ids[row] not in self._cards for row in self.rows_on_screen(margin)):
            wanted = [self._ids[row] for row in self.rows_on_screen(_MARGIN)]
            self.post_message(self.Wanted([i for i in wanted if i not in self._cards]))

    # Painting

    def render_line(self, y: int) -> Strip:
        """A line of papers, or of what is said in their place."""
        if self.count:
            return super().render_line(y)
        width = self.size.width
        said = (*self._empty, *(heading.text for heading in self._below.headings))
        line = y - max(0, (self.size.height - len(said)) // 2)
        told = cut(said[line], width) if 0 <= line < len(said) else ""
        text = told.center(width)
        style = self.base + self._style("title" if line == 0 else "facts", Style())
        return Strip([Segment(text, style)]).adjust_cell_length(width, style)

    def _style(self, name: str, under: Style) -> Style:
        return self.painted(f"papers--{name}", under)

    def heading_strip(self, heading: Heading, width: int) -> Strip:
        """``Thu 6 Nov 2025 ────────── 84``."""
        base = self.base
        text = cut(f" {heading.text} ", width)
        note = f" {heading.note} "
        rule = width - cell_len(text) - cell_len(note)
        if rule < 1:
            note, rule = "", max(0, width - cell_len(text))
        return Strip(
            [
                Segment(text, base + self._style("heading", Style())),
                Segment(RULE * rule, base + self._style("rule", Style())),
                Segment(note, base + self._style("facts", Style())),
            ]
        )

    def row_strip(self, row: int, line: int, width: int, current: bool) -> Strip:
        """Marks and title; the snippet, if there is one; who, when and tags."""
        under = Style()
        if current:
            name = "cursor" if self.has_focus else "cursor-blurred"
            under = self._style(name, under)
        elif row in self.selection:
            under = self._style("selected", under)
        base = self.base + under
        card = self._cards.get(self._ids[row])
        sign = self.sign_before(row, line, current=current)
        name = "bar" if self.has_focus else "bar-blurred"
        bar_style = self._style("check" if sign.strip(CURSOR + " ") else name, Style())
        bar = Segment(sign, base + bar_style + under)
        if card is None:
            return Strip([bar, Segment(" " * max(0, width - 1), base)])
        if line == 0:
            body = self._title_line(card, width - 1, base, under)
        elif line == 1 and self.is_tall(row):
            body = self._snippet_line(card, width - 1, base, under)
        else:
            body = self._facts_line(card, width - 1, base, under)
        strip = Strip([bar, *body])
        return strip.extend_cell_length(width, base) if strip.cell_length < width else strip

    def _title_line(self, card: Card, width: int, base: Style, under: Style) -> list[Segment]:
        narrow = width < 24
        marks = [
            Segment(_sign(card), base + self._style("new", under)),
            Segment(BOOKMARKED if card.bookmarked else " ", base + self._style("star", under)),
        ]
        if not narrow:
            marks.append(Segment(" ", base))
        quiet = card.read or card.archived or card.removed
        style = base + self._style("read" if quiet else "title", under)
        hit = base + self.get_component_rich_style("papers--hit")
        title = cut(card.title, width - (2 if narrow else 4))
        return [*marks, *spanned(title, card.title_hits, style, hit)]

    def _snippet_line(self, card: Card, width: int, base: Style, under: Style) -> list[Segment]:
        style = base + self._style("snippet", under)
        hit = base + self.get_component_rich_style("papers--hit")
        snippet = cut(card.snippet, width - 4)
        return [Segment("   ", base), *spanned(snippet, card.snippet_hits, style, hit)]

    def _facts_line(self, card: Card, width: int, base: Style, under: Style) -> list[Segment]:
        laid = facts(card, width - 4)
        style = base + self._style("facts", under)
        hit = base + self.get_component_rich_style("papers--hit")
        return [
            Segment("   ", base),
            *spanned(laid.columns, laid.hits, style, hit),
            *(
                Segment(tag, base + self._style(f"tag-{colour}", under))
                for tag, colour in laid.coloured(card)
            ),
        ]


def _sign(card: Card) -> str:
    """Where a paper is on its way through the reader's hands."""
    if card.is_beyond:
        return BEYOND
    if card.removed:
        return REMOVED
    if card.archived:
        return ARCHIVED
    if card.later:
        return LATER
    return " " if card.read else NEW
