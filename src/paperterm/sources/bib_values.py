"""The values of BibTeX fields: strings put together of parts, names of people, months, dates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from paperterm.sources.latex import plain
from paperterm.sources.told_dates import month_number, numeric_day, span_end

_LONGEST_STRING = 10_000
_LONGEST_VALUE = 1_000_000
"""Characters of what a name of a string stands for, and of what is made of such: strings that are
made of strings double, and double again."""
_WORD = re.compile(r"[^\s\"{}#]+", re.ASCII)
_FIELD = re.compile(r"([A-Za-z][\w-]*)\s*=\s*(?=[\"{\w])")
_DELIMITER = re.compile(r'(?<!\\)["{}]')
_YEAR = re.compile(r"(?<!\d)(1[0-9]\d\d|20\d\d|2100)(?!\d)", re.ASCII)
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)", re.ASCII)
_LETTERS = re.compile(r"[A-Za-z]{3,}")
_OTHERS = frozenset({"others", "et al", "et al."})


def values_of(name: str, written: str, strings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What the field `name` means, and those behind it that a comma is missing before.

    A value is parts in braces or quotes, numbers and names of strings, joined by ``#``. A name
    that no ``@string`` has defined stands for itself, as ``jun`` does.
    """
    value = ""
    joined = True
    at = 0
    while at < len(written):
        if written[at].isspace() or written[at] == "#":
            joined = joined or written[at] == "#"
            at += 1
            continue
        next_field = _FIELD.match(written, at) if at and not joined else None
        if next_field:
            yield name, value
            name, value, joined, at = next_field[1], "", True, next_field.end()
            continue
        part, at = _part(written, at, strings)
        if len(value) < _LONGEST_VALUE:
            value += part if joined else f" {part}"
        joined = False
    yield name, value


def value_of(written: str, strings: Mapping[str, str]) -> str:
    """What one value means, as in `values_of`."""
    return next(values_of("", written, strings))[1]


def _part(written: str, at: int, strings: Mapping[str, str]) -> tuple[str, int]:
    """The part that begins at `at`, and where it has ended."""
    if written[at] in '{"':
        end = _closing(written, at)
        return written[at + 1 : end], end + 1
    if word := _WORD.match(written, at):
        return strings.get(word[0].lower(), word[0])[:_LONGEST_STRING], word.end()
    return written[at], at + 1


def _closing(written: str, start: int) -> int:
    """Where the part that opens at `start` closes; the end when it does not."""
    quoted = written[start] == '"'
    depth = 0
    for match in _DELIMITER.finditer(written, start):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if not depth and not quoted:
                return match.start()
        elif quoted and depth <= 0 and match.start() > start:
            return match.start()
    return len(written)


def people(written: str) -> tuple[tuple[str, ...], bool]:
    """The names in an author field, first names first, and whether there are others."""
    from bibtexparser.middlewares.names import split_multiple_persons_names

    names = [_person(name) for name in split_multiple_persons_names(written)]
    named = tuple(name for name in names if name and name.lower() not in _OTHERS)
    return named, len(named) < len([name for name in names if name])


def _person(written: str) -> str:
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    if "," in written:
        parts = parse_single_name_into_parts(written, strict=False)
        written = parts.merge_first_name_first
    return " ".join(plain(written).split())


def day(fields: Mapping[str, str]) -> dt.date | None:
    """When an entry says that it was published, as `told_dates` has dates that are not whole."""
    if whole := numeric_day(fields.get("date", "")):
        return whole
    year = _YEAR.search(fields.get("year", ""))
    if year is None:
        return None
    # A month may have its day with it, as in ``23~jun``.
    told = fields.get("month", "")
    words = _LETTERS.findall(told)
    month = next(filter(None, map(month_number, words or [told])), None)
    number = _DAY.search(fields.get("day", "") or (told if words else ""))
    return span_end(int(year[1]), month, int(number[0]) if number else None)
