"""A block of a copied page -> its papers.

As a rule a block is a title, an abstract of one or more paragraphs, and the facts. A paper may
lack its facts, and is then followed by the next title at once; blocks may be damaged; and the
input may end anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paperterm.model.record import Refusal
from paperterm.model.text import shown
from paperterm.sources.page_blocks import Block, Facts, Paragraph
from paperterm.sources.page_lines import is_cut_off_author_line, is_furniture, plain

_LONGEST_TITLE = 300
_LONGEST_INNER_TITLE = 250
"""Characters; stricter where a paragraph could as well be more of an abstract."""
_LONG = 300
"""Characters of a paragraph that is no title, whatever it looks like."""
_SHORTEST_ABSTRACT = 200
"""Characters that an abstract has at least when the line above its title is given up for it."""

_LEAST_WRAPPED = 50
"""Characters of a title's line that goes on in the next one."""

_END = re.compile(r"""[.!?…。！？]["'”’»)\]}$*]{0,4}$""")
_FULL_STOP = re.compile(r"""[.…。]["'”’»)\]}$*]{0,4}$""")
_NOT_A_TITLE = re.compile(
    r"https?://|www\.|[.…。:;,]$"  # an address; the end of a sentence, or of a part of one
    r"|(?<!\bvs)(?<!\bDr)\.\s+[A-Z]"  # two sentences
    r"|^(?:[-*•–]|\d+[.)]|\(\w{1,3}\))\s"  # an item of a list
    r"|\b(?:is|are|will be)\s(?:\w+ly\s)?(?:available|released)\b"
    r"|^(?:keywords|code|data|demo|github|project page|website)\b.{0,20}:"
    r"|^(?:abstract|background|introduction|motivation|aims?|objectives?|purpose|(?:materials and "
    r")?methods?|methodology|approach|results?|findings|discussion|conclusions?|limitations"
    r"|significance|summary|availability|contributions?|tl;?dr)$",
    re.IGNORECASE,
)
_STRAY = "this is not the title of a paper"
_UNTITLED = "this paper has no title"
_CUT_OFF = "the input ends in the middle of this paper"


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper of the page, its dates still as printed."""

    line: int
    """The line of its title."""
    title: str
    abstract: str
    facts: Facts
    reason: str = ""
    """Why it is to be refused, or empty."""


def papers(block: Block) -> Iterator[Draft | Refusal]:
    """The papers in `block`, and the paragraphs that belong to none."""
    paragraphs, cut = block.paragraphs, block.facts is None
    if cut:
        paragraphs, cut = _without_foot(paragraphs)
    lines = _lines_apart(paragraphs)
    strays = _strays(lines, apart=len(lines) > len(paragraphs))
    paragraphs = lines
    first = strays[0] if strays else Paragraph(block.facts_line, "")
    paragraphs = paragraphs[len(strays) :]
    if not paragraphs and block.facts:
        yield Draft(first.line, _short(first), "", block.facts, _UNTITLED)
        return
    if strays:
        yield Refusal(first.line, _STRAY, _short(first))
    if not paragraphs:
        return
    starts = _starts(paragraphs, cut)
    for start, end in zip(starts, [*starts[1:], len(paragraphs)], strict=True):
        last = end == len(paragraphs)
        facts = block.facts if last else None
        yield _draft(paragraphs[start:end], facts or Facts(), cut and last)


def _draft(paragraphs: Sequence[Paragraph], facts: Facts, cut: bool) -> Draft:
    title, *abstract = paragraphs
    ended = bool(abstract) and bool(_END.search(abstract[-1].text))
    return Draft(
        title.line,
        " ".join(title.text.split("\n")),
        "\n\n".join(paragraph.text for paragraph in abstract),
        facts,
        _CUT_OFF if cut and not ended else "",
    )


def _without_foot(paragraphs: list[Paragraph]) -> tuple[list[Paragraph], bool]:
    """The paragraphs without the foot of the page, and whether the input may be cut off."""
    kept = len(paragraphs)
    while kept and all(map(is_furniture, map(plain, paragraphs[kept - 1].text.split("\n")))):
        kept -= 1
    if kept > 2 and is_cut_off_author_line(plain(paragraphs[kept - 1].text)):
        return paragraphs[: kept - 1], False
    return paragraphs[:kept], kept == len(paragraphs)


def _lines_apart(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs; of the first, lines that are not of one title stand alone.

    An empty line that was lost joins a title to its abstract, or to what is above it.
    """
    if not paragraphs or "\n" not in paragraphs[0].text:
        return paragraphs
    first, *rest = paragraphs
    *above, last = first.text.split("\n")
    wrapped = all(len(line) >= _LEAST_WRAPPED for line in above)
    if wrapped and len(first.text) <= _LONGEST_TITLE:
        return paragraphs
    return [
        *(Paragraph(first.line + number, line) for number, line in enumerate(above)),
        Paragraph(first.line + len(above), last),
        *rest,
    ]


def _strays(paragraphs: Sequence[Paragraph], apart: bool) -> Sequence[Paragraph]:
    """The paragraphs at the top that can't be the title of what follows.

    `apart` says that the first was right above the second.
    """
    if not paragraphs:
        return ()
    if not _may_be_title(paragraphs[0]):
        for index in range(1, len(paragraphs) - 1):
            if _is_title(paragraphs[index]) and _is_prose(paragraphs[index + 1]):
                return paragraphs[:index]
        return paragraphs
    # Two titles in a row: the first has lost its paper, or never had one.
    if len(paragraphs) > 2 and _is_title(paragraphs[1]):
        first, second, third = (paragraph.text for paragraph in paragraphs[:3])
        # A short question may be where the abstract begins.
        abstract = first.endswith(("?", "!", ":")) or second.endswith(("?", "!"))
        if (
            (apart or not abstract)
            and len(third) >= _SHORTEST_ABSTRACT
            and _is_prose(paragraphs[2])
        ):
            return paragraphs[:1]
    return ()


def _starts(paragraphs: Sequence[Paragraph], cut: bool) -> list[int]:
    """Where papers begin: at the top, and at titles that have an abstract on either side."""
    starts = [0]
    for index in range(2, len(paragraphs)):
        introduced = paragraphs[index - 1].text.endswith((":", ";", ","))
        if (
            index >= starts[-1] + 2
            and not introduced
            and _begins(paragraphs[index : index + 3], cut)
        ):
            starts.append(index)
    return starts


def _begins(rest: Sequence[Paragraph], cut: bool) -> bool:
    """Whether a paper begins with `rest`, of which the end of the input may have cut some off."""
    title = rest[0]
    if len(rest) == 1:
        torn = Paragraph(title.line, title.text.rstrip(":;, "))
        return cut and not _END.search(title.text) and _is_title(torn)
    torn_abstract = cut and len(rest) == 2 and not _END.search(rest[1].text)
    return _is_title(title) and (torn_abstract or _is_prose(rest[1]))


def _may_be_title(paragraph: Paragraph) -> bool:
    """Whether `paragraph` can be the title of a block."""
    text = paragraph.text
    if len(text) > _LONGEST_TITLE or not any(map(str.isalnum, shown(text))):
        return False
    return not (text[0].islower() and _FULL_STOP.search(text))


def _is_title(paragraph: Paragraph) -> bool:
    """Whether `paragraph` looks like a title even in the middle of a block."""
    text = paragraph.text
    one_line = len(text) <= _LONGEST_INNER_TITLE and "\n" not in text
    return one_line and not _NOT_A_TITLE.search(text) and _may_be_title(paragraph)


def _is_prose(paragraph: Paragraph) -> bool:
    return len(paragraph.text) > _LONG or bool(_FULL_STOP.search(paragraph.text))


def _short(paragraph: Paragraph) -> str:
    text = shown(paragraph.text[: 2 * _LONGEST_TITLE])
    return text if len(text) <= 100 else f"{text[:99]}…"
