"""A digest as a page of HTML that asks nothing of anybody: no script, no picture, no frame."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from paperterm.exports.digests import saying
from paperterm.model.digest import Digest, Item

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = (
    "body{font-family:sans-serif;max-width:45em;margin:2em auto;padding:0 1em;line-height:1.45}"
    "li{margin:0 0 1em}p{margin:.2em 0}.facts{color:#666}.wrong{border-left:3px solid #c33;"
    "padding-left:1em}"
)


def lines(digest: Digest, *, ascii_only: bool = False) -> Iterator[str]:
    """The lines of it; with `ascii_only`, in ASCII."""
    for line in _lines(digest):
        yield line.encode("ascii", "xmlcharrefreplace").decode() if ascii_only else line


def _lines(digest: Digest) -> Iterator[str]:
    title = escape(saying.title(digest))
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield f"<title>{title}</title>"
    yield f"<style>{_STYLE}</style>"
    yield "</head>"
    yield "<body>"
    yield f"<h1>{title}</h1>"
    if digest.troubles:
        yield f'<div class="wrong"><p>{escape(saying.TROUBLED)}:</p>'
        yield "<ul>"
        yield from (f"<li>{escape(trouble)}</li>" for trouble in digest.troubles)
        yield "</ul></div>"
    for section in digest.sections:
        yield f"<h2>{escape(saying.heading(section))}</h2>"
        yield "<ul>"
        for item in section.items:
            yield from _item(item)
        yield "</ul>"
        if section.more:
            yield f"<p>{escape(saying.more(section))}</p>"
    yield "</body>"
    yield "</html>"


def _item(item: Item) -> Iterator[str]:
    title, link = escape(saying.paper_title(item.paper)), saying.link(item.paper)
    if link:
        title = f'<a href="{escape(link)}" rel="noreferrer">{title}</a>'
    yield f"<li><p>{title}</p>"
    if told := saying.facts(item):
        yield f'<p class="facts">{escape(told)}</p>'
    if told := saying.summary(item.paper):
        yield f"<p>{escape(told)}</p>"
    yield "</li>"
