"""The bottom line: the keys that matter here, or what has just happened (in full)."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from paperterm.tui.action import Action
from paperterm.tui.key_names import key_name

_SECONDS = 5.0
"""How long a message stays."""


class KeyLine(Static):
    """Whole items only: what does not fit is left out, never cut."""

    DEFAULT_CSS = """
    KeyLine { height: 1; background: $surface; color: $muted; padding: 0 1; }
    KeyLine.-message { color: $foreground; height: auto; max-height: 3; }
    KeyLine.-error { color: $error; text-style: bold; height: auto; max-height: 3; }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._actions: Sequence[Action] = ()
        self._to = ""
        self._timer: Timer | None = None
        self._saying = False
        self._next: list[tuple[str, bool]] = []
        """What is said after that, and whether it is an error."""
        self._painted: tuple[list[Content], int] | None = None
        self._places: list[tuple[range, str]] = []
        """Which cells belong to which action."""

    def offer(self, actions: Sequence[Action], to: str = "") -> None:
        """These can be done now, `to` what; clean text."""
        self._actions, self._to = actions, to
        if not self._saying:
            self._paint()

    def say(self, text: str, *, error: bool = False, unasked: bool = False) -> None:
        """Show a sentence for some seconds; `text` is clean.

        What nobody asked for waits until what stands here has been read.
        """
        if unasked and self._saying:
            self._next.append((text, error))
            return
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._saying = True
        self._painted = None
        self._places = []
        self.set_class(not error, "-message")
        self.set_class(error, "-error")
        self.update(Content(text))
        self._timer = self.set_timer(_SECONDS * (2 if error else 1), self.hush)

    def hush(self) -> None:
        """Back to the keys."""
        self._saying = False
        if self._next:
            text, error = self._next.pop(0)
            self.say(text, error=error)
            return
        self.remove_class("-message", "-error")
        self._paint()
        self.refresh(layout=True)

    def on_resize(self) -> None:
        """Another width, other items."""
        if not self._saying:
            self._paint()

    def on_click(self, event: events.Click) -> None:
        """A key can be clicked."""
        offset = event.get_content_offset(self)
        for place, action in self._places if offset else ():
            if offset is not None and offset.x in place:
                self.run_worker(self.screen.run_action(action), group="keys")

    def _paint(self) -> None:
        to = Content.styled(f"{self._to}:", "bold $accent")
        room, used = max(0, self.size.width), to.cell_length if self._to else 0
        items: list[Content] = [to] if self._to else []
        self._places = []
        written = [(one, _item(one)) for one in self._actions if one.keys]
        # Who does not know the way out has no use for the others: its place is kept for it.
        outs = [item.cell_length + 2 for one, item in written if one.keys[0] == "escape"]
        kept = outs[0] if outs and outs[0] <= room else 0
        for action, item in written:
            gap = 2 if items else 0
            if action.keys[0] == "escape":
                kept = 0
            if used + gap + item.cell_length + kept > room:
                continue
            start, used = used + gap, used + gap + item.cell_length
            self._places.append((range(start, used), action.id))
            items.append(item)
        if self._painted != (items, room):
            self._painted = (items, room)
            self.update(Content("  ").join(items), layout=False)


def _item(action: Action) -> Content:
    return Content.assemble((key_name(action.keys[0]), "bold $primary"), f" {action.label}")
