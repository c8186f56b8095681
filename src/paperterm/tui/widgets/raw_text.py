"""Text that is edited as it is, and shown so that no terminal acts on it."""

from __future__ import annotations

from rich.text import Text
from textual.geometry import Region
from textual.strip import Strip

from paperterm.model.text import shown
from paperterm.tui.widgets.in_order import Area


class RawText(Area):
    """What is typed stays raw; what a terminal would act on is shown harmlessly."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Textual may paint once more what is being taken away, and has no styles for it then."""
        if not self.is_running:
            return [Strip.blank(crop.width)] * crop.height
        return super().render_lines(crop)

    def get_line(self, line_index: int) -> Text:
        """As it may be shown, a character for each."""
        line = super().get_line(line_index)
        raw = self.document.get_line(line_index)
        if not raw.isprintable():
            line = Text("".join(map(_harmless, raw)), end="", no_wrap=True)
        return line


def _harmless(character: str) -> str:
    if character.isprintable() or character == "\t":
        return character
    return shown(character) or " "
