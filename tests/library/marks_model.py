"""What marks and their undoing should come to, as plainly as it can be said: lists and dicts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from paperterm.model.marks import Change, Marks

Place = tuple[str, str]
FLAGS = ("bookmarked", "read", "archived", "removed")


@dataclass
class Held:
    """What stands in a register: by whom it was written (a number), or whom it brings back."""

    by: frozenset[int]
    value: object
    time: int


@dataclass
class Step:
    """One write of an action: what was there, what it wrote."""

    place: Place
    former: Held | None
    value: object


@dataclass
class Action:
    number: int
    label: str
    steps: list[Step] = field(default_factory=list)


class MarksModel:
    """Registers by key and name. A note has a register of its own kind: several may stand."""

    def __init__(self) -> None:
        self.held: dict[Place, list[Held]] = {}
        self.names = {*FLAGS, "later", "note"}
        """Of all registers there are, on whichever paper."""
        self.done: list[Action] = []
        self.undone: list[Action] = []
        self.time = 0

    def of(self, key: str) -> Marks:
        flags: dict[str, bool] = {}
        tags: list[str] = []
        later, note = None, ""
        for name in self.names:
            if not (held := self.held.get((key, name))):
                continue
            value = held[-1].value
            if name in FLAGS:
                flags[name] = bool(value)
            elif name == "later":
                later = value
            elif name == "note":
                note = "\n\n".join(dict.fromkeys(str(one.value) for one in held if one.value))
            elif value:
                tags.append(name[4:])
        assert later is None or isinstance(later, dt.date)
        return Marks(**flags, tags=tuple(sorted(tags)), note=note, later=later)

    def known(self) -> set[str]:
        return {key for key, _ in self.held}

    def act(self, changes: Iterable[Change], label: str = "") -> tuple[str, ...]:
        """One action; the keys that it changed, in the order asked."""
        self.time += 1
        action = Action(self.time, label)
        keys: dict[str, None] = {}
        changes = list(changes)
        before = {change.key: self.of(change.key) for change in changes}
        after = dict(before)
        for change in changes:
            wanted = change.apply(after[change.key])
            if wanted != after[change.key]:
                keys[change.key] = None
            after[change.key] = wanted
        for key in before:
            for name, value in _differences(before[key], after[key]):
                self._write(action, (key, name), value)
        if keys:
            self.done.append(action)
            self.undone.clear()
        return tuple(keys)

    def _write(self, action: Action, place: Place, value: object) -> None:
        held = self.held.get(place, [])
        by = frozenset().union(*(one.by for one in held))
        former = Held(by, _joined(place, held), 0) if held else None
        action.steps.append(Step(place, former, value))
        self.names.add(place[1])
        self.held[place] = [Held(frozenset({action.number}), value, self.time)]

    def undo(self) -> tuple[Action, tuple[str, ...]] | None:
        return self._turn(self.done, self.undone, back=True)

    def redo(self) -> tuple[Action, tuple[str, ...]] | None:
        return self._turn(self.undone, self.done, back=False)

    def _turn(
        self, source: list[Action], target: list[Action], *, back: bool
    ) -> tuple[Action, tuple[str, ...]] | None:
        if not source:
            return None
        self.time += 1
        action = source.pop()
        target.append(action)
        keys: dict[str, None] = {}
        for step in action.steps:
            own = frozenset({action.number})
            was = step.former.by if step.former else frozenset()
            wanted, by = (own, was) if back else (was, own)
            empty = "" if step.place[1] == "note" else None
            value = (step.former.value if step.former else empty) if back else step.value
            held = self.held.get(step.place, [])
            place = next((n for n, one in enumerate(held) if one.by == wanted), None)
            if place is not None:
                del held[place]
                held.append(Held(by, value, self.time))
                keys[step.place[0]] = None
        return action, tuple(keys)

    def rename(self, old: str, new: str) -> None:
        self.time += 1
        for action in (*self.done, *self.undone):
            for step in action.steps:
                if step.place[0] == old:
                    step.place = (new, step.place[1])
        for place in [place for place in self.held if place[0] == old]:
            ours = self.held.pop(place)
            theirs = self.held.get((new, place[1]), [])
            both = sorted(ours + theirs, key=lambda one: one.time)
            self.held[new, place[1]] = both if place[1] == "note" else both[-1:]


def _joined(place: Place, held: list[Held]) -> object:
    if place[1] != "note":
        return held[-1].value
    return "\n\n".join(dict.fromkeys(str(one.value) for one in held if one.value))


def _differences(before: Marks, after: Marks) -> Iterable[tuple[str, object]]:
    for name in (*FLAGS, "later", "note"):
        if getattr(before, name) != getattr(after, name):
            yield name, getattr(after, name)
    for tag in {*before.tags} ^ {*after.tags}:
        yield f"tag:{tag}", tag in after.tags
