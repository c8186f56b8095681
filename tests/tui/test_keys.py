"""Keys that a reader has changed: in force everywhere, or refused in a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperterm.library.paths import Paths
from paperterm.library.settings import Settings
from paperterm.tui.actions import BY_ID
from paperterm.tui.keys import OWN, Keys, clashes, keys_of
from tui.conftest import QUIET, reading


def with_keys(**keys: object) -> Settings:
    return replace(QUIET, keys=keys)


# What is in force


@pytest.mark.parametrize(
    ("table", "action", "keys"),
    [
        ({"sort": "Z"}, "sort", ("Z",)),
        ({"sort": ["Z", "ctrl+o"]}, "sort", ("Z", "ctrl+o")),
        ({"sort": ["Z", "Z"]}, "sort", ("Z",)),
        ({"sort": ""}, "sort", ()),
        ({"sort": []}, "sort", ()),
        ({"sort": "?", "help": "H"}, "sort", ("question_mark",)),
        ({"sort": "b", "bookmark": "s"}, "sort", ("b",)),
        ({"sort": "b", "bookmark": ""}, "sort", ("b",)),
        ({"close_tags": "Q"}, "close_tags", ("Q", "escape")),
        ({"leave": ""}, "leave", ("ctrl+c", "ctrl+q")),
        ({"next_pane": "f6"}, "next_pane", ("f6",)),
        ({"add_feed": "s"}, "add_feed", ("s",)),
        ({"fold": "z", "abstract_page": "z", "select": "z"}, "select", ("z",)),
    ],
)
def test_a_key_that_is_free_is_in_force(
    table: dict[str, object], action: str, keys: tuple[str, ...]
) -> None:
    found = keys_of(table)
    assert found.problems == ()
    assert found.of(BY_ID[action]) == keys


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"sorted": "S"}, "config.toml: there is no action 'sorted'; did you mean sort?"),
        ({"xyzzy": "S"}, "config.toml: there is no action 'xyzzy'; `paperterm keys` shows all."),
        (
            {"sort": 5},
            'config.toml: keys.sort = 5 is no key: a key is written "s", or ["s", "S"].',
        ),
        ({"sort": "pgdwn"}, "config.toml: keys.sort: 'pgdwn' is no key; did you mean pgdn?"),
        ({"sort": "hyper+ü+"}, "config.toml: keys.sort: 'hyper+ü+' is no key."),
        (
            {"sort": "Esc"},
            "config.toml: keys.sort: Esc stays what it is, and is no key of sort.",
        ),
        ({"sort": "b"}, "config.toml: b is the key of bookmark; sort keeps s."),
        ({"sort": ["Z", "j"]}, "config.toml: j is the key of cursor_down; sort keeps s."),
        ({"sort": "S"}, "config.toml: S is the key of save_search; sort keeps s."),
        ({"searches": "s"}, "config.toml: s is the key of sort; searches keeps S."),
        ({"sort": "z", "tag": "z"}, "config.toml: z is the key of sort; tag keeps t."),
        ({"add_feed": "j"}, "config.toml: j is the key of cursor_down; add_feed keeps a."),
        (
            {"palette": "p"},
            "config.toml: keys.palette: p is needed for typing, where palette works too.",
        ),
        (
            {"keep_note": "Bksp"},
            "config.toml: keys.keep_note: Bksp is needed for typing, where keep_note works too.",
        ),
    ],
)
def test_what_cannot_be_is_told_and_the_actions_own_key_stands(
    table: dict[str, object], told: str
) -> None:
    found = keys_of(table)
    assert told in found.problems
    name = next(reversed(table))
    if name in BY_ID:
        assert found.of(BY_ID[name]) == BY_ID[name].keys


def test_one_bad_key_does_not_spoil_a_good_one() -> None:
    found = keys_of({"sort": "Z", "tag": "b", "undo": 3})
    assert found.name("sort") == "Z"
    assert len(found.problems) == 2


def test_what_is_given_back_takes_its_key_from_who_wanted_it() -> None:
    found = keys_of({"sort": "b", "bookmark": "t"})
    assert found.changed == {}
    assert len(found.problems) == 2


def test_the_registry_has_no_clash() -> None:
    assert clashes() == []


_SOME = st.sampled_from([*BY_ID, "nothing"])
_KEYS = st.sampled_from(["a", "b", "j", "z", "enter", "escape", "space", "^s", "tab", "", "no"])


@given(st.dictionaries(_SOME, _KEYS | st.lists(_KEYS, max_size=3) | st.integers()))
def test_whatever_is_wished_for_no_key_means_two_things(table: dict[str, object]) -> None:
    found = keys_of(table)
    assert clashes(found) == []
    for action in BY_ID.values():
        kept = set(action.keys) & {"ctrl+c", "escape"}
        assert kept <= set(found.of(action))


def test_hints_name_the_key_in_force_or_are_left_out() -> None:
    keys = Keys({"undo": ("z",), "sort": ()})
    assert keys.hinted("Removed", "undo", "brings it back") == "Removed · z brings it back"
    assert keys.hinted("Removed", "sort", "sorts") == "Removed"
    assert OWN.hint("undo", "brings it back") == "u brings it back"


# In the app


async def test_a_changed_key_does_it_and_the_old_one_does_not(starter: Paths) -> None:
    async with reading(starter, settings=with_keys(bookmark="Z")) as reader:
        await reader.press("b")
        await reader.press("Z")
        await reader.sees(r"★ Bookmarked")
        await reader.sees(r"Bookmarks +1")
        assert "Bookmark taken away" not in reader.screen


async def test_two_actions_may_change_their_keys(starter: Paths) -> None:
    settings = with_keys(bookmark="s", sort="b")
    async with reading(starter, settings=settings) as reader:
        await reader.press("b")
        await reader.sees("Order: newest published first")
        await reader.press("s")
        await reader.sees(r"Bookmarks +1")


async def test_the_footer_names_the_keys_in_force(starter: Paths) -> None:
    settings = with_keys(bookmark="Z", sort="")
    async with reading(starter, (200, 50), settings) as reader:
        screen = await reader.sees("Z bookmark")
        assert " b bookmark" not in screen
        assert " sort " not in screen.splitlines()[-1]


async def test_what_shares_a_key_with_a_changed_action_keeps_it(starter: Paths) -> None:
    async with reading(starter, settings=with_keys(select="z")) as reader:
        await reader.press("z", "z")
        await reader.sees("2 selected")
        await reader.press("escape", "l", "space")
        await reader.press("h", "h", "G", "space", "l", "x")
        await reader.pilot.pause(0.1)
        assert "selected" not in reader.screen


async def test_moving_by_other_keys_works_in_every_list(starter: Paths) -> None:
    settings = with_keys(cursor_down="w", cursor_up=["W", "up"])
    async with reading(starter, settings=settings) as reader:
        await reader.press("w", "w", "W")
        await reader.sees("▌●  LongWriter: Unleashing")
        await reader.press("j", "down")
        await reader.pilot.pause(0.05)
        await reader.sees("▌●  LongWriter: Unleashing")
        await reader.press("F")
        await reader.sees("Feeds")
        await reader.press("w")
        await reader.press("escape", "T", "w")
        await reader.sees("No paper has a tag yet")


async def test_hints_name_the_key_in_force(starter: Paths) -> None:
    settings = with_keys(undo="Z", bookmark="B", tag="")
    async with reading(starter, settings=settings) as reader:
        await reader.press("d")
        await reader.sees("Removed · Z brings it back")
        await reader.press("Z")
        await reader.press("h", "j", "j", "j", "l")
        await reader.press("T")
        await reader.sees("No paper has a tag yet")
        assert "on a paper gives it some" not in reader.screen


async def test_the_palette_tells_the_keys_in_force_and_does_what_has_none(starter: Paths) -> None:
    async with reading(starter, settings=with_keys(bookmark="", tag="Z")) as reader:
        await reader.press("ctrl+p")
        await reader.until(lambda: len(reader.app.screen_stack) == 2, "palette")
        await reader.type("take away a book")
        await reader.sees("no key")
        await reader.press("enter")
        await reader.sees(r"Bookmarks +1")


async def test_the_palette_offers_only_what_can_be_done(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("ctrl+p")
        await reader.until(lambda: len(reader.app.screen_stack) == 2, "palette")
        await reader.sees("Search all papers as you type")
        await reader.type("explain why")
        await reader.sees("No matches found")


async def test_the_palette_does_to_the_first_hit_what_is_asked_for_while_typing(
    starter: Paths,
) -> None:
    async with reading(starter) as reader:
        await reader.press("slash")
        await reader.type("mamba")
        await reader.sees("mamba")
        await reader.press("ctrl+p")
        await reader.until(lambda: len(reader.app.screen_stack) == 2, "palette")
        await reader.type("take away a book")
        await reader.sees("Set or take away a bookmark")
        await reader.press("enter")
        await reader.sees(r"Bookmarks +1")


async def test_keys_that_are_refused_are_told_one_after_the_other(starter: Paths) -> None:
    settings = with_keys(sorted="S", tag="b")
    async with reading(starter, (120, 36), settings) as reader:
        await reader.sees("there is no action 'sorted'; did you mean sort?")
        reader.app.screen.keys.hush()
        await reader.sees("b is the key of bookmark; tag keeps t")
        await reader.press("t")
        await reader.until(lambda: len(reader.app.screen_stack) == 2, "tags")


async def test_the_explanation_closes_by_the_key_that_opens_it(starter: Paths) -> None:
    async with reading(starter, settings=with_keys(explain="Z")) as reader:
        await reader.press("slash")
        await reader.type("mamba")
        await reader.press("enter")
        await reader.press("Z")
        await reader.sees("Why it is here")
        await reader.press("Z")
        await reader.no_longer_sees("Why it is here")


async def test_help_tells_the_keys_in_force_and_closes_by_its_own(starter: Paths) -> None:
    settings = with_keys(help="H", bookmark=["B", "ctrl+o"], tag="")
    async with reading(starter, (120, 100), settings) as reader:
        await reader.press("H")
        await reader.sees("B \\^o +Set or take away a bookmark")
        await reader.sees("no key +Edit the tags")
        await reader.press("H")
        await reader.no_longer_sees("Set or take away")
