"""The entries of an XML feed as they end: in constant memory, and each with its line.

A document type is refused, and with it every entity of the document's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperterm.errors import SourceError
from paperterm.model.text import shown
from paperterm.sources.fields import line_of, text_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element, TreeBuilder

LARGEST = 64 * 1024 * 1024
"""Bytes of a document."""

_ENTRIES = frozenset({"entry", "item"})
_PIECE = 1024 * 1024
"""Bytes that the parser gets at once: a token that comes in small pieces costs it much time."""
_MOST_HEAD = 10_000
"""Elements beside the entries that are kept."""
_NAMESPACES = frozenset(
    {
        "",
        "http://www.w3.org/2005/Atom",
        "http://purl.org/rss/1.0/",
        "http://purl.org/rss/1.0/modules/content/",
        "http://purl.org/dc/elements/1.1/",
        "http://purl.org/dc/terms/",
        "http://prismstandard.org/namespaces/basic/2.0/",
        "http://prismstandard.org/namespaces/2.0/basic/",
        "http://arxiv.org/schemas/atom",
        "http://a9.com/-/spec/opensearch/1.1/",
    }
)
"""The vocabularies that are understood; a title of a picture is not the title of a paper."""
_BEFORE_ROOT = (("<?", "?>"), ("<!--", "-->"), ("<!DOCTYPE", ">"))


def root_tag(head: str) -> str:
    """The start tag of the root element of a document that begins with `head`; or ``""``."""
    for _ in range(20):
        head = head.lstrip("\ufeff \t\r\n")
        end = next((end for start, end in _BEFORE_ROOT if head.startswith(start)), None)
        if end is None:
            break
        head = head.partition(end)[2]
    return head[: head.find(">") + 1] if head.startswith("<") else ""


@dataclass(frozen=True, slots=True)
class XmlEntry:
    """One entry, and the line that it begins on."""

    element: Element
    line: int

    def all(self, name: str) -> list[Element]:
        """The elements directly in it that are called `name`, in whatever case."""
        return [each for each in self.element if _local(each.tag) == name]

    def lines(self, name: str) -> list[str]:
        """Their texts, each on one line; blank ones are left out."""
        return [line for each in self.all(name) if (line := line_of(content(each)))]

    def parts(self, name: str, part: str) -> list[str]:
        """The texts called `part` in those called `name`."""
        inner = (XmlEntry(each, self.line) for each in self.all(name))
        return [line for each in inner for line in each.lines(part)]

    def line_of(self, *names: str) -> str:
        """The first of the texts that are called so, on one line; or ``""``."""
        return next((line for name in names for line in self.lines(name)), "")

    def text_of(self, *names: str) -> str:
        """The first of the texts that are called so; or ``""``."""
        texts = (text_of(content(each)) for name in names for each in self.all(name))
        return next(filter(None, texts), "")


def content(element: Element) -> str:
    """All text in `element`."""
    return "".join(element.itertext())


def _local(tag: object) -> str:
    """The name of an element without its namespace, if that is one we understand."""
    space, _, name = tag.rpartition("}") if isinstance(tag, str) else ("?", "", "")
    return name.lower() if space[1:] in _NAMESPACES else ""


class XmlEntries:
    """The entries of the XML in `chunks`, one pass.

    Going through them raises `SourceError` where the document is not well formed, is too large,
    has a document type or is in an encoding that is not known; entries before that have come.
    """

    def __init__(self, chunks: Iterable[bytes], name: str) -> None:
        self._chunks = chunks
        self._name = shown(name)
        self.head: dict[str, list[str]] = {}
        """The texts of the elements outside entries, by name, as far as has been read."""

    def __iter__(self) -> Iterator[XmlEntry]:
        from xml.etree.ElementTree import ParseError

        from defusedxml import DefusedXmlException

        try:
            yield from self._parsed()
        except DefusedXmlException as error:
            raise SourceError(f"{self._name} has a document type, which is not read.") from error
        except ParseError as error:
            line, column = error.position
            raise SourceError(
                f"{self._name} is not XML from line {line}, column {column + 1} on."
            ) from error
        except (ValueError, LookupError) as error:
            raise SourceError(f"{self._name} is in an encoding that is not known.") from error

    def _parsed(self) -> Iterator[XmlEntry]:
        from defusedxml.ElementTree import DefusedXMLParser

        target = _Target(self.head)
        parser = DefusedXMLParser(target=target, forbid_dtd=True)
        target.position = parser.parser
        size = 0
        for piece in _pieces(self._chunks):
            size += len(piece)
            if size > LARGEST:
                raise SourceError(f"{self._name} is larger than {LARGEST // 1024**2} MB.")
            try:
                parser.feed(piece)
            finally:
                # What came before the place that is broken is whole.
                yield from target.taken()
        parser.close()


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """`chunks` in larger ones, except for the first: a small document is all of that."""
    held: list[bytes] = []
    size = 0
    for chunk in (c[at : at + _PIECE] for c in chunks for at in range(0, len(c), _PIECE)):
        held.append(chunk)
        size += len(chunk)
        if size >= _PIECE:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


class _Target:
    """What the parser tells: entries are built, of all else only the text is kept."""

    def __init__(self, head: dict[str, list[str]]) -> None:
        self.position: object = None
        """The parser, which knows the line."""
        self._head = head
        self._kept = 0
        self._text: list[str] = []
        self._builder: TreeBuilder | None = None
        self._depth = 0
        self._line = 0
        self._done: list[XmlEntry] = []

    def taken(self) -> list[XmlEntry]:
        """The entries that have ended since the last time."""
        done, self._done = self._done, []
        return done

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        from xml.etree.ElementTree import TreeBuilder

        if self._builder is None and _local(tag) in _ENTRIES:
            self._builder = TreeBuilder()
            self._line = getattr(self.position, "CurrentLineNumber", 1)
        if self._builder is not None:
            self._depth += 1
            self._builder.start(tag, attributes)
        self._text.clear()

    def data(self, text: str) -> None:
        if self._builder is not None:
            self._builder.data(text)
        else:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if self._builder is not None:
            self._builder.end(tag)
            self._depth -= 1
            if not self._depth:
                self._done.append(XmlEntry(self._builder.close(), self._line))
                self._builder = None
        elif self._kept < _MOST_HEAD and (name := _local(tag)):
            self._kept += 1
            self._head.setdefault(name, []).append(line_of("".join(self._text)))
        self._text.clear()

    def close(self) -> None:
        pass
