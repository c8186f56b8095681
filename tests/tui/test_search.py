from __future__ import annotations

import threading

import pytest

from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.library.view import View
from paperterm.model.query import Query, Sort
from tui.conftest import reading


async def test_every_keystroke_narrows_the_list(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("slash")
        seen = []
        for text, expected in (("mamba", r"4 of 84"), (" ", r"4 of 84"), ("ret", r"1 of 84")):
            await reader.type(text)
            seen.append(await reader.sees(expected))
        assert "Mamba Retriever" in seen[-1]
        await reader.no_longer_sees("A Survey of Mamba")  # in the list, and soon in the abstract


@pytest.mark.parametrize("name", ["[MASK]", "LLM.int8()", "BT^2", "bAbI", "k-means++", "-"])
async def test_odd_names_can_be_typed_and_are_shown_whole(starter: Paths, name: str) -> None:
    async with reading(starter, (200, 50)) as reader:
        await reader.press("slash")
        for character in name:
            await reader.press(character)
        await reader.sees(r"\d+ of 84 · ")
        if name not in ("k-means++", "-"):
            await reader.sees(rf"●.*{'.*'.join(map(_literal, name))}")


def _literal(character: str) -> str:
    return f"\\{character}" if not character.isalnum() else character


async def test_enter_goes_to_the_first_hit_and_escape_back_to_the_shelf(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("slash")
        await reader.type("qlora finetuning")
        await reader.sees(r"1 of 84")
        await reader.press("enter")
        papers = reader.app.screen.papers
        await reader.until(lambda: papers.has_focus, "the list has the focus")
        assert papers.cursor == 0
        await reader.sees(r"▌●  QLoRA")
        await reader.press("escape")
        await reader.sees(r"84 papers")
        assert reader.app.screen.bar.input.value == ""


async def test_a_late_answer_never_overwrites_a_newer_one(
    starter: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = threading.Event()
    find = Library.find

    def slow_for_short(library: Library, query: Query, default: Sort = Sort.DAY) -> View:
        view = find(library, query, default)
        if "m" in repr(query.root) and "mamba" not in repr(query.root):
            let_go.wait(10)
        return view

    monkeypatch.setattr(Library, "find", slow_for_short)
    async with reading(starter) as reader:
        await reader.press("slash", "m")
        await reader.type("amba retr")
        let_go.set()
        await reader.sees(r"1 of 84")
        await reader.pilot.pause(0.3)
        assert "1 of 84" in reader.screen


async def test_no_hits_says_so_and_what_to_do(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("slash")
        await reader.type("perpetuum mobile xyzzy")
        seen = await reader.sees("No paper matches")
        assert "Esc clears" in seen


async def test_hits_are_lit_in_list_and_abstract(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("slash")
        await reader.type("quantized")
        await reader.sees(r"of 84 · ")

        def lit_as_asked() -> bool:
            sheet = reader.app.screen.panes.abstract.sheet
            if sheet is None or not sheet.abstract_hits or not sheet.title_hits:
                return False
            lit = {sheet.abstract[a:b].lower() for a, b in sheet.abstract_hits}
            return all(word.startswith("quantiz") for word in lit)

        await reader.until(lit_as_asked, "hits of the whole word, and no others, in the abstract")


@pytest.mark.parametrize(
    "text",
    ["((((", '"', "date:banana", "is:", "tag:", "OR OR", "~~~ *** ???", "[/]", "[@click=quit]"],
)
async def test_nothing_typed_can_raise(starter: Paths, text: str) -> None:
    async with reading(starter, (100, 30)) as reader:
        await reader.press("slash")
        for character in text:
            await reader.press("space" if character == " " else character)
        await reader.sees(r"\d+ of 84|84 papers")
        await reader.press("escape")
        await reader.sees("84 papers")


async def test_fields_marks_and_dates_can_be_asked_for(starter: Paths) -> None:
    with Library(starter) as library:
        entry = library.named("2312.00752")
        from paperterm.model.marks import Change

        library.mark([Change(entry.paper.key, bookmarked=True, add=("ssm",))], "x", [entry])
    async with reading(starter) as reader:
        for query, hits in (
            ("is:bookmarked", 1),
            ("tag:ss", 1),
            ("title:mamba -retriever", 2),
            ("date:2014", 1),
            ("author:gu mamba", 1),
            ('"selective state"', 2),
        ):
            await reader.press("slash")
            reader.app.screen.bar.input.value = ""
            await reader.sees("84 papers")
            reader.app.screen.bar.input.value = query
            await reader.sees(rf"\b{hits} of 84")
