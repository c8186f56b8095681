from __future__ import annotations

from pathlib import Path

import pytest

from paperterm.library.paths import Paths
from paperterm.tui.action import Situation
from paperterm.tui.actions import ACTIONS, BY_ID, MOVES, key_table
from paperterm.tui.actions_beside import FEED_ACTIONS, HISTORY_ACTIONS, TAG_ACTIONS
from paperterm.tui.screens.feeds import FeedsScreen
from paperterm.tui.screens.history import HistoryScreen
from paperterm.tui.screens.main import MainScreen
from paperterm.tui.screens.tag_desk import TagDesk
from paperterm.tui.widgets.abstract_pane import AbstractPane
from paperterm.tui.widgets.lines import LineList
from tui.conftest import reading

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("typing", [False, True])
def test_no_key_means_two_things_at_once(typing: bool) -> None:
    here = Situation(has_paper=True, typing=typing)
    possible = [action for action in (*MOVES, *ACTIONS) if action.can_be_done(here)]
    keys = [key for action in possible for key in action.keys]
    assert sorted(keys) == sorted(set(keys))


def test_letters_are_letters_in_the_search_bar() -> None:
    here = Situation(has_paper=True, typing=True)
    for action in (*MOVES, *ACTIONS):
        if action.can_be_done(here):
            assert not [key for key in action.keys if len(key) == 1], action.id


def test_every_action_can_be_carried_out() -> None:
    for action in ACTIONS:
        assert hasattr(MainScreen, f"action_{action.id}"), action.id
    for action in FEED_ACTIONS:
        assert hasattr(FeedsScreen, f"action_{action.id}"), action.id
    for action in HISTORY_ACTIONS:
        assert hasattr(HistoryScreen, f"action_{action.id}"), action.id
    for action in TAG_ACTIONS:
        assert hasattr(TagDesk, f"action_{action.id}"), action.id
    for action in MOVES:
        for pane in (LineList, AbstractPane):
            assert hasattr(pane, f"action_{action.id}"), (pane, action.id)


def test_marks_need_a_paper_and_a_library_that_can_be_written_to() -> None:
    for name in ("bookmark", "tag", "read"):
        available = BY_ID[name].available
        assert available(Situation(has_paper=True))
        assert not available(Situation(has_paper=False))
        assert not available(Situation(has_paper=True, can_write=False))


def test_the_readmes_key_table_is_the_registrys() -> None:
    assert key_table() in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("action", [a for a in ACTIONS if a.id not in ("quit", "leave", "open")])
async def test_every_key_does_something_and_breaks_nothing(starter: Paths, action: object) -> None:
    async with reading(starter, (120, 36)) as reader:
        for key in action.keys:
            await reader.press(key)
            await reader.pilot.pause(0.05)
            assert reader.app.is_running
            assert reader.app.failure is None


async def test_help_shows_every_key(starter: Paths) -> None:
    async with reading(starter, (120, 100)) as reader:
        await reader.press("question_mark")
        for action in (*MOVES, *ACTIONS):
            await reader.sees(action.help)


async def test_the_palette_finds_and_does(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("ctrl+p")
        await reader.until(lambda: len(reader.app.screen_stack) == 2, "palette")
        await reader.type("take away a book")
        await reader.sees("Set or take away a bookmark")
        await reader.pilot.pause(0.5)
        await reader.press("enter")
        await reader.sees(r"Bookmarks +1")


async def test_copying_says_truthfully_where_the_link_went(
    starter: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    async with reading(starter) as reader:
        await reader.press("y")
        await reader.sees("[Ss]ent to the terminal")
        assert reader.app.clipboard == "https://arxiv.org/abs/2506.18841"


async def test_quit_ends_the_app(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("q")
        await reader.until(lambda: not reader.app.is_running, "the end")
