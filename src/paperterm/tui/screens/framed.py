"""A question in a frame at the bottom, over a screen that waits for the answer."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.screen import ModalScreen

Answer = TypeVar("Answer")

_FOOTED = 10
"""Lines from which on there is room for the one that tells the keys."""


class FramedScreen(ModalScreen[Answer], Generic[Answer]):
    """Subclasses compose one `Vertical`, which has the frame; a low screen has no room for it."""

    DEFAULT_CSS = """
    FramedScreen {
        align: center bottom;
        & > Vertical {
            width: 100%; max-width: 90; height: auto; max-height: 100%;
            border: round $primary; background: $surface; padding: 0 1; margin: 0 0 1 0;
            & > Input {
                border: none; height: 1; padding: 0; background: $surface;
                &:focus { border: none; background-tint: $surface 0%; }
            }
            & > Static { height: auto; color: $muted; }
        }
        &.-low > Vertical { border: none; margin: 0; }
        &.-footed > Vertical { border-bottom: round $primary; }
    }
    """

    def fit(self, framed: int) -> None:
        """Go without the frame under so many lines, and under few without the keys in it, too."""
        height = self.app.size.height
        self.set_class(height < framed, "-low")
        self.set_class(_FOOTED <= height < framed, "-footed")
