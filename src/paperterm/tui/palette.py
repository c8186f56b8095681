"""The command palette's source: the registry's actions that can be done, with the keys in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from textual.command import DiscoveryHit, Hit, Hits, Provider

from paperterm.tui.action import Action
from paperterm.tui.actions import ACTIONS, MOVES
from paperterm.tui.key_names import key_name
from paperterm.tui.screens.working import WorkingScreen


class ActionProvider(Provider):
    """Finds actions by what they do. Only our own words are shown, never a paper's."""

    async def discover(self) -> Hits:
        """Every action."""
        for action in self._actions():
            yield DiscoveryHit(action.help, self._runner(action), help=_keys(action))

    async def search(self, query: str) -> Hits:
        """Those that fit what was typed."""
        matcher = self.matcher(query)
        for action in self._actions():
            if (score := matcher.match(action.help)) > 0:
                prompt = matcher.highlight(action.help)
                yield Hit(score, prompt, self._runner(action), help=_keys(action))

    def _actions(self) -> Iterator[Action]:
        """What can be done below the palette; whoever types there may leave that for it."""
        screen = self.screen
        if isinstance(screen, WorkingScreen):
            here = screen.situation()
            left = replace(here, typing=False)
            for action in screen.in_force((*ACTIONS, *MOVES)):
                if action.can_be_done(here) or action.can_be_done(left):
                    yield action

    def _runner(self, action: Action) -> _Runner:
        return _Runner(self, action)


class _Runner:
    """Carries out an action on the screen below the palette."""

    def __init__(self, provider: ActionProvider, action: Action) -> None:
        self._provider = provider
        self._action = action

    async def __call__(self) -> None:
        if isinstance(screen := self._provider.screen, WorkingScreen):
            await screen.carry_out(self._action)


def _keys(action: Action) -> str:
    return " or ".join(key_name(key) for key in action.keys) or "no key"
