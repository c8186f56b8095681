from __future__ import annotations

import datetime as dt
from array import array
from dataclasses import replace

from textual import events
from textual.app import App, ComposeResult

from paperterm.library.view import View
from paperterm.tui.cards import Card
from paperterm.tui.theme import DARK
from paperterm.tui.widgets.paper_list import PaperList

MANY = 100_000


def card(number: int) -> Card:
    return Card(
        number, f"k{number}", f"Paper {number}", (), "A +1", "", None, None, (), False, False
    )


class Alone(App[None]):
    """A list without a library; it notes what it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []
        self.register_theme(DARK)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        yield PaperList()

    def on_paper_list_wanted(self, message: PaperList.Wanted) -> None:
        self.asked += message.ids
        self.query_one(PaperList).supply([card(i) for i in message.ids])


async def test_a_hundred_thousand_papers_cost_only_what_is_seen() -> None:
    app = Alone()
    async with app.run_test(size=(80, 24)) as pilot:
        papers = app.query_one(PaperList)
        days = ((dt.date(2025, 11, 6), 0), (dt.date(2025, 11, 5), 3), (dt.date(2025, 11, 4), 500))
        papers.show(View(array("q", range(MANY)), days), [])
        await pilot.pause()
        assert 20 < len(app.asked) < 300
        papers.focus()
        await pilot.press("G")
        await pilot.pause()
        assert papers.cursor == MANY - 1
        assert papers.paper_id == MANY - 1
        assert papers.card is not None
        await pilot.press("g")
        assert papers.cursor == 0
        await pilot.press("pagedown", "ctrl+d", "j", "k", "ctrl+u", "pageup")
        await pilot.pause()
        assert papers.cursor == 0
        assert len(app.asked) < 1000


async def test_every_row_can_be_reached_and_is_painted_under_its_day() -> None:
    app = Alone()
    async with app.run_test(size=(60, 20)) as pilot:
        papers = app.query_one(PaperList)
        papers.focus()
        days = ((dt.date(2025, 11, 6), 0), (dt.date(2025, 11, 5), 1), (dt.date(2025, 11, 4), 30))
        papers.show(View(array("q", range(40)), days), [])
        lines: dict[int, str] = {}
        for row in range(40):
            papers.move_to(row)
            await pilot.pause()
            top = papers.top
            for y in range(papers.size.height):
                lines[top + y] = papers.render_line(y).text
        text = [lines[line].strip(" █") for line in sorted(lines)]
        titles = [line.split("Paper ")[1] for line in text if "Paper " in line]
        assert titles == [str(number) for number in range(40)]
        assert text[0].startswith("Thu 6 Nov 2025")
        assert text[0].endswith("1")
        assert text[3].startswith("Wed 5 Nov 2025")
        assert text[3].endswith("29")


async def test_a_newer_state_leaves_the_reader_on_their_paper_and_line() -> None:
    app = Alone()
    async with app.run_test(size=(60, 20)) as pilot:
        papers = app.query_one(PaperList)
        papers.focus()
        papers.show(View(array("q", range(200))), [])
        for _ in range(50):
            await pilot.press("j")
        before = papers.top
        papers.show_again(View(array("q", [*range(1000, 1010), *range(200)])), [])
        await pilot.pause()
        assert papers.paper_id == 50
        assert papers.top == before + 20


async def test_the_scrollbar_tells_where_the_reader_is_and_can_be_dragged() -> None:
    app = Alone()
    async with app.run_test(size=(60, 20)) as pilot:
        papers = app.query_one(PaperList)
        papers.show(View(array("q", range(500))), [])
        await pilot.pause()

        def thumb() -> list[int]:
            return [y for y in range(20) if papers.render_line(y).text.endswith("█")]

        assert thumb() == [0]
        papers.move_to(499)
        await pilot.pause()
        assert thumb() == [19]
        await pilot.mouse_down(papers, offset=(59, 19))
        await pilot.hover(papers, offset=(59, 0))
        await pilot.mouse_up(papers, offset=(59, 0))
        assert thumb() == [0]
        assert papers.top == 0
        assert papers.cursor == 499, "scrolling leaves the cursor"


async def test_the_wheel_scrolls_within_what_there_is() -> None:
    app = Alone()
    async with app.run_test(size=(60, 20)) as pilot:
        papers = app.query_one(PaperList)
        papers.show(View(array("q", range(20))), [])
        await pilot.pause()

        async def wheel(steps: int) -> None:
            for _ in range(steps):
                papers.post_message(
                    events.MouseScrollDown(papers, 1, 1, 0, 0, 0, False, False, False)
                )
            await pilot.pause()

        await wheel(3)
        assert papers.top == 9
        await wheel(20)
        assert papers.top == 20, "the last line is at the bottom"


async def test_a_snippet_stands_under_its_title_and_moves_nothing_the_reader_is_at() -> None:
    app = Alone()
    async with app.run_test(size=(60, 20)) as pilot:
        papers = app.query_one(PaperList)
        papers.show(View(array("q", range(200))), [])
        papers.move_to(50)
        await pilot.pause()

        def lines() -> list[str]:
            return [papers.render_line(y).text.strip(" █▌●") for y in range(20)]

        papers.move_to(45)
        await pilot.pause()
        place = lines().index("Paper 45")
        why = [
            replace(card(number), snippet="a telling place", snippet_hits=((2, 9),))
            for number in (3, 43, 45, 50)
        ]
        papers.supply(why)
        await pilot.pause()
        assert lines()[place : place + 3] == ["Paper 45", "a telling place", "A +1"]
        assert lines()[place - 5 : place - 2] == ["Paper 43", "a telling place", "A +1"]
        papers.move_to(50)
        await pilot.pause()
        assert lines()[-3:] == ["Paper 50", "a telling place", "A +1"]
