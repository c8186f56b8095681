"""The feeds: which there are, how fetching each of them stands, and what can be done about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from paperterm.model.feeds import parse_feed
from paperterm.model.saved import named
from paperterm.model.text import shown
from paperterm.tui.action import Situation
from paperterm.tui.actions import bindings
from paperterm.tui.actions_beside import FEED_ACTIONS
from paperterm.tui.cards import counted
from paperterm.tui.screens.beside import BesideScreen
from paperterm.tui.screens.prompt import PromptScreen
from paperterm.tui.session import Session
from paperterm.tui.tidings import Tidings, feed_name
from paperterm.tui.widgets.feed_list import FeedList
from paperterm.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from paperterm.library.feeds import FeedState
    from paperterm.tui.screens.arrivals import Arrivals

_LOOK_SECONDS = 0.5
"""How often it is looked how the feeds stand."""
_KINDS = "daily-papers · arxiv:cs.CL+cs.AI · arxiv-query:TEXT · hf-search:TEXT · https://…"


class FeedsScreen(BesideScreen):
    """Comes up before the main screen, which goes on fetching behind it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FEED_ACTIONS)]
    DEFAULT_CSS = "FeedsScreen > .below { color: $error; }"

    def __init__(self, session: Session, arrivals: Arrivals) -> None:
        super().__init__(session)
        self._arrivals = arrivals
        self._done: list[Callable[[], Awaitable[None]]] = []
        """What takes back the changes made here, the last one at the end."""

    def compose(self) -> ComposeResult:
        """What it is, the feeds, what is wrong with the one under the cursor, keys."""
        yield Static("", classes="head", markup=False)
        yield FeedList(self._session.keys)
        yield Static("", classes="below", markup=False)
        yield KeyLine()

    @property
    def feeds(self) -> FeedList:
        """The list."""
        return self.query_one(FeedList)

    def on_mount(self) -> None:
        """Look now, and again and again."""
        self._arrivals.hears = self._hear
        self.set_focus(self.feeds)
        self._say_head()
        self._look_again()
        self.set_interval(_LOOK_SECONDS, self._look_again)

    def on_unmount(self) -> None:
        """The main screen tells by itself again."""
        self._arrivals.hears = None

    # Showing

    def _look_again(self) -> None:
        self.start(self._look, "look", newest_only=True)

    async def _look(self) -> None:
        states = await self._session.read(lambda library: library.feeds.all())
        if self.is_mounted:
            self.feeds.show(states)
            self._say_head()

    def _say_head(self) -> None:
        parts = [Content.styled("Feeds", "bold $primary")]
        if fetching := self._arrivals.fetching:
            parts.append(Content.styled(fetching, "$warning"))
        elif self.feeds.count:
            parts.append(Content.styled(f"{self.feeds.count}", "$muted"))
        self.query_one(".head", Static).update(Content("  ").join(parts))

    @on(FeedList.Moved)
    def _say_what_is_wrong(self) -> None:
        state = self.feeds.state
        wrong = shown(state.message) if state else ""
        self.set_class(bool(wrong), "-telling")
        self.query_one(".below", Static).update(Content(wrong))
        self.keys.offer(self.offered(FEED_ACTIONS))

    def situation(self) -> Situation:
        """See `WorkingScreen`."""
        has_feed = self.feeds.state is not None
        return Situation(can_write=self._arrivals.can_write, has_feed=has_feed)

    def _hear(self, told: Tidings) -> None:
        self.keys.say(told.text, error=told.wrong)

    # Doing

    async def action_add_feed(self) -> None:
        """See `actions_beside.FEED_ACTIONS`, as for all that follow."""

        def check(text: str) -> None:
            parse_feed(text)

        def add(text: str | None) -> None:
            if text is not None:
                self.start(partial(self._add, text), "change")

        prompt = PromptScreen("Add a feed", _KINDS, "Enter adds · Esc leaves", check)
        await self.app.push_screen(prompt, add)

    async def _add(self, text: str) -> None:
        state, is_new = await self._session.change(lambda library: library.feeds.add(text))
        name = feed_name(state.feed.name)
        if not is_new:
            self.keys.say(f"{name} is there already")
        elif self._fetch(state):
            self.keys.say(f"Added {name}; fetching it")
        else:
            self.keys.say(f"Added {name}; it is fetched when it is its turn")
        await self._look()

    def action_remove_feed(self) -> None:
        """Take a feed away."""
        if (state := self.feeds.state) is not None:
            self.start(partial(self._remove, state.feed.name), "change")

    async def _remove(self, name: str) -> None:
        state = await self._session.change(lambda library: library.feeds.remove(name))
        self._done.append(partial(self._bring_back, name, state.removal))
        kept = f"; its {counted(state.papers, 'paper')} stay" if state.papers else ""
        told = f"Removed {feed_name(name)}{kept}"
        self.keys.say(self._session.keys.hinted(told, "undo_feed", "brings it back"))
        await self._look()

    def action_undo_feed(self) -> None:
        """Take back the last change made here."""
        if self._done:
            self.start(self._done.pop(), "change")
        else:
            self.keys.say("Nothing to take back")

    async def _bring_back(self, name: str, removal: int) -> None:
        await self._session.change(lambda library: library.undo(removal))
        self.keys.say(f"{feed_name(name)} is back")
        await self._look()

    def action_pause_feed(self) -> None:
        """Fetch it no more by itself, or again."""
        if (state := self.feeds.state) is not None:
            self.start(partial(self._pause, state.feed.name, not state.paused), "change")

    async def _pause(self, name: str, paused: bool) -> None:
        await self._session.change(lambda library: library.feeds.pause(name, paused=paused))
        self.keys.say(f"{'Paused' if paused else 'Resumed'} {feed_name(name)}")
        await self._look()

    async def action_only_feed(self) -> None:
        """Ask for the saved search that says what is taken in."""
        if (state := self.feeds.state) is None:
            return
        feed, before = state.feed.name, state.only
        written = await self._session.read(lambda library: library.searches.written())

        def check(text: str) -> None:
            if text.strip():
                named(written.searches, text)

        def keep(text: str | None) -> None:
            if text is None:
                return
            search = named(written.searches, text).name if text.strip() else ""
            if search != before:
                self._done.append(partial(self._take_only, feed, before))
                self.start(partial(self._take_only, feed, search), "change")

        names = " · ".join(shown(saved.name) for saved in written.searches)
        none = self._session.keys.hinted("No search is saved yet", "save_search", "saves one")
        example = names or none
        keys = "Enter keeps · empty takes all · Esc leaves"
        question = f"The search that says what {feed_name(feed)} takes in"
        prompt = PromptScreen(question, example, keys, check, shown(before))
        await self.app.push_screen(prompt, keep)

    async def _take_only(self, feed: str, search: str) -> None:
        await self._session.change(lambda library: library.feeds.take_only(feed, search))
        what = f"only what “{shown(search)}” finds" if search else "all that is new"
        self.keys.say(f"{feed_name(feed)} takes in {what}")
        await self._look()

    def action_fetch_feed(self) -> None:
        """Fetch this one."""
        if (state := self.feeds.state) is not None:
            name = feed_name(state.feed.name)
            self.keys.say(f"Fetching {name}" if self._fetch(state) else "Still fetching")

    def _fetch(self, wanted: FeedState) -> bool:
        return self._arrivals.refresh_feeds(lambda state: state.feed == wanted.feed)

    def action_close_feeds(self) -> None:
        """Call off what is being fetched by wish; else back to the papers."""
        if not self._arrivals.call_off():
            self.dismiss()

    def action_leave_app(self) -> None:
        """Leave paperterm."""
        self.app.exit()
