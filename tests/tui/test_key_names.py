"""What keys are called, by readers and by Textual."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import _character_to_key

from paperterm.tui.actions import BY_ID
from paperterm.tui.key_names import is_typed, key_name, read_key

CHARACTERS = [chr(code) for code in range(33, 127)] + list("éÄжλ語")
KEYS = sorted({key for action in BY_ID.values() for key in action.keys})


@pytest.mark.parametrize("character", CHARACTERS)
def test_a_character_is_the_key_that_textual_takes_it_for(character: str) -> None:
    key = read_key(character)
    assert key == _character_to_key(character)
    assert key_name(key) == character
    assert is_typed(key)


@pytest.mark.parametrize("key", [*KEYS, "f5", "shift+f2", "alt+x", "ctrl+down", "ctrl+backslash"])
def test_every_key_is_understood_by_its_name_and_as_it_is_shown(key: str) -> None:
    assert read_key(key) == key
    assert read_key(key_name(key)) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("^P", "ctrl+p"),
        ("Ctrl+P", "ctrl+p"),
        ("PGDN", "pagedown"),
        ("Esc", "escape"),
        ("shift+g", "G"),
        ("shift+ctrl+left", "ctrl+shift+left"),
        ("+", "plus"),
        ("ctrl++", "ctrl+plus"),
        ("^", "circumflex_accent"),
        ("ctrl+i", "tab"),
        ("ctrl+m", "enter"),
        ("ctrl+[", "escape"),
        ("F5", "f5"),
        ("⇧↑", "shift+up"),
        ("return", "enter"),
    ],
)
def test_a_key_may_be_written_in_several_ways(text: str, key: str) -> None:
    assert read_key(text) == key


@pytest.mark.parametrize("text", ["", " ", "pgdwn", "ctrl+", "hyper+x", "ab", "f25", "\x1b", "\n"])
def test_what_is_no_key_is_none(text: str) -> None:
    assert read_key(text) is None


@given(st.text(max_size=12) | st.text("ctrl+shifalt^ esc", max_size=12))
def test_any_text_is_a_key_or_none(text: str) -> None:
    key = read_key(text)
    assert key is None or read_key(key_name(key)) == key


@pytest.mark.parametrize("key", ["enter", "tab", "escape", "up", "f5", "ctrl+a", "alt+x", "delete"])
def test_keys_that_type_nothing(key: str) -> None:
    assert not is_typed(key)
