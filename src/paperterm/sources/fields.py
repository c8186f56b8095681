"""Values from somebody's JSON -> values that a paper can have.

JSON from outside holds wrong types, NaN, numbers of a million digits and lone surrogates. Nothing
here raises on a value of the wrong type: what is not as it should be counts as absent.
"""

from __future__ import annotations

import datetime as dt
import json
import re

from paperterm.errors import SourceError
from paperterm.model.text import shown

MOST = 10**9
"""No count of authors, comments or votes reaches this."""

TAG = re.compile(r"</?[A-Za-z][^<>]{0,1000}>")
"""A tag of HTML or XML in a value that was to be plain text."""

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?", re.ASCII | re.DOTALL)


def _whole_number(digits: str) -> int:
    # Python refuses to convert more than some thousand digits; no number we want has twenty.
    return int(digits) if len(digits) < 20 else -1


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a JSON value")


STRICT = json.JSONDecoder(parse_int=_whole_number, parse_constant=_no_constant)
"""JSON to the letter. Raises ValueError, or RecursionError for what is nested too deep."""

LENIENT = json.JSONDecoder(parse_int=_whole_number, parse_constant=lambda _name: None, strict=False)
"""The same, but NaN and infinities are null, and control codes in strings are let be."""


MOST_PARTS = 100_000
"""Objects and lists in an answer."""
MOST_STRINGS = 400_000
"""Strings in an answer, names of properties among them."""
MOST_VALUES = 1_000_000
"""Values in an answer, and commas in its texts."""


def safe_json(body: bytes, name: str) -> object:
    """The value that the whole JSON document `body`, which messages call `name`, stands for.

    Read as `LENIENT` does; a byte order mark is let be. Raises `SourceError`.
    """
    # Eight megabytes of empty objects take a gigabyte; what services say of papers has thousands.
    parts, strings, values = body.count(b"{") + body.count(b"["), body.count(b'"'), body.count(b",")
    if parts > MOST_PARTS or strings > 2 * MOST_STRINGS or values > MOST_VALUES:
        raise SourceError(f"{shown(name)} has more parts than are read.")
    try:
        return LENIENT.decode(body.decode("utf-8-sig"))
    except RecursionError as error:
        raise SourceError(f"{shown(name)} is nested too deep.") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{shown(name)} is not UTF-8.") from error
    except ValueError as error:
        raise SourceError(f"{shown(name)} is not JSON, or not all of it.") from error


def text_of(value: object) -> str:
    """`value` as text that can be stored, without white space around it; else ``""``."""
    if not isinstance(value, str):
        return ""
    try:
        value.encode()
    except UnicodeEncodeError:
        # An escape in JSON may name half a character, which no file and no database takes.
        value = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return value.strip()


def line_of(value: object) -> str:
    """`value` as text on one line; else ``""``."""
    return " ".join(text_of(value).split())


def texts_of(value: object) -> tuple[str, ...]:
    """The strings in the list `value` that are not blank."""
    if not isinstance(value, list):
        return ()
    return tuple(text for text in map(text_of, value) if text)


def count_of(value: object) -> int | None:
    """`value` if it is a whole number from 0 to below `MOST`; True is not 1."""
    return value if type(value) is int and 0 <= value < MOST else None


def day_of(value: object) -> dt.date | None:
    """The day of an ISO date or date and time."""
    match = _DAY.fullmatch(value) if isinstance(value, str) else None
    try:
        return dt.date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def moment_of(value: object) -> str:
    """An ISO time with zone, as it is; else ``""``."""
    if not isinstance(value, str) or len(value) > 40:
        return ""
    try:
        found = dt.datetime.fromisoformat(value)
        found.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return ""
    return value if found.tzinfo else ""
