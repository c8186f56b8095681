"""A digest as plain text, for a mail or a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from paperterm.exports.digests import saying
from paperterm.model.digest import Digest, Item

_WIDTH = 76


def lines(digest: Digest, *, ascii_only: bool = False) -> Iterator[str]:
    """The lines of it; `ascii_only` is for forms that have escapes."""
    yield from _wrapped(saying.title(digest), "", "")
    if digest.troubles:
        yield ""
        yield f"{saying.TROUBLED}:"
        for trouble in digest.troubles:
            yield from _wrapped(trouble, "- ", "  ")
    for section in digest.sections:
        yield ""
        yield ""
        yield from _wrapped(saying.heading(section), "", "")
        yield "-" * min(_WIDTH, len(saying.heading(section)))
        for item in section.items:
            yield ""
            yield from _item(item)
        if section.more:
            yield ""
            yield saying.more(section)


def _item(item: Item) -> Iterator[str]:
    yield from _wrapped(saying.paper_title(item.paper), "* ", "  ")
    yield from _wrapped(saying.facts(item), "  ", "  ")
    yield from _wrapped(saying.summary(item.paper), "  ", "  ")
    if link := saying.link(item.paper):
        yield f"  {link}"  # never broken: it is to be followed


def _wrapped(text: str, first: str, others: str) -> Iterator[str]:
    yield from textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )
