"""Lines and areas that take keys in the order in which they are typed.

A terminal may hand over many keys at once: on a slow line, or while the app is busy. Textual takes
letters in the widget, but lets other keys go up to the app first, by which time the letters behind
them are taken; and the app takes its own keys before the letters in front of them.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from textual import events
from textual.widgets import Input, TextArea

if TYPE_CHECKING:
    from textual.widget import Widget as _Widget
else:
    _Widget = object
    """Textual takes styles and keys from the first base of a widget that is one itself."""

_PATIENCE = 1.0
"""Seconds; who is being taken down takes no key any more."""


class InOrder(_Widget):
    """Does what its own keys do as they come; whoever gives it keys waits for `settled`."""

    async def on_key(self, event: events.Key) -> None:
        """Before a letter behind it is taken."""
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if not binding.priority and await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()
                return

    async def settled(self) -> None:
        """Return when all keys that were given to it are taken."""
        done = asyncio.Event()
        if self.call_later(done.set):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(done.wait(), _PATIENCE)


class Line(InOrder, Input):
    """An input of one line."""


class Area(InOrder, TextArea):
    """A text of many lines."""
