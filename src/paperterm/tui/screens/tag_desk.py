"""All tags: how many papers have each, what is nearly the same, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from paperterm.library import retagging
from paperterm.library.retagging import Plan
from paperterm.model.marks import parse_tag
from paperterm.model.tags import colour_names, parse_colour
from paperterm.model.text import shown
from paperterm.tui import tag_deeds, undoing
from paperterm.tui.action import Situation
from paperterm.tui.actions import bindings
from paperterm.tui.actions_beside import TAG_ACTIONS
from paperterm.tui.cards import counted
from paperterm.tui.deeds import Deed
from paperterm.tui.screens.beside import BesideScreen
from paperterm.tui.screens.confirm import ConfirmScreen
from paperterm.tui.screens.prompt import PromptScreen
from paperterm.tui.session import Session
from paperterm.tui.widgets.key_line import KeyLine
from paperterm.tui.widgets.tag_list import TagList

if TYPE_CHECKING:
    from paperterm.library.door import Library
    from paperterm.tui.screens.tagging import Tagging

_KEYS = "Enter goes on · Esc leaves"


class TagDesk(BesideScreen):
    """Comes up before the main screen."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(TAG_ACTIONS)]
    DEFAULT_CSS = "TagDesk > .below { color: $warning; }"

    def __init__(self, session: Session, tagging: Tagging) -> None:
        super().__init__(session)
        self._tagging = tagging

    def compose(self) -> ComposeResult:
        """What it is, the tags, what the one under the cursor is like, keys."""
        yield Static("", classes="head", markup=False)
        yield TagList(self._session.keys)
        yield Static("", classes="below", markup=False)
        yield KeyLine()

    @property
    def tags(self) -> TagList:
        """The list."""
        return self.query_one(TagList)

    def on_mount(self) -> None:
        """Look at once."""
        self.set_focus(self.tags)
        self.start(self._look, "tags")

    # Showing

    async def _look(self, on: str = "") -> None:
        found = await self._session.read(tag_deeds.look)
        if not self.is_mounted:
            return
        self.tags.show(found.tree, found.colours, found.near)
        if on:
            self.tags.go_to(on)
        parts = [Content.styled("Tags", "bold $primary")]
        if len(found.tree):
            parts.append(Content.styled(f"{len(found.tree):,}", "$muted"))
        if found.groups:
            told = f"{counted(found.groups, 'group')} nearly the same"
            parts.append(Content.styled(told, "$warning"))
        self.query_one(".head", Static).update(Content("  ").join(parts))

    @on(TagList.Moved)
    def _say_near(self) -> None:
        near = self.tags.near
        self.set_class(bool(near), "-telling")
        keys = self._session.keys
        told = keys.hinted(f"Nearly the same: {near}", "merge_tag", "merges") if near else ""
        self.query_one(".below", Static).update(Content(told))
        self.keys.offer(self.offered(TAG_ACTIONS))

    def situation(self) -> Situation:
        """See `WorkingScreen`."""
        return Situation(
            can_write=self._tagging.can_write,
            has_tag=self.tags.tag is not None,
            on_parent=self.tags.foldable,
        )

    # Doing

    async def action_rename_tag(self) -> None:
        """See `actions_beside.TAG_ACTIONS`, as for all that follow."""
        await self._ask("Rename", "to", lambda tag: tag, retagging.plan_rename)

    async def action_merge_tag(self) -> None:
        """Make one tag of this and another."""
        await self._ask(
            "Merge",
            "into",
            lambda tag: self.tags.near.partition(", ")[0],
            lambda library, tag, into: retagging.plan_merge(library, [tag], into),
        )

    async def _ask(
        self,
        verb: str,
        preposition: str,
        proposed: Callable[[str], str],
        plan: Callable[[Library, str, str], Plan],
    ) -> None:
        tag = self.tags.tag
        if tag is None:
            return

        def check(text: str) -> None:
            parse_tag(text)

        def go_on(text: str | None) -> None:
            if text is not None:
                self.start(partial(self._plan, lambda library: plan(library, tag, text)), "tags")

        question = f"{verb} #{shown(tag)} {preposition}"
        example = "The tags below it go with it; parents are kept apart by /"
        prompt = PromptScreen(question, example, _KEYS, check, proposed(shown(tag)))
        await self.app.push_screen(prompt, go_on)

    async def action_delete_tag(self) -> None:
        """Take it from every paper."""
        if (tag := self.tags.tag) is not None:
            self.start(
                partial(self._plan, lambda library: retagging.plan_delete(library, tag)), "tags"
            )

    async def _plan(self, work: Callable[[Library], Plan]) -> None:
        plan = await self._session.read(work)

        def answer(yes: bool | None) -> None:
            if yes:
                self.start(
                    partial(self._do, tag_deeds.do(plan, self._session.keys), plan.target or ""),
                    "tags",
                )

        keys = "Enter does it · Esc leaves it as it is"
        await self.app.push_screen(ConfirmScreen(f"{plan.told}?", keys), answer)

    async def _do(self, deed: Deed, on: str = "") -> None:
        done = await self._tagging.carry_out(deed)
        self.keys.say(done.told)
        await self._look(on)

    async def action_colour_tag(self) -> None:
        """Choose a colour."""
        tag = self.tags.tag
        if tag is None:
            return

        def check(text: str) -> None:
            parse_colour(text)

        def keep(text: str | None) -> None:
            if text is not None:
                self.start(partial(self._do, tag_deeds.colour(tag, text)), "tags")

        title = f"Colour of #{shown(tag)} and the tags below it"
        await self.app.push_screen(PromptScreen(title, colour_names(), _KEYS, check), keep)

    def action_next_near(self) -> None:
        """To the next that is nearly another."""
        if not self.tags.next_near():
            self.keys.say("No two tags are nearly the same")

    def action_undo_tag(self) -> None:
        """Take back the last mark, whichever it was."""
        self.start(partial(self._do, undoing.undo), "tags")

    def action_fold_tag(self) -> None:
        """Open or shut."""
        self.tags.fold()

    def action_open_tag(self) -> None:
        """Open."""
        self.tags.fold_out()

    def action_shut_tag(self) -> None:
        """Shut, or go to the one above."""
        self.tags.fold_in()

    def action_close_tags(self) -> None:
        """Back to the papers."""
        self.dismiss()

    def action_leave_paperterm(self) -> None:
        """Leave paperterm."""
        self.app.exit()
