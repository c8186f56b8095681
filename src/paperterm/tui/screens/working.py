"""A screen that works in the background, says what went wrong, and offers what can be done."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widget import MountError
from textual.worker import WorkType

from paperterm.errors import LibraryDamaged, PapertermError
from paperterm.model.text import shown
from paperterm.tui.action import Action, Situation
from paperterm.tui.actions import BY_ID, offered
from paperterm.tui.session import Session


class WorkingScreen(Screen[None]):
    """See the methods to be filled in."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    # What subclasses say

    def situation(self) -> Situation:
        """What can be done now depends on it."""
        raise AssertionError("a screen says what its situation is")

    def say_error(self, told: str) -> None:
        """What went wrong, in a clean sentence."""
        raise AssertionError("a screen says what went wrong")

    def say_damage(self, error: LibraryDamaged) -> None:
        """A file of the library's turned out to be damaged."""
        self.say_error(shown(str(error)))

    # Actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The registry says when an action can be done."""
        known = BY_ID.get(action)
        return known.can_be_done(self.situation()) if known and self.is_mounted else True

    def in_force(self, actions: Iterable[Action]) -> list[Action]:
        """The same actions with the keys they have."""
        return self._session.keys.in_force(actions)

    def offered(self, among: Iterable[Action]) -> list[Action]:
        """What the footer shows now, with the keys in force."""
        return self.in_force(offered(self.situation(), among))

    async def carry_out(self, action: Action) -> None:
        """Do what an action of the registry says, wherever the reader is on this screen."""
        done = getattr(self, f"action_{action.id}")()
        if inspect.isawaitable(done):
            await done

    # Work

    def start(
        self, work: Callable[[], Awaitable[None]], group: str, *, newest_only: bool = False
    ) -> None:
        """Go on with `work` while the interface stays free; what goes wrong is said.

        It is called when its turn comes, which it never does if the screen goes before.
        """
        guarded: WorkType[None] = partial(self._guarded, work)
        self.run_worker(guarded, group=group, exclusive=newest_only)

    async def _guarded(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except LibraryDamaged as error:
            self.say_damage(error)
        except PapertermError as error:
            self.say_error(shown(str(error)))
        except (NoMatches, MountError):
            if self.is_running and self.is_attached:  # else the screen was taken down meanwhile
                raise
