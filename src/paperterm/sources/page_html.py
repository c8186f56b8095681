"""A saved Daily Papers page: its papers are JSON in an attribute of one element.

The element is looked for as text. The standard library's HTML parser takes quadratic time on
hostile pages, raises on some, and gives up an element that the end of a file has cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice

from paperterm.errors import SourceError
from paperterm.model.record import Context, Item
from paperterm.model.text import shown
from paperterm.sources import hf_json
from paperterm.sources.decoding import Lines, whole_text

_TARGET = re.compile(r"""data-target\s*=\s*["']?DailyPapers\b["']?""")
_VALUE = r"""(?:="[^"]{0,2000}"|='[^']{0,2000}')"""
_OTHERS = re.compile(rf"(?:\s+(?!data-props)[\w:.-]{{1,100}}{_VALUE}?){{0,20}}\s+")
_PROPS = re.compile(r"""data-props\s*=\s*(["'])""")
_START = re.compile(r"<(?:!doctype html|html|head|body|main|div)\b", re.IGNORECASE)
_MOST_TARGETS = 10
"""Of a hostile page that repeats the name of the element, so much is looked into."""


def sniff(head: str) -> bool:
    """Whether a text that begins with `head` may be a web page."""
    start = head.lstrip()[:200]
    return bool(_START.search(start) if start.startswith("<") else _TARGET.search(head))


def read(chunks: Iterator[bytes], context: Context) -> Iterator[Item]:
    """The papers of a saved page; `SourceError` when it is another page."""
    lines = Lines(chunks, hf_json.LARGEST)
    page = whole_text(lines, hf_json.LARGEST, context.name)
    start, end = _properties(page, context)
    line = page.count("\n", 0, start) + 1
    yield from hf_json.items(unescape(page[start:end]), line, context)
    yield from lines.remarks(context.name)


def _properties(page: str, context: Context) -> tuple[int, int]:
    """Where in `page` the value of the attribute is; to the end when nothing closes it."""
    for target in islice(_TARGET.finditer(page), _MOST_TARGETS):
        others = _OTHERS.match(page, target.end())
        opened = _PROPS.match(page, others.end()) if others else None
        if opened is None:
            opened = _before(page, target.start())
        if opened is not None:
            end = page.find(opened[1], opened.end())
            return opened.end(), len(page) if end < 0 else end
    raise SourceError(
        f"{shown(context.name)} is a web page without Daily Papers in it; save the page"
        " itself, or copy it as text."
    )


def _before(page: str, target: int) -> re.Match[str] | None:
    """The opening of the attribute when it stands before `target` in the same element."""
    start = page.rfind("data-props", 0, target)
    opened = _PROPS.match(page, start) if start >= 0 else None
    if opened is None:
        return None
    end = page.find(opened[1], opened.end(), target)
    between = page[end + 1 : target]
    return opened if end >= 0 and not set("<>") & set(between) else None
