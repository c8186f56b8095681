"""The tag editor for many papers: those of all on the line, those of some below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from paperterm.library.tagging import Known
from paperterm.model.text import shown
from paperterm.tui.cards import counted
from paperterm.tui.screens.tags import TagScreen

_TOLD = 12
"""Tags of some of the papers that are named; there may be hundreds."""


@dataclass(frozen=True, slots=True)
class TagsHeld:
    """The tags that some papers carry now."""

    papers: int
    counts: Mapping[str, int]
    """Each tag with how many of the papers carry it."""

    @property
    def on_all(self) -> tuple[str, ...]:
        """What every one carries."""
        return tuple(sorted(tag for tag, count in self.counts.items() if count == self.papers))

    @property
    def on_some(self) -> tuple[str, ...]:
        """What others lack; carried by most first."""
        some = [(-count, tag) for tag, count in self.counts.items() if count < self.papers]
        return tuple(tag for _, tag in sorted(some))

    def wanted(self, typed: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What to add to all and to take from all, when `typed` is left on the line.

        A tag with a minus before it, that any of the papers carries, is to be taken away.
        """
        less = {f"-{tag}": tag for tag in self.counts}
        gone = {less[tag] for tag in typed if tag in less}
        kept = [tag for tag in typed if tag not in less and tag not in gone]
        added = tuple(tag for tag in kept if self.counts.get(tag, 0) < self.papers)
        gone.update(tag for tag in self.on_all if tag not in kept)
        return added, tuple(sorted(gone))


class ManyTagsScreen(TagScreen):
    """Answers with what is left on the line; see `TagsHeld.wanted`."""

    DEFAULT_CSS = """
    ManyTagsScreen.-low #some { display: none; }
    """

    def __init__(self, held: TagsHeld, known: Known) -> None:
        super().__init__(held.on_all, known)
        self._held = held

    def _about(self, tag: str) -> str:
        if tag.startswith("-") and tag[1:] in self._held.counts:
            return ""
        return super()._about(tag)

    def compose_more(self) -> ComposeResult:
        """Which tags some of them have, and how those are given or taken."""
        held = self._held
        some = [f"#{shown(tag)} {held.counts[tag]:,}" for tag in held.on_some[:_TOLD]]
        if len(held.on_some) > _TOLD:
            some.append("…")
        told = f"On some of {counted(held.papers, 'paper')}: {'  '.join(some)}" if some else ""
        how = "The line holds what all have. A name gives a tag to all, -name takes it from all."
        yield Static(
            Content("\n").join(Content(line) for line in (told, how) if line),
            id="some",
            markup=False,
        )
