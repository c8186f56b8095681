"""Many papers at once: selected, counted, marked together, taken back together."""

from __future__ import annotations

import pytest

from helpers import everything, numbered, take_in
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.model.paper import Paper
from paperterm.model.query import Is, Query, State
from paperterm.model.record import Record
from tui.conftest import Reader, reading


def bookmarked(paths: Paths) -> int:
    with Library(paths) as library:
        return len(library.find(Query(Is(State.BOOKMARKED))).ids)


def selected(reader: Reader) -> int:
    return len(reader.app.screen.papers.selection)


@pytest.fixture
def many(paths: Paths) -> Paths:
    """A library of 300 papers."""
    with Library(paths) as library:
        take_in(library, *(numbered(number) for number in range(1, 301)))
        library.bring_up_index()
    return paths


async def test_a_selection_is_counted_and_marked_as_one(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("x", "j", "space")
        await reader.sees(r"Inbox · 2 selected")
        await reader.sees(r"✓●  LongWriter-Zero")
        await reader.sees(r"2 papers:  b bookmark  t tag  r read")
        await reader.press("b")
        await reader.sees("★ Bookmarked · 2 papers")
        await reader.sees(r"Bookmarks +2")
        await reader.sees(r"✓●★ LongWriter-Zero")
        await reader.press("u")
        await reader.sees("Took back: bookmark on 2 papers")
        assert bookmarked(starter) == 0


async def test_what_is_selected_is_marked_and_not_what_is_under_the_cursor(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("x", "G", "b")
        await reader.sees(r"Bookmarks +1")
        with Library(starter) as library:
            assert library.named("2506.18841").marks.bookmarked


async def test_all_are_bookmarked_when_one_lacks_it(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("b", "x", "x", "x", "b")
        await reader.sees(r"Bookmarks +3")
        await reader.press("b")
        await reader.sees(r"Bookmarks +0")


async def test_a_range_follows_the_cursor_until_it_is_ended(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("j", "j", "v", "j", "j")
        await reader.sees("3 selected")
        await reader.press("k", "k", "k")
        await reader.sees("2 selected")
        await reader.press("v", "G")
        assert selected(reader) == 2
        await reader.press("g", "v", "j", "b")
        await reader.sees(r"Bookmarks +3")  # rows 0 and 1 beside 1 and 2
        await reader.press("G")
        assert selected(reader) == 3


async def test_everything_is_selected_and_again_nothing(many: Paths) -> None:
    async with reading(many) as reader:
        await reader.press("X")
        await reader.sees("300 selected")
        await reader.press("j", "x")
        await reader.sees("299 selected")
        await reader.press("X")
        await reader.sees("300 selected")
        await reader.press("X")
        await reader.no_longer_sees("selected")


async def test_many_are_marked_after_a_yes_and_taken_back_by_one_key(many: Paths) -> None:
    async with reading(many) as reader:
        await reader.press("X", "b")
        await reader.sees(r"Bookmark 300 papers\?  y/n")
        await reader.press("j", "b", "n")
        await reader.sees("Nothing was changed")
        assert bookmarked(many) == 0
        await reader.press("b", "y")
        await reader.sees(r"Bookmarks +300")
        assert bookmarked(many) == 300
        await reader.press("b")
        await reader.sees(r"Take the bookmarks from 300 papers\?")
        await reader.press("escape")
        await reader.no_longer_sees("Take the bookmarks")
        await reader.press("u")
        await reader.sees(r"Bookmarks +0")
        assert bookmarked(many) == 0


async def test_escape_clears_the_selection_before_it_leaves_the_search(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("slash")
        await reader.type("mamba")
        await reader.sees("4 of 84")
        await reader.press("enter", "X")
        await reader.sees("4 selected")
        await reader.press("escape")
        await reader.no_longer_sees("selected")
        await reader.sees("4 of 84")
        await reader.press("escape")
        await reader.sees("84 papers")


async def test_another_list_has_nothing_selected_and_the_first_has_its_again(
    starter: Paths,
) -> None:
    async with reading(starter) as reader:
        await reader.press("x", "x", "slash")
        await reader.type("mamba")
        await reader.sees("4 of 84")
        assert selected(reader) == 0
        await reader.press("enter", "b")
        await reader.sees(r"Bookmarks +1")
        await reader.press("escape")
        await reader.sees("Inbox · 2 selected")
        await reader.press("b")
        await reader.sees(r"Bookmarks +3")


async def test_another_order_keeps_the_papers_selected(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("x", "x", "s")
        await reader.sees("newest published first ─")
        assert selected(reader) == 2
        await reader.press("b")
        await reader.sees(r"Bookmarks +2")
        with Library(starter) as library:
            assert library.named("2506.18841").marks.bookmarked
            assert library.named("2408.07055").marks.bookmarked


async def test_papers_that_arrive_are_not_selected_and_take_nothing_away(many: Paths) -> None:
    async with reading(many) as reader:
        await reader.press("X", "v")
        with Library(many) as other:
            other.add([Record(Paper(title="One that came meanwhile", arxiv_id="2511.00001"))])
        await reader.sees("301 papers")
        assert selected(reader) == 300
        await reader.press("b", "y")
        await reader.sees(r"Bookmarks +300")
        with Library(many) as library:
            assert not library.named("2511.00001").marks.bookmarked


async def test_a_click_with_ctrl_selects(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.pilot.click("#papers", offset=(10, 4), control=True)
        await reader.sees("1 selected")
        await reader.pilot.click("#papers", offset=(10, 6), shift=True)
        await reader.sees("2 selected")
        await reader.pilot.click("#papers", offset=(10, 4), control=True)
        await reader.sees("1 selected")


async def test_tags_of_many_are_changed_only_where_the_reader_changed_them(starter: Paths) -> None:
    with Library(starter) as library:
        first, second = library.named("2506.18841"), library.named("2408.07055")
        from paperterm.model.marks import Change

        library.mark([Change(first.paper.key, add=("all", "some"))], "tags", [first])
        library.mark([Change(second.paper.key, add=("all", "rare"))], "tags", [second])
    async with reading(starter) as reader:
        await reader.press("x", "x", "t")
        await reader.sees(r"On some of 2 papers: #rare 1  #some 1")
        await reader.sees(r"│ all, ")
        await reader.type("new, -rare")
        await reader.press("enter")
        await reader.sees(r"Tags: \+#new -#rare · 2 papers")
    with Library(starter) as library:
        assert library.named("2506.18841").marks.tags == ("all", "new", "some")
        assert library.named("2408.07055").marks.tags == ("all", "new")
        assert len(library.undo().keys) == 2
        assert library.named("2408.07055").marks.tags == ("all", "rare")


async def test_a_tag_that_all_have_is_taken_from_all_by_leaving_it_out(starter: Paths) -> None:
    with Library(starter) as library:
        from paperterm.model.marks import Change

        for entry in everything(library):
            library.mark([Change(entry.paper.key, add=("old", "kept"))], "tags", [entry])
    async with reading(starter) as reader:
        await reader.press("x", "x", "t")
        await reader.sees(r"│ kept, old, ")
        await reader.press(*["backspace"] * len("old, "))
        await reader.press("enter")
        await reader.sees(r"Tags: -#old · 2 papers")
        with Library(starter) as library:
            assert library.named("2506.18841").marks.tags == ("kept",)
            assert library.tags_among(library.find(Query()).ids) == {"kept": 84, "old": 82}


async def test_the_links_of_all_selected_are_copied_a_line_each(
    starter: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    async with reading(starter) as reader:
        await reader.press("x", "x", "y")
        await reader.sees("2 lines")
        first, second = reader.app.clipboard.splitlines()
        assert first == "https://arxiv.org/abs/2506.18841"
        assert second == "https://arxiv.org/abs/2408.07055"


async def test_space_pages_only_where_the_abstract_is_read(starter: Paths) -> None:
    async with reading(starter, (60, 12)) as reader:
        await reader.press("l", "space")
        abstract = reader.app.screen.panes.abstract
        await reader.until(lambda: abstract.scroll_offset.y > 0, "scrolled")
        assert selected(reader) == 0
        await reader.press("h", "space")
        assert selected(reader) == 1


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12), (24, 6)])
async def test_what_is_selected_is_told_without_colour(
    starter: Paths, size: tuple[int, int]
) -> None:
    async with reading(starter, size) as reader:
        await reader.press("x", "v", "j")
        await reader.sees("3 ?(selected|✓)")
        shown = [line for line in reader.screen.splitlines() if "✓●" in line or "◆●" in line]
        assert len(shown) == 3 or size[1] < 10


async def test_what_is_selected_is_archived_and_put_off_as_one(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("x", "x", "a")
        await reader.sees("Archived · 2 papers")
        await reader.sees(r"Inbox +82")
        await reader.no_longer_sees("selected")  # they have left the list
        await reader.press("u")
        await reader.sees(r"Inbox +84")
        await reader.press("g", "x", "x", "x", "L")
        await reader.until(lambda: len(reader.app.screen_stack) == 2, "the prompt")
        await reader.type("3d")
        await reader.press("enter")
        await reader.sees(r"Inbox +81")
        await reader.press("u")
        await reader.sees(r"Inbox +84")


async def test_removing_many_is_asked_about_by_its_name(many: Paths) -> None:
    async with reading(many) as reader:
        await reader.press("X", "d")
        await reader.sees(r"Remove 300 papers\?")
        await reader.press("n")
        await reader.sees("Nothing was changed")
        await reader.press("a", "y")
        await reader.sees("Archived · 300 papers")
        await reader.press("u")
        await reader.sees(r"Inbox +300")


async def test_one_selected_paper_is_counted_as_one(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("x", "slash")
        await reader.type("mam")
        await reader.sees("1 selected paper waits in the list you left")
        await reader.press("escape")
        await reader.sees("1 paper is selected again")


async def test_on_a_small_terminal_the_number_stays_whole_after_a_search(starter: Paths) -> None:
    async with reading(starter, (40, 12)) as reader:
        await reader.press("x", "v", "j", "slash")
        await reader.type("mam")
        await reader.sees("4 of 84")
        await reader.press("escape")
        await reader.sees("3 papers are selected again")
        assert "3 selected" in reader.screen.splitlines()[0]
