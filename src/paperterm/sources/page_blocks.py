"""The lines of a copied page -> its banner, and a block for each run of text.

A block is the text between one paper's last lines and the next's; as a rule it is one paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from paperterm.sources.decoding import Line
from paperterm.sources.page_lines import (
    Stamp,
    authors_in,
    date_in,
    is_banner,
    is_furniture,
    is_separator,
    number,
    plain,
)

_LONGEST_BANNER_LINE = 60
_BANNER_LINES = 300
"""The banner is looked for among so many lines; the site's menus may be above it."""

_LONGEST_BROKEN_DATE = 40


@dataclass(slots=True)
class Facts:
    """What the lines under an abstract say."""

    authors: int | None = None
    published: Stamp | None = None
    comments: int | None = None
    dated: bool = False
    """Whether the date line has been seen, be it a broken one."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text without an empty line in it."""

    line: int
    """The line it begins on."""
    text: str


@dataclass(slots=True)
class Block:
    """Paragraphs and the facts under them; only the last block of an input may lack those."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    facts: Facts | None = None
    facts_line: int = 0


def opening(lines: Sequence[Line]) -> tuple[Stamp | None, int]:
    """The page's day, when a banner with it stands at the top, and where papers begin."""
    start = 0
    for index, line in enumerate(lines[:_BANNER_LINES]):
        text = plain(line.text)
        if authors_in(text):
            break
        if is_banner(text):
            start = index + 1
    named = start > 0
    for index in range(start, len(lines)):
        text = plain(lines[index].text)
        if (dated := date_in(text)) and dated[1] is None:
            return dated[0], index + 1
        if not text or is_furniture(text):
            start = index + 1 if start == index else start
        elif not named or len(text) > _LONGEST_BANNER_LINE or authors_in(text):
            break
    return None, start


def blocks(lines: Iterable[Line]) -> Iterator[Block]:
    """The blocks of a page without its banner."""
    reader = _Reader()
    for line in lines:
        if block := reader.take(line):
            yield block
    yield reader.close()


class _Reader:
    """Puts lines together; what they are depends on what was before them."""

    def __init__(self) -> None:
        self._block = Block()
        self._lines: list[str] = []
        self._begun = 0
        self._in_run = False

    def take(self, line: Line) -> Block | None:
        """Add `line`; the block before it when this one begins another."""
        text = plain(line.text)
        if self._is_fact(text):
            return None
        done = self.close() if self._block.facts else None
        self._take_text(line, text)
        return done

    def close(self) -> Block:
        """The block so far; the next one is begun."""
        self._end_paragraph()
        done, self._block = self._block, Block()
        return done

    def _is_fact(self, text: str) -> bool:
        """Whether `text` belongs to the facts of the block; it is then noted."""
        facts = self._block.facts
        if facts is None:
            return False
        dated = date_in(text) if not facts.dated else None
        count = number(text) if facts.dated and facts.comments is None else None
        if dated:
            facts.published, facts.comments = dated
            facts.dated = True
        elif count is not None:
            facts.comments = count
        elif text and not is_separator(text):
            # A line right under the others and not a date is what is left of one.
            broken = self._in_run and not facts.dated and len(text) <= _LONGEST_BROKEN_DATE
            facts.dated = facts.dated or broken
            return broken and not authors_in(text)
        self._in_run = bool(text)
        return True

    def _take_text(self, line: Line, text: str) -> None:
        if not text:
            self._end_paragraph()
        elif found := authors_in(text):
            self._end_paragraph()
            self._open_facts(line, Facts(authors=found[0]))
            if found[1]:
                self._is_fact(found[1])
        elif (dated := date_in(text)) and self._may_be_dated():
            self._open_facts(line, Facts(None, *dated, dated=True))
        else:
            self._begun = self._begun if self._lines else line.number
            self._lines.append(line.text.strip())

    def _may_be_dated(self) -> bool:
        """Whether a date line that comes now has lost only the author line above it.

        What is left of that line is then taken out of the text.
        """
        if not self._lines:
            return True
        if not is_separator(self._lines[-1]):
            return False
        self._lines.pop()
        rest = " ".join(self._lines)
        if len(rest) <= _LONGEST_BROKEN_DATE and len(self._block.paragraphs) > 1:
            self._lines.clear()
        return True

    def _open_facts(self, line: Line, facts: Facts) -> None:
        self._end_paragraph()
        self._block.facts, self._block.facts_line = facts, line.number
        self._in_run = True

    def _end_paragraph(self) -> None:
        text = "\n".join(self._lines).strip()
        if text:
            self._block.paragraphs.append(Paragraph(self._begun, text))
        self._lines.clear()
