"""What the command line tells of the app without starting it. Nothing here needs Textual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from paperterm.tui import first_steps as tour
from paperterm.tui.action import Group
from paperterm.tui.actions import BY_ID
from paperterm.tui.key_names import key_name, written
from paperterm.tui.keys import keys_of


@dataclass(frozen=True, slots=True)
class KeysOf:
    """What the command line tells of an action of the app."""

    action: str
    """Its name in the settings."""
    keys: tuple[str, ...]
    """Those in force, as they are written in the settings."""
    shown: tuple[str, ...]
    """The same as the app shows them."""
    own: tuple[str, ...]
    """Those it has where nothing is set, as they are written in the settings."""
    does: str
    where: str

    @property
    def changed(self) -> bool:
        """Whether the settings give it other keys than its own."""
        return self.keys != self.own


def keys(wanted: Mapping[str, object]) -> tuple[list[KeysOf], tuple[str, ...]]:
    """The keys of every action with ``[keys]`` of the settings, and what of that is refused."""
    found = keys_of(wanted)
    rows = [
        KeysOf(
            action.id,
            tuple(map(written, found.of(action))),
            tuple(map(key_name, found.of(action))),
            tuple(map(written, action.keys)),
            action.help,
            group.value,
        )
        for group in Group
        for action in BY_ID.values()
        if action.group is group
    ]
    return rows, found.problems


def first_steps(wanted: Mapping[str, object]) -> list[str]:
    """The tour, with ``[keys]`` of the settings in force."""
    return [line for line in tour.first_steps(keys_of(wanted)) if line]
