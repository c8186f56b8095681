"""What the screen of tags asks a library to do, in a worker thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperterm.library.retagging import Plan, carry_out
from paperterm.library.tag_tree import TagTree
from paperterm.model.tags import Colours, near_duplicates, parse_colour
from paperterm.model.text import shown
from paperterm.tui.cards import counted
from paperterm.tui.deeds import Deed
from paperterm.tui.keys import Keys

if TYPE_CHECKING:
    from paperterm.library.door import Library


@dataclass(frozen=True)
class AllTags:
    """What the screen of tags shows."""

    tree: TagTree
    colours: Colours
    near: dict[str, str]
    """By the name a tag has in the tree: what it is nearly the same as, clean."""
    groups: int
    """How many groups there are of tags that are nearly the same."""


def look(library: Library) -> AllTags:
    """All tags, as they are now."""
    tree = library.tagging.tree()
    groups = near_duplicates(library.tags())
    near: dict[str, str] = {}
    for group in groups:
        for name, _ in group:
            place = tree.place(name)
            others = [shown(other) for other, _ in group if other != name]
            if place is not None and tree.names[place] not in near:
                near[tree.names[place]] = ", ".join(others)
    return AllTags(tree, library.tagging.colours(), near, len(groups))


def do(plan: Plan, keys: Keys) -> Deed:
    """A deed that does what was planned; `keys` are in force."""

    def deed(library: Library, ids: Sequence[int]) -> tuple[str, Sequence[int]]:
        done = carry_out(library, plan)
        if not done.keys:
            return "Nothing to change", ()
        told = f"{_done(plan)} on {counted(len(done.keys), 'paper')}"
        return keys.hinted(told, "undo", "takes it back"), library.ids_of(done.keys)

    return deed


def _done(plan: Plan) -> str:
    names = ", ".join(f"#{shown(name)}" for name in plan.sources)
    if plan.target is None:
        return f"Deleted {names}"
    verb, to = ("Merged", "into") if plan.joins else ("Renamed", "to")
    return f"{verb} {names} {to} #{shown(plan.target)}"


def colour(tag: str, name: str) -> Deed:
    """A deed that gives a tag a colour."""

    def deed(library: Library, ids: Sequence[int]) -> tuple[str, Sequence[int]]:
        before = library.tagging.set_colour(tag, parse_colour(name))
        after = library.tagging.colours().of(tag)
        return f"#{shown(tag)} is {after}; it was {before}", ()

    return deed
