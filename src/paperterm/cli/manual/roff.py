"""Text as man pages are written, in the macros that every ``man`` knows; ASCII alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_ESCAPES = {
    "\\": r"\e",
    "-": r"\-",
    "'": r"\(aq",
    "`": r"\(ga",
    '"': r"\(dq",
    "^": r"\(ha",
    "~": r"\(ti",
}
_CODE = re.compile(r"`([^`]+)`")
_OPTION = re.compile(r"(?<![\w-])--?[A-Za-z][\w-]*")


def escaped(text: str) -> str:
    """`text` to be read as it is, wherever it stands in a line."""
    written = "".join(_ESCAPES.get(one) or _character(one) for one in text)
    return rf"\&{written}" if written.startswith(".") else written


def bold(text: str) -> str:
    """`text` to be read as it is, in bold."""
    return rf"\fB{escaped(text)}\fR"


def prose(text: str) -> str:
    """A paragraph on one line; what stands in backquotes is in bold."""
    parts = _CODE.split(" ".join(text.split()))
    return "".join(bold(part) if at % 2 else escaped(part) for at, part in enumerate(parts) if part)


def synopsis(text: str) -> str:
    """``--limit N``, with the options in it in bold."""
    parts: list[str] = []
    end = 0
    for match in _OPTION.finditer(text):
        parts += [escaped(text[end : match.start()]), bold(match[0])]
        end = match.end()
    return "".join([*parts, escaped(text[end:])])


def head(name: str, version: str) -> str:
    """How a page begins. It bears no date: the same commands make the same page."""
    title = f'.TH {escaped(name.upper())} 1 "" "paperterm {escaped(version)}" "User Commands"'
    return f"{title}\n.nh\n.ad l"  # what is to be typed must not be broken by a hyphen


def section(name: str) -> str:
    """A heading."""
    return f'.SH "{escaped(name)}"'


def subsection(name: str) -> str:
    """A heading below one."""
    return f'.SS "{escaped(name)}"'


def terms(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Terms, written already, each with its paragraph."""
    for term, text in pairs:
        yield from (".TP", term, prose(text))


def paragraphs(text: str) -> Iterator[str]:
    """A help text as click takes it: paragraphs, and after ``\\b`` lines that stay as they are."""
    for paragraph in text.partition("\f")[0].strip("\n").split("\n\n"):
        first, *lines = paragraph.split("\n")
        if first.strip() == "\b":
            yield from (".PP", ".nf", *map(escaped, lines), ".fi")
        elif paragraph.strip():
            yield from (".PP", prose(paragraph))


def _character(one: str) -> str:
    return one if one.isascii() else rf"\[u{ord(one):04X}]"
