"""How paperterm looks: one dark theme, one light, and what their colours mean.

accent: a bookmark; primary: where the reader is; secondary: new, not yet read; warning: a hit.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="paperterm-dark",
    dark=True,
    primary="#7aa2f7",
    secondary="#7dcfff",
    accent="#e0af68",
    warning="#e5c07b",
    error="#f7768e",
    success="#9ece6a",
    foreground="#c8d0e0",
    background="#11131a",
    surface="#161922",
    panel="#232838",
    variables={
        "muted": "#7f89a3",
        "line": "#2b3145",
        "hit-text": "#12141b",
        "hit": "#e5c07b",
        "tag": "#9ece6a",
    },
)
LIGHT = Theme(
    name="paperterm-light",
    dark=False,
    primary="#2f5fd0",
    secondary="#0b7a9e",
    accent="#a8640b",
    warning="#8a5a00",
    error="#b3261e",
    success="#3c6e14",
    foreground="#23283a",
    background="#f7f7f4",
    surface="#ffffff",
    panel="#dfe4f0",
    variables={
        "muted": "#666e85",
        "line": "#c3cad9",
        "hit-text": "#23283a",
        "hit": "#ffd866",
        "tag": "#3c6e14",
    },
)
THEMES = (DARK, LIGHT)
