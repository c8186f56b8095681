"""How paperterm looks: its themes, and what their colours mean.

accent: a bookmark; primary: where the reader is; secondary: new, not yet read; warning: a hit.
Each of them, and the colours of tags, can be read on every ground there is (background, surface,
panel): a contrast of 4.5 to 1 at least, 7 to 1 in ``high-contrast``. Nothing is said by colour
alone.
"""

from __future__ import annotations

from dataclasses import replace

from textual.theme import Theme

from paperterm.library.settings import ThemeName
from paperterm.model.tags import PALETTE


def tag_classes(of: str) -> set[str]:
    """The component classes of a widget that shows tags: ``of--tag-red`` and so on."""
    return {f"{of}--tag-{name}" for name in PALETTE}


def tag_css(of: str) -> str:
    """The style sheet of these classes, for inside of the widget's own."""
    return "\n".join(f"& > .{of}--tag-{name} {{ color: $tag-{name}; }}" for name in PALETTE)


def _theme(
    name: ThemeName,
    *,
    grounds: tuple[str, str, str],
    text: tuple[str, str],
    line: str,
    hit: tuple[str, str],
    tags: tuple[str, ...],
    dark: bool = True,
    **meanings: str,
) -> Theme:
    """`grounds` are background, surface and panel; `text` is plain and muted text.

    `hit` is the text of a hit and its ground; `tags` are in the order of `PALETTE`.
    """
    background, surface, panel = grounds
    return Theme(
        name=f"paperterm-{name.value}",
        dark=dark,
        foreground=text[0],
        background=background,
        surface=surface,
        panel=panel,
        variables={
            "muted": text[1],
            "line": line,
            "hit-text": hit[0],
            "hit": hit[1],
            "tag": meanings["success"],
            "block-cursor-background": meanings["primary"],
            "block-cursor-foreground": background,
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": meanings["primary"],
            "block-cursor-blurred-foreground": background,
            "block-cursor-blurred-text-style": "bold",
            "input-cursor-background": text[0],
            "input-cursor-foreground": background,
            "input-selection-background": hit[1],
            "input-selection-foreground": hit[0],
            "screen-selection-background": hit[1],
            "screen-selection-foreground": hit[0],
            **{f"tag-{name}": colour for name, colour in zip(PALETTE, tags, strict=True)},
        },
        **meanings,  # type: ignore[arg-type]
    )


DARK = _theme(
    ThemeName.DARK,
    grounds=("#11131a", "#161922", "#232838"),
    text=("#c8d0e0", "#8791a9"),
    line="#2b3145",
    hit=("#12141b", "#e5c07b"),
    tags=("#f7768e", "#e4d595", "#7dd47d", "#75d1d1", "#6f98ea", "#dd86dd"),
    primary="#7aa2f7",
    secondary="#7dcfff",
    accent="#e0af68",
    warning="#e5c07b",
    error="#f7768e",
    success="#9ece6a",
)
LIGHT = _theme(
    ThemeName.LIGHT,
    dark=False,
    grounds=("#f7f7f4", "#ffffff", "#dfe4f0"),
    text=("#23283a", "#5c6479"),
    line="#c3cad9",
    hit=("#23283a", "#ffd866"),
    tags=("#b3261e", "#82542b", "#3c6e14", "#0b6a66", "#2a55bd", "#8b2f8f"),
    primary="#2e5dcb",
    secondary="#096c8c",
    accent="#905609",
    warning="#8a5a00",
    error="#b3261e",
    success="#3c6e14",
)
HIGH_CONTRAST = _theme(
    ThemeName.HIGH_CONTRAST,
    grounds=("#000000", "#0a0a0a", "#262626"),
    text=("#ffffff", "#d0d0d0"),
    line="#8a8a8a",
    hit=("#000000", "#ffe27a"),
    tags=("#ff9d9d", "#ffe27a", "#8cff8c", "#66f0e0", "#8fb8ff", "#ff9cff"),
    primary="#80c8ff",
    secondary="#5ff0ff",
    accent="#ffd54a",
    warning="#ffe27a",
    error="#ff9d9d",
    success="#8cff8c",
)
SOLARIZED_DARK = _theme(
    ThemeName.SOLARIZED_DARK,
    grounds=("#002b36", "#04313d", "#073642"),
    text=("#a3b1b1", "#8e9d9f"),
    line="#2b5662",
    hit=("#002b36", "#bd951c"),
    tags=("#e87977", "#bd951c", "#91a319", "#3faaa2", "#4fa1da", "#e178ab"),
    primary="#4fa1da",
    secondary="#3faaa2",
    accent="#bd951c",
    warning="#db8460",
    error="#e87977",
    success="#91a319",
)
SOLARIZED_LIGHT = _theme(
    ThemeName.SOLARIZED_LIGHT,
    dark=False,
    grounds=("#fdf6e3", "#f6efdc", "#eee8d5"),
    text=("#435a62", "#566970"),
    line="#cfc8b2",
    hit=("#073642", "#e8c14a"),
    tags=("#c32c29", "#826200", "#5f6e00", "#1d726b", "#1d6ba1", "#b92f72"),
    primary="#1d6ba1",
    secondary="#1d726b",
    accent="#826200",
    warning="#b24213",
    error="#c32c29",
    success="#5f6e00",
)
TERMINAL = _theme(
    ThemeName.TERMINAL,
    grounds=("#000000", "#000000", "#505050"),
    text=("#ffffff", "#d0d0d0"),
    line="#8a8a8a",
    hit=("#000000", "#ff00ff"),
    tags=("#ff9d9d", "#ffe27a", "#8cff8c", "#66f0e0", "#8fb8ff", "#ff9cff"),
    primary="#80c8ff",
    secondary="#5ff0ff",
    accent="#ffd54a",
    warning="#ffb000",
    error="#ff6060",
    success="#60ff60",
)
"""Never painted as it stands: `tui.sixteen` puts the terminal's own colours in place of these."""


def _in_256(
    theme: Theme, grounds: tuple[str, str, str], warning: str, error: str, **variables: str
) -> Theme:
    background, surface, panel = grounds
    return replace(
        theme,
        background=background,
        surface=surface,
        panel=panel,
        warning=warning,
        error=error,
        variables=theme.variables | {name.replace("_", "-"): c for name, c in variables.items()},
    )


IN_256 = {
    theme.name: theme
    for theme in (
        _in_256(
            DARK,
            ("#121212", "#1c1c1c", "#262626"),
            "#e5c07b",
            "#f7768e",
            muted="#949494",
            line="#3a3a3a",
            tag_blue="#87afff",
        ),
        _in_256(LIGHT, ("#ffffff", "#ffffff", "#eeeeee"), "#8a5a00", "#b3261e"),
        _in_256(
            HIGH_CONTRAST,
            ("#000000", "#080808", "#262626"),
            "#ffe27a",
            "#ff9d9d",
            tag_blue="#afd7ff",
        ),
        _in_256(
            SOLARIZED_DARK,
            ("#1c1c1c", "#1c1c1c", "#262626"),
            "#db8460",
            "#e87977",
            line="#444444",
        ),
        _in_256(
            SOLARIZED_LIGHT,
            ("#ffffd7", "#ffffff", "#eeeeee"),
            "#870000",
            "#af0000",
            hit="#ffd75f",
            tag_red="#af0000",
        ),
    )
}
"""By its name: a theme where there are 256 colours, of which the nearest are not near enough."""
