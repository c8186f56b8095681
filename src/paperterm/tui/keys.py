"""The keys in force: those of the registry, and what the reader's settings make of them.

A reader's key is refused, and the action keeps its own, where it would make another action, or a
letter that is typed, impossible to reach. Nothing of Textual is needed to know that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from paperterm.model import nearest
from paperterm.model.text import shown
from paperterm.tui.action import Action, Group, Situation
from paperterm.tui.actions import ACTIONS, BY_ID, MOVES
from paperterm.tui.key_names import is_typed, key_name, key_names, read_key

RESERVED = ("ctrl+c", "ctrl+q", "escape")
"""Keys that stay what they are: whoever is lost can go back, or leave."""
_OF_THE_BAR = {"backspace", "delete", "left", "right", "home", "end"}
"""Keys that move or delete where one types, besides those that type."""
_NOBODYS = "no-key"
"""A key that is never pressed; Textual takes an empty one for none of our business."""
_HERE = "config.toml"


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of every action."""

    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Those of the actions that have others than their own, by their ids."""
    problems: tuple[str, ...] = ()
    """What of the settings is not in force, a sentence each."""

    def of(self, action: Action) -> tuple[str, ...]:
        """The keys of an action, as Textual calls them; none where they were taken away."""
        return self.changed.get(action.id, action.keys)

    def in_force(self, actions: Iterable[Action]) -> list[Action]:
        """The same actions with the keys they have."""
        return [
            replace(one, keys=self.of(one)) if one.id in self.changed else one for one in actions
        ]

    def name(self, action_id: str) -> str:
        """The first key of an action, as a reader knows it; empty where it has none."""
        keys = self.of(BY_ID[action_id])
        return key_name(keys[0]) if keys else ""

    def hint(self, action_id: str, does: str) -> str:
        """``u takes it back``; empty where the action has no key."""
        name = self.name(action_id)
        return f"{name} {does}" if name else ""

    def hints(self, *each: tuple[str, str]) -> str:
        """Several hints on one line: ``R fetches · A adds``."""
        return " · ".join(filter(None, (self.hint(*one) for one in each)))

    def hinted(self, told: str, action_id: str, does: str) -> str:
        """``Removed · u brings it back``: a sentence, and a hint where there is one."""
        return " · ".join(filter(None, (told, self.hint(action_id, does))))

    def keymap(self) -> dict[str, str]:
        """What Textual needs to be told, which forgets whatever else was on a key it changes.

        So an action is named as well that shares a key with one that is changed.
        """
        named = set(self.changed)
        keys: set[str] = set()
        while True:
            keys.update(*(BY_ID[one].keys for one in named), *(self.changed.values()))
            more = {one.id for one in BY_ID.values() if keys & {*one.keys}} - named
            if not more:
                break
            named |= more
        return {one: ",".join(self.of(BY_ID[one])) or _NOBODYS for one in sorted(named)}


OWN = Keys()
"""Every action with its own keys."""


def keys_of(table: Mapping[str, object]) -> Keys:
    """The keys in force with ``[keys]`` of the settings; what of it is not, is told."""
    wanted: dict[str, tuple[str, ...]] = {}
    problems: list[str] = []
    for name, value in table.items():
        try:
            action = _action(name)
            keys = [_read(action, text) for text in _texts(name, value)]
            stay = [key for key in action.keys if key in RESERVED]
            wanted[name] = tuple(dict.fromkeys((*keys, *stay)))
        except ValueError as error:
            problems.append(f"{_HERE}: {shown(str(error))}")
    wanted = {name: keys for name, keys in wanted.items() if keys != BY_ID[name].keys}
    while (clash := next(_clashes(wanted), None)) is not None:
        key, name, other = clash
        del wanted[name]
        own = " ".join(map(key_name, BY_ID[name].keys))
        problems.append(f"{_HERE}: {key_name(key)} is the key of {other}; {name} keeps {own}.")
    return Keys(wanted, tuple(problems))


def _action(name: str) -> Action:
    if name not in BY_ID:
        raise ValueError(f"there is no action {name!r}{_meant(name)}")
    return BY_ID[name]


def _meant(name: str) -> str:
    close = nearest.nearest(name, BY_ID)
    return f"; did you mean {close}?" if close else "; `paperterm keys` shows all."


def _texts(name: str, value: object) -> Sequence[str]:
    values: list[object] = value if isinstance(value, list) else [value]
    texts = [one for one in values if isinstance(one, str)]
    if len(texts) < len(values):
        raise ValueError(f'keys.{name} = {value!r} is no key: a key is written "s", or ["s", "S"].')
    return [text for text in texts if text]


def _read(action: Action, text: str) -> str:
    where = f"keys.{action.id}"
    key = read_key(text)
    if key is None:
        close = nearest.nearest(text, key_names())
        raise ValueError(
            f"{where}: {text!r} is no key{f'; did you mean {close}?' if close else '.'}"
        )
    if key in RESERVED and key not in action.keys:
        raise ValueError(
            f"{where}: {key_name(key)} stays what it is, and is no key of {action.id}."
        )
    typing = action.while_typing or action.group is Group.NOTE
    if typing and key not in action.keys and (is_typed(key) or key in _OF_THE_BAR):
        raise ValueError(
            f"{where}: {key_name(key)} is needed for typing, where {action.id} works too."
        )
    return key


# What can be meant at once


def _places() -> Iterator[Situation]:
    """Where a reader may be: with all there that can be, and with one thing of that missing."""
    apart = ("typing", "editing", "in_abstract", "on_parent")
    names = [one.name for one in fields(Situation) if one.name not in (*apart, "selected")]
    for place in ("", *apart):
        all_there = Situation(**dict.fromkeys(names, True), **({place: True} if place else {}))
        yield all_there
        for name in names:
            yield replace(all_there, **{name: False})


def _rooms() -> Iterator[Sequence[Action]]:
    """The actions of the main screen, and those of each of the others."""
    main = {action.group for action in (*MOVES, *ACTIONS)} | {Group.NOTE}
    yield [action for action in BY_ID.values() if action.group in main]
    for group in Group:
        if group not in main:
            yield [*MOVES, *(action for action in BY_ID.values() if action.group is group)]


def _clashes(changed: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    """A key, the changed action that can't have it, and the action it belongs to.

    Of two that are changed, the one that is told of first may have it.
    """
    for name in reversed(list(changed)):
        for room in _rooms():
            if BY_ID[name] not in room:
                continue
            for other in room:
                keys = changed.get(other.id, other.keys)
                both = [key for key in changed[name] if key in keys]
                if other.id != name and both and _at_once(BY_ID[name], other):
                    yield both[0], name, other.id


def _at_once(one: Action, other: Action) -> bool:
    return any(one.can_be_done(place) and other.can_be_done(place) for place in _places())


def clashes(keys: Keys = OWN) -> list[tuple[str, str, str]]:
    """Where a key is that of two actions that can be done at once: the key and both."""
    return list(_clashes({action.id: keys.of(action) for action in BY_ID.values()}))
