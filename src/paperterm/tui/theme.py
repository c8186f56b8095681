"""How paperterm looks: one dark theme, one light, and what their colours mean.

accent: a bookmark; primary: where the reader is; secondary: new, not yet read; warning: a hit.
"""

from __future__ import annotations

from textual.theme import Theme

from paperterm.model.tags import PALETTE


def _tag_variables(*colours: str) -> dict[str, str]:
    """How the colours of tags look, in their order: each can be read on every ground there is."""
    return {f"tag-{name}": colour for name, colour in zip(PALETTE, colours, strict=True)}


def tag_classes(of: str) -> set[str]:
    """The component classes of a widget that shows tags: ``of--tag-red`` and so on."""
    return {f"{of}--tag-{name}" for name in PALETTE}


def tag_css(of: str) -> str:
    """The style sheet of these classes, for inside of the widget's own."""
    return "\n".join(f"& > .{of}--tag-{name} {{ color: $tag-{name}; }}" for name in PALETTE)


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
        **_tag_variables("#f7768e", "#e4d595", "#7dd47d", "#75d1d1", "#6f98ea", "#dd86dd"),
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
        **_tag_variables("#b3261e", "#82542b", "#3c6e14", "#0b6a66", "#2a55bd", "#8b2f8f"),
    },
)
THEMES = (DARK, LIGHT)
