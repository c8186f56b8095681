"""Commands that reach out of the conversation: the clipboard and the browser."""

from __future__ import annotations

from paperterm.cli.plain.talk import Answer, Talk
from paperterm.cli.plain.which import papers_meant
from paperterm.errors import UsageError


def link(talk: Talk, text: str) -> Answer:
    """Copy the link of a paper, and say it."""
    from paperterm.desktop import clipboard

    fallback = talk.session.paths.state / "copied.txt"
    # No escape sequence is sent to the terminal: this conversation is text and nothing else.
    return [clipboard.copy(_link(talk, text), write_terminal=None, fallback=fallback).told]


def open_(talk: Talk, text: str) -> Answer:
    """Open the page of a paper in the browser."""
    from paperterm.desktop import browser

    return [browser.open_url(_link(talk, text)).told]


def _link(talk: Talk, text: str) -> str:
    meant = papers_meant(talk, text)
    entry = talk.entry(meant[0]) if len(meant) == 1 else None
    if entry is None:
        raise UsageError("One paper of the library at a time has a link.")
    return talk.session.link_of(entry.paper)
