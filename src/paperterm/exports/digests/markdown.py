"""A digest as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paperterm.exports.digests import saying
from paperterm.model.digest import Digest, Item

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$&])")
_AT_FIRST = re.compile(r"^(\d*)([#+=.)-])")
"""What makes a heading or a list of a line that begins with it."""


def lines(digest: Digest, *, ascii_only: bool = False) -> Iterator[str]:
    """The lines of it; `ascii_only` is for forms that have escapes."""
    yield f"# {escaped(saying.title(digest))}"
    if digest.troubles:
        yield ""
        yield f"**{saying.TROUBLED}:**"
        yield ""
        yield from (f"- {escaped(trouble)}" for trouble in digest.troubles)
    for section in digest.sections:
        yield ""
        yield f"## {escaped(saying.heading(section))}"
        yield ""
        for item in section.items:
            yield from _item(item)
        if section.more:
            yield f"- {saying.more(section)}"


def _item(item: Item) -> Iterator[str]:
    title, link = escaped(saying.paper_title(item.paper)), saying.link(item.paper)
    yield f"- [{title}](<{link}>)" if link else f"- {title}"
    for text in (saying.facts(item), saying.summary(item.paper)):
        if text:
            yield ""
            yield f"  {escaped(text)}"
    yield ""


def escaped(text: str) -> str:
    """`text` so that none of it is taken for Markdown or HTML."""
    return _AT_FIRST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))
