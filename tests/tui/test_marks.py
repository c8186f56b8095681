from __future__ import annotations

from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.model.marks import Change
from paperterm.model.query import Is, Query, State
from tui.conftest import reading


def marks_of(paths: Paths, name: str) -> object:
    with Library(paths) as library:
        return library.named(name).marks


async def test_a_bookmark_that_is_shown_is_on_the_disk(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("b")
        await reader.sees(r"▌●★ LongWriter-Zero")
        assert marks_of(starter, "2506.18841").bookmarked
        await reader.sees(r"Bookmarks +1")
        await reader.press("b")
        await reader.sees(r"▌●  LongWriter-Zero")
        assert not marks_of(starter, "2506.18841").bookmarked


async def test_tags_are_edited_completed_and_shown(starter: Paths) -> None:
    with Library(starter) as library:
        entry = library.named("2312.00752")
        library.mark([Change(entry.paper.key, add=("llm/long-context",))], "tags", [entry])
    async with reading(starter) as reader:
        await reader.press("t")
        await reader.sees("Tags, with commas between")
        await reader.type("lon")
        await reader.sees("› llm/long-context")
        await reader.press("tab")
        await reader.type("to read, état")
        await reader.press("enter")
        await reader.sees("● new  #llm/long-context  #to read  #état")
        assert marks_of(starter, "2506.18841").tags == ("llm/long-context", "to read", "état")
        await reader.sees(r"# llm +2")
        await reader.sees(r"# long-context +2")


async def test_what_can_not_be_a_tag_is_said_and_nothing_is_lost(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("t")
        await reader.sees("Tags, with commas")
        await reader.type('good, b"d')
        await reader.press("enter")
        await reader.sees("can't hold a quotation mark")
        await reader.press("escape")
        await reader.no_longer_sees("Tags, with commas")
        assert marks_of(starter, "2506.18841").tags == ()


async def test_read_greys_the_paper_but_leaves_it_under_the_cursor(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("r")
        await reader.sees(r"Inbox +83")
        await reader.sees(r"▌   LongWriter-Zero")
        await reader.press("r")
        await reader.sees(r"Inbox +84")


async def test_undo_takes_back_the_last_mark_even_after_a_restart(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("b")
        await reader.sees(r"Bookmarks +1")
        await reader.press("j", "r")
        await reader.sees(r"Inbox +83")
    async with reading(starter) as reader:
        await reader.sees(r"Bookmarks +1")
        await reader.press("u")
        await reader.sees(r"Inbox +84")
        await reader.sees("Took back: read on LongWriter: Unl")
        await reader.press("u")
        await reader.sees(r"Bookmarks +0")
        await reader.press("u")
        await reader.sees("Nothing to take back")


async def test_quick_presses_are_all_carried_out_in_order(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press(*("b", "j") * 12)
        await reader.sees(r"Bookmarks +12")
    with Library(starter) as library:
        assert len(library.find(Query(Is(State.BOOKMARKED))).ids) == 12


async def test_marks_by_another_copy_are_seen(starter: Paths) -> None:
    async with reading(starter) as reader:
        with Library(starter) as other:
            entry = other.named("2506.18841")
            other.mark([Change(entry.paper.key, bookmarked=True)], "bookmark", [entry])
        await reader.sees(r"▌●★ LongWriter-Zero")
        await reader.sees(r"Bookmarks +1")


async def test_papers_imported_meanwhile_come_in_without_moving_the_cursor(starter: Paths) -> None:
    from paperterm.model.paper import Paper
    from paperterm.model.record import Record

    async with reading(starter) as reader:
        await reader.press("j", "j")
        await reader.sees(r"▌●  Weaver")
        with Library(starter) as other:
            other.add([Record(Paper(title="A paper that came meanwhile", arxiv_id="2511.00001"))])
        await reader.sees(r"85 papers")
        await reader.sees(r"▌●  Weaver")
        await reader.press("g")
        await reader.sees(r"▌●  A paper that came meanwhile")
