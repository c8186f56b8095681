"""What a manual tells beside the commands: the environment that counts, and the files."""

from __future__ import annotations

from pathlib import Path

from paperterm.library.paths import Paths

ENVIRONMENT = {
    "XDG_DATA_HOME, XDG_CONFIG_HOME, XDG_CACHE_HOME, XDG_STATE_HOME": "Where the files below are, "
    "in place of ~/.local/share, ~/.config, ~/.cache and ~/.local/state.",
    "VISUAL, EDITOR": "The editor that notes are written in; the first that is set.",
    "BROWSER": "The browser that links are opened in, over SSH too.",
    "TERM": "A terminal called dumb is not drawn on; `paperterm browse --plain` works there.",
    "COLORFGBG": "Tells whether the terminal is light or dark, for a theme that suits it.",
    "NO_COLOR": "When set, neither the app nor what commands print has colours.",
    "LC_ALL, LC_CTYPE, LANG": "The locale; the app draws in ASCII where that has no Unicode.",
    "HF_ENDPOINT": "Where Hugging Face is, if no setting says so.",
    "DISPLAY, WAYLAND_DISPLAY, SSH_CONNECTION, SSH_CLIENT, SSH_TTY, WSL_DISTRO_NAME": "Tell "
    "whether there is a desktop, with a clipboard and a browser that are yours.",
    "PATH": "Where the desktop's tools for the clipboard are looked for.",
    "TMUX": "Tells that there is a buffer of tmux to copy to.",
}
"""Variables that paperterm asks for, and what for."""

_CUSTOMARY = Paths(
    data=Path("~/.local/share/paperterm"),
    config=Path("~/.config/paperterm"),
    cache=Path("~/.cache/paperterm"),
    state=Path("~/.local/state/paperterm"),
)

FILES = {
    _CUSTOMARY.settings: "The settings above, in TOML. None is needed.",
    _CUSTOMARY.searches: "Saved searches, to be edited and shared.",
    _CUSTOMARY.marks: "Your bookmarks, tags, notes and other marks, and the journal of all that "
    "was done.",
    _CUSTOMARY.marks.parent / "backups": "Copies of that file, of the last seven days with marks.",
    _CUSTOMARY.catalogue: "The papers; all of it can be fetched again.",
    _CUSTOMARY.cache: "The search index and answers of services; may be deleted.",
    _CUSTOMARY.state: "Drafts of notes, reports of crashes, and other small things.",
}
"""Files, as they are called by the custom of most systems, and what is in them."""

ELSEWHERE = "Other systems have other folders for these; `paperterm doctor` tells which."
