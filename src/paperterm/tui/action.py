"""What an action of the app is, and where it may be asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.binding import Binding


class Group(StrEnum):
    """The chapters of the help screen, in its order."""

    MOVE = "Moving"
    FIND = "Finding"
    ARRIVE = "Papers that arrive"
    MARK = "Marking"
    PAPER = "The paper"
    APP = "paperterm"
    FEEDS = "On the screen of feeds"
    NOTE = "In the note"
    HISTORY = "On the screen of what was done"
    TAGS = "On the screen of tags"
    SEARCHES = "On the screen of saved searches"


@dataclass(frozen=True, slots=True)
class Situation:
    """What an action's availability may depend on."""

    has_paper: bool = False
    """The cursor is on a paper."""
    can_write: bool = True
    typing: bool = False
    """The cursor is in the search bar: letters are letters."""
    has_feed: bool = False
    """The cursor is on a feed, on the screen of feeds."""
    ranked: bool = False
    """The list shows what a search of words found, and the cursor is on one of these."""
    searching: bool = False
    """The list shows a search, or soon will."""
    editing: bool = False
    """The cursor is in a note: only what belongs there can be done."""
    on_parent: bool = False
    """The cursor is on a tag that has others below it, among the shelves or the tags."""
    has_search: bool = False
    """The cursor is on a saved search, on their screen."""
    has_tag: bool = False
    """The cursor is on a tag, on the screen of tags."""
    in_abstract: bool = False
    """The reader is in the abstract."""
    selected: int = 0
    """How many papers are selected."""


def always(situation: Situation) -> bool:
    """Available everywhere."""
    return True


def with_paper(situation: Situation) -> bool:
    """Needs a paper under the cursor."""
    return situation.has_paper


def to_select(situation: Situation) -> bool:
    """Needs a paper under the cursor, and nothing else that Space is for."""
    return situation.has_paper and not (situation.in_abstract or situation.on_parent)


def in_abstract(situation: Situation) -> bool:
    """Needs the reader in the abstract."""
    return situation.in_abstract


def with_hit(situation: Situation) -> bool:
    """Needs a paper under the cursor that was found by words."""
    return situation.has_paper and situation.ranked


def typing(situation: Situation) -> bool:
    """Needs the search bar."""
    return situation.typing


def in_search(situation: Situation) -> bool:
    """Needs something that is looked for."""
    return situation.searching


def in_no_search(situation: Situation) -> bool:
    """Needs a shelf in the list."""
    return not situation.searching


def on_search(situation: Situation) -> bool:
    """Needs a saved search under the cursor."""
    return situation.has_search


def to_write(situation: Situation) -> bool:
    """Needs a paper, and a library that can be written to."""
    return situation.has_paper and situation.can_write


def writable(situation: Situation) -> bool:
    """Needs a library that can be written to."""
    return situation.can_write


def on_feed(situation: Situation) -> bool:
    """Needs a feed under the cursor, and a library that can be written to."""
    return situation.has_feed and situation.can_write


def on_parent(situation: Situation) -> bool:
    """Needs a tag under the cursor that can be folded."""
    return situation.on_parent


def on_tag(situation: Situation) -> bool:
    """Needs a tag under the cursor, and a library that can be written to."""
    return situation.has_tag and situation.can_write


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a reader can do."""

    id: str
    keys: tuple[str, ...]
    label: str
    """A word or two, for the footer."""
    help: str
    """A sentence without its full stop, for help, palette and README."""
    group: Group
    footer: int = 0
    """Its place in the footer, from 1; 0 keeps it out."""
    available: Callable[[Situation], bool] = always
    while_typing: bool = False
    """Its keys are not letters, and mean the same in the search bar."""
    footer_typing: int = 0
    """Its place in the footer while the reader types, from 1."""

    def can_be_done(self, situation: Situation) -> bool:
        """Whether its keys mean it now."""
        if situation.editing != (self.group is Group.NOTE):
            return False
        return self.available(situation) and (self.while_typing or not situation.typing)

    def binding(self, *, priority: bool) -> Binding:
        """As Textual wants it."""
        from textual.binding import Binding  # the command line tells of keys without it

        keys = ",".join(self.keys)
        return Binding(keys, self.id, self.label, show=False, id=self.id, priority=priority)
