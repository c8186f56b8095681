"""BibTeX, in UTF-8: an entry a paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from paperterm.exports.citing import Keys, abstract, address, date_parts, is_meeting
from paperterm.model.marks import Marks
from paperterm.model.paper import Paper
from paperterm.model.text import shown

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}&%$#_"},
}
_LATEX = re.compile(
    r"""(\$(?:[^$\\{}]|\\[A-Za-z ,;:!|]|\{(?:[^$\\{}]|\\[A-Za-z ,;:!|]|\{[^${}\\]*\})*\})+\$
    |\\["'`^~=.]\{?[A-Za-z]\}?|\\[Hcdkrbuv]\{[A-Za-z]\})""",
    re.VERBOSE,
)
"""Mathematics, and accents: what is LaTeX in a text already."""
_RUNS = re.compile(r"(?<=-)-|(?<=')'|(?<=`)`")
_AND = re.compile(r"\band\b|,", re.IGNORECASE)


def lines(papers: Iterable[tuple[Paper, Marks]], *, ascii_only: bool = False) -> Iterator[str]:
    """The lines of a file; `ascii_only` is not for a format that is text in any case."""
    keys = Keys()
    for paper, _marks in papers:
        yield from _entry(paper, keys.key(paper))
        yield ""


def _entry(paper: Paper, key: str) -> Iterator[str]:
    venue = shown(paper.venue or "")
    meeting = is_meeting(venue)
    kind = "misc" if not venue else "inproceedings" if meeting else "article"
    yield f"@{kind}{{{key},"
    for name, value in _fields(paper, venue, "booktitle" if meeting else "journal"):
        if value:
            yield f"  {name} = {value},"
    yield "}"


def _fields(paper: Paper, venue: str, venue_field: str) -> Iterator[tuple[str, str]]:
    year, month, day, *_ = (*date_parts(paper), 0, 0, 0)
    yield "title", _braced(protected(shown(paper.title)))
    yield "author", _braced(_authors(paper))
    yield "year", _braced(str(year or ""))
    yield "month", _MONTHS[month - 1] if month else ""
    yield "day", _braced(str(day or ""))
    yield venue_field, _braced(escaped(venue))
    if paper.arxiv_id:
        yield "eprint", _braced(paper.arxiv_id)
        yield "archivePrefix", _braced("arXiv")
        yield "primaryClass", _braced(escaped(shown("".join(paper.categories[:1]))))
    yield "doi", _braced(paper.doi and escaped(paper.doi))
    yield "url", _braced(address(paper))
    yield "keywords", _braced(escaped(", ".join(map(shown, paper.keywords))))
    yield "abstract", _braced(escaped(abstract(paper)))


def _braced(value: str | None) -> str:
    return f"{{{value}}}" if value else ""


def _authors(paper: Paper) -> str:
    names = [_author(name) for name in map(shown, paper.authors) if name]
    more = names and paper.author_count is not None and paper.author_count > len(names)
    return " and ".join(names + (["others"] if more else []))


def _author(name: str) -> str:
    whole = _AND.search(name) or name.lower() == "others"
    return f"{{{escaped(name)}}}" if whole else escaped(name)


def escaped(text: str) -> str:
    """`text` as LaTeX; mathematics and accents that are LaTeX already stay as they are."""
    parts = _LATEX.split(text)
    return "".join(part if at % 2 else _plain(part) for at, part in enumerate(parts))


def protected(text: str) -> str:
    """The same, with braces around words whose capitals a bibliography style must keep."""
    parts = _LATEX.split(text)
    return "".join(
        part if at % 2 else " ".join(map(_protected_word, part.split(" ")))
        for at, part in enumerate(parts)
    )


def _protected_word(word: str) -> str:
    inner = any(character.isupper() for character in word[1:])
    return f"{{{_plain(word)}}}" if inner else _plain(word)


def _plain(text: str) -> str:
    # Two hyphens or quotes in a row mean another character there, which the text did not say.
    separate = _RUNS.sub(lambda match: f"\0{match[0]}", text)
    return "".join(_SPECIAL.get(c, c) for c in separate).replace("\0", "{}")
