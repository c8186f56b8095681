"""The command palette's source: the main screen's actions."""

from __future__ import annotations

from textual.command import DiscoveryHit, Hit, Hits, Provider

from paperterm.tui.actions import ACTIONS, Action, key_name


class ActionProvider(Provider):
    """Finds actions by what they do. Only our own words are shown, never a paper's."""

    async def discover(self) -> Hits:
        """Every action."""
        for action in ACTIONS:
            yield DiscoveryHit(action.help, self._runner(action), help=_keys(action))

    async def search(self, query: str) -> Hits:
        """Those that fit what was typed."""
        matcher = self.matcher(query)
        for action in ACTIONS:
            if (score := matcher.match(action.help)) > 0:
                prompt = matcher.highlight(action.help)
                yield Hit(score, prompt, self._runner(action), help=_keys(action))

    def _runner(self, action: Action) -> _Runner:
        return _Runner(self, action.id)


class _Runner:
    """Carries out an action on the screen below the palette."""

    def __init__(self, provider: ActionProvider, action: str) -> None:
        self._provider = provider
        self._action = action

    async def __call__(self) -> None:
        await self._provider.screen.run_action(self._action)


def _keys(action: Action) -> str:
    return " or ".join(key_name(key) for key in action.keys)
