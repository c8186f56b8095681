"""A noted paper as a Markdown file: what is known of it in YAML before the note itself.

Obsidian, Logseq and most others read it. Each value is one line of YAML whose strings are quoted
as JSON's are, so nothing in a title can end it; the note stands below as it is, but for what a
terminal would act on.
"""

from __future__ import annotations

import hashlib
import re

from paperterm.model.marks import Marks, clean_note
from paperterm.model.paper import Paper
from paperterm.model.text import harmless, shown

_FENCE = "---"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_NO_TAG_CHARACTER = re.compile(
    r"[\s\x00-,.:-@\[-^`{-\x7f\u2000-\u206f\u2e00-\u2e7f\u3000-\u3003\u3008-\u3020]+"
)
_PLAIN = re.compile(r"[^\W\d][\w/-]*")
_NOT_PLAIN = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
"""Words that some readers of YAML take for something else than text."""
_LONGEST_NAME = 80
_SAFE_ID = re.compile(r"arxiv:([a-z-]+/)?[0-9.]+", re.ASCII)


def file_name(key: str) -> str:
    """The name of the file of the paper with this key: another for each, and harmless.

    ``2312.00752.md``, ``hep-th_9901001.md``; what is not sure to be safe and its own is marked
    with a digest of the key.
    """
    if _SAFE_ID.fullmatch(key):
        return f"{key.removeprefix('arxiv:').replace('/', '_')}.md"
    plain = _UNSAFE.sub("_", key)[:_LONGEST_NAME].strip("._-")
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{plain or 'paper'}-{digest}.md"


def file_text(paper: Paper, marks: Marks) -> str:
    """The whole file."""
    return joined(head(paper, marks), harmless(marks.note))


def head(paper: Paper, marks: Marks) -> str:
    """What is known of the paper, between two fences; ends with a line end."""
    told = {
        "title": quoted(shown(paper.title)),
        "aliases": _listed([quoted(shown(paper.title))]),
        "authors": _listed([quoted(shown(name)) for name in paper.authors]),
        "arxiv": quoted(paper.arxiv_id) if paper.arxiv_id else "",
        "doi": quoted(paper.doi) if paper.doi else "",
        "url": quoted(paper.url),
        "date": paper.published.isoformat() if paper.published else "",
        "tags": _listed([_plain(tag) for tag in _tags(marks.tags)]),
        "bookmarked": "true" if marks.bookmarked else "false",
        "read": "true" if marks.read else "false",
        "paperterm": quoted(paper.key),
    }
    lines = [f"{name}: {value}\n" for name, value in told.items() if value]
    return "".join([f"{_FENCE}\n", *lines, f"{_FENCE}\n"])


def joined(before: str, note: str) -> str:
    """A head, which may be empty, and a note as a file."""
    return f"{before}\n{note}\n" if before else f"{note}\n"


def parted(text: str) -> tuple[str, str]:
    """The head of a file, which may be empty, and the note below it, clean."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.startswith(f"{_FENCE}\n"):
        end = text.find(f"\n{_FENCE}\n", len(_FENCE))
        if end >= 0:
            end += len(_FENCE) + 2
            return text[:end], clean_note(text[end:])
        if text.endswith(f"\n{_FENCE}"):
            return f"{text}\n", ""
    return "", clean_note(text)


def quoted(text: str) -> str:
    """`text` as a double-quoted scalar of YAML on one line.

    It is JSON's, too, but for characters beyond the first 65,536 that can't be printed.
    """
    return f'"{"".join(map(_escaped, text))}"'


def _plain(tag: str) -> str:
    """Without quotes where that is sure to be the same: Logseq splits lists at their commas."""
    is_plain = _PLAIN.fullmatch(tag) and tag.isprintable() and tag.lower() not in _NOT_PLAIN
    return tag if is_plain else quoted(tag)


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _listed(values: list[str]) -> str:
    return f"[{', '.join(values)}]"


def _tags(tags: tuple[str, ...]) -> list[str]:
    """As Obsidian takes them: letters, digits, ``_``, ``-``, and ``/`` above what is below."""
    fit: dict[str, None] = {}
    for tag in tags:
        parts = (_NO_TAG_CHARACTER.sub("-", part).strip("-") for part in shown(tag).split("/"))
        plain = "/".join(part for part in parts if part)
        if plain:
            # Not all digits: Obsidian takes a number for no tag.
            fit[f"_{plain}" if plain.replace("/", "").isdigit() else plain] = None
    return list(fit)
