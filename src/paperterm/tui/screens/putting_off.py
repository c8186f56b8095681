"""Asking until when a paper is put off."""

from __future__ import annotations

import datetime as dt

from paperterm.library.when import today
from paperterm.model.ahead import read_day_ahead
from paperterm.tui.screens.prompt import PromptScreen

_NOW = ("now", "today")


def until_prompt() -> PromptScreen:
    """The question; `read_until` reads its answer."""
    return PromptScreen(
        "Put off until",
        "tomorrow · mon · 3d · 2w · 6 nov · 2026-11-06 · now brings it back",
        "Enter puts it off · Esc leaves",
        _check,
    )


def _check(text: str) -> None:
    read_until(text)


def read_until(text: str) -> dt.date:
    """The day that was meant; today lets a paper be put off no longer. Raises `UsageError`."""
    return today() if text.strip().lower() in _NOW else read_day_ahead(text, today())
