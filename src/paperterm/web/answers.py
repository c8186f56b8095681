"""What one can ask for, and what comes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_VALIDATOR = re.compile(r"[ -~]{1,512}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: how it is asked for, and what may then come."""

    name: str
    """For messages: "JSON"."""
    accept: str
    """The Accept header."""
    types: frozenset[str]
    """Media types that are such documents."""
    family: str = ""
    """The end of further ones: ``+xml``."""

    def fits(self, content_type: str) -> bool:
        """Whether an answer of this Content-Type may be of this kind; one without may."""
        media = content_type.partition(";")[0].strip().lower()
        if not media or media in self.types:
            return True
        return (
            bool(self.family) and media.endswith(self.family) and media != "application/xhtml+xml"
        )


JSON = Kind("JSON", "application/json", frozenset({"application/json", "text/json"}), "+json")
XML = Kind(
    "XML",
    "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8",
    frozenset({"application/xml", "text/xml"}),
    "+xml",
)
HTML = Kind("a page", "text/html", frozenset({"text/html", "application/xhtml+xml"}))
MARKDOWN = Kind(
    "Markdown",
    "text/markdown, text/plain;q=0.5",
    frozenset({"text/markdown", "text/x-markdown", "text/plain"}),
)
PDF = Kind("a PDF", "application/pdf", frozenset({"application/pdf", "application/x-pdf"}))


@dataclass(frozen=True, slots=True)
class Validators:
    """What a service knows a version of a document by; empty where it did not say."""

    etag: str = ""
    last_modified: str = ""

    def __bool__(self) -> bool:
        return bool(self.etag or self.last_modified)

    @property
    def headers(self) -> dict[str, str]:
        """Those that ask for the document only if it is another version by now."""
        asked = {"if-none-match": self.etag, "if-modified-since": self.last_modified}
        return {name: value for name, value in asked.items() if _VALIDATOR.fullmatch(value)}


@dataclass(frozen=True, slots=True)
class Answer:
    """A document, whole, or the word that it is still the same."""

    status: int
    """200, or 304 when the document has not changed."""
    url: str
    """Where it was found in the end."""
    headers: Mapping[str, str]
    """Some of the headers, by their names in small letters."""
    body: bytes = field(repr=False)
    """Unpacked; empty when `not_modified`, unless a cache has put in what it kept."""
    not_modified: bool = False
    """Whether it is the version that the validators named."""

    @property
    def content_type(self) -> str:
        """What it says it is; may be empty."""
        return self.headers.get("content-type", "")

    @property
    def etag(self) -> str:
        """Its version; may be empty."""
        return self.headers.get("etag", "")

    @property
    def last_modified(self) -> str:
        """The date of its version, in the service's own words; may be empty."""
        return self.headers.get("last-modified", "")

    @property
    def validators(self) -> Validators:
        """For asking again."""
        return Validators(self.etag, self.last_modified)
