"""A screen that comes up before the main one: a head, a list, and the keys that matter there."""

from __future__ import annotations

from paperterm.tui.screens.working import WorkingScreen
from paperterm.tui.widgets.key_line import KeyLine


class BesideScreen(WorkingScreen):
    """Subclasses compose a ``.head`` line, what they show and a `KeyLine`.

    A line with the class ``below`` is shown while the screen has the class ``-telling``.
    """

    DEFAULT_CSS = """
    BesideScreen {
        background: $background;
        & > .head { height: 1; background: $surface; padding: 0 1; }
        & > .below { height: auto; max-height: 3; padding: 0 1; display: none; }
        &.-telling > .below { display: block; }
    }
    """

    @property
    def keys(self) -> KeyLine:
        """The bottom line."""
        return self.query_one(KeyLine)

    def say_error(self, told: str) -> None:
        """On the bottom line."""
        self.keys.say(told, error=True)
