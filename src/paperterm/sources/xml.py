"""XML from outside: whole, without a document type, and so without entities of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperterm.errors import SourceError
from paperterm.model.text import shown

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST = 8 * 1024 * 1024
"""Bytes of a document."""


def safe_xml(body: bytes, name: str) -> Element:
    """The root of the XML document `body`, which messages call `name`.

    Raises `SourceError` when it is not well formed, larger than `LARGEST`, in an unknown encoding,
    or has a document type.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if len(body) > LARGEST:
        raise SourceError(f"{shown(name)} is larger than {LARGEST // 1024**2} MB.")
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except DefusedXmlException as error:
        raise SourceError(f"{shown(name)} has a document type, which is not read.") from error
    except ParseError as error:
        line, column = error.position
        raise SourceError(
            f"{shown(name)} is not XML from line {line}, column {column + 1} on."
        ) from error
    except (ValueError, LookupError) as error:
        raise SourceError(f"{shown(name)} is in an encoding that is not known.") from error
    return root
