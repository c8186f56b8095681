"""Whoosh's side of the index: the only module that knows its insides.

Whoosh keeps the table of contents (which segments there are, and what was deleted from them) and
sees our files as segments through its codec interface, so every query of Whoosh's own runs on the
index, too: `searcher` opens it that way, and the tests hold our answers against Whoosh's. Our own
searching asks only for `open_segments`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import fields, index, searching
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.matching import ListMatcher
from whoosh.reading import EmptyReader, MultiReader, SegmentReader, TermInfo, TermNotFound

from paperterm.errors import IndexUnusable
from paperterm.search import flat, merging
from paperterm.search.corpus import Segment
from paperterm.search.flat import Array, FlatFile
from paperterm.search.inverter import FIELDS, Inverter
from paperterm.search.manifest import File
from paperterm.search.tiers import Size

_INDEX = "MAIN"
_EXTENSION = ".flat"


def _schema() -> Any:
    # Whoosh never sees a text of ours, only terms: what it may cut is at spaces.
    text = {name: fields.TEXT(analyzer=SpaceSeparatedTokenizer()) for name in FIELDS}
    return fields.Schema(id=fields.STORED, **text)


class _Storage(FileStorage):  # type: ignore[misc]
    """A folder whose segments are opened as checked flat files, each once."""

    def __init__(
        self, folder: Path, files: Mapping[str, File], opened: Iterable[FlatFile] = ()
    ) -> None:
        super().__init__(str(folder), readonly=True)
        self._files = files
        self._open = {file.path.name: file for file in opened if file.path.parent == folder}

    def flat(self, segment: W3Segment) -> FlatFile:
        """The open file of a segment. Raises IndexUnusable and OSError."""
        name = segment.make_filename(_EXTENSION)
        if name not in self._files:
            raise IndexUnusable("The search index is damaged: it names files outside of it.")
        if name not in self._open:
            self._open[name] = FlatFile(Path(self.folder) / name, self._files[name].sums)
        return self._open[name]

    def contents(self, generation: int) -> Any:
        """Whoosh's table of contents, once its bytes are known to be ours."""
        name = index.TOC._filename(_INDEX, generation)
        with (Path(self.folder) / name).open("rb") as file:
            if flat.checksums(file) != list(self._files[name].sums):
                raise IndexUnusable("The search index is damaged: a checksum does not match.")
        return index.TOC.read(self, _INDEX, gen=generation, schema=_schema())


class FlatCodec(base.Codec):  # type: ignore[misc]
    """Reads segments that are flat files. They are written by `add_segment`, not by Whoosh."""

    def terms_reader(self, storage: _Storage, segment: W3Segment) -> _Terms:
        """The terms and postings of a segment."""
        return _Terms(Segment(storage.flat(segment), 0, ()))

    def per_document_reader(self, storage: _Storage, segment: W3Segment) -> _Documents:
        """The deletions and field lengths of a segment."""
        return _Documents(storage.flat(segment), segment)

    def new_segment(self, storage: FileStorage, indexname: str) -> W3Segment:
        """A segment without papers, under a new random name."""
        return W3Segment(self, indexname)


class _Terms(base.TermsReader):  # type: ignore[misc]
    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._lexicon = segment.lexicon

    def indexed_field_names(self) -> tuple[str, ...]:
        return FIELDS

    def _postings(self, field: str, term: bytes) -> tuple[Array, Array, Array]:
        for one in self._lexicon.find(term.decode()):
            docs, counts = self._segment.postings(field, one)
            if len(docs):
                return docs, counts, self._segment.places(field, one)
        raise KeyError(term)

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return term in self.terms_from(*term)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for field in sorted(FIELDS):
            yield from self._field_terms(field, b"")

    def terms_from(self, field: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        yield from self._field_terms(field, prefix)
        for later in sorted(FIELDS):
            if later > field:
                yield from self._field_terms(later, b"")

    def _field_terms(self, field: str, lowest: bytes) -> Iterator[tuple[str, bytes]]:
        first = self._segment.file.array(f"{field}.first")
        for number in np.flatnonzero(np.diff(first)).tolist():
            term = self._lexicon.term(number)
            if term >= lowest:
                yield field, term

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, field: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(field, prefix))

    def term_info(self, field: str, term: bytes) -> TermInfo:
        docs, counts, _ = self._postings(field, term)
        lengths = self._segment.file.array(f"{field}.lengths")[docs]
        return TermInfo(
            weight=float(counts.sum()),
            df=len(docs),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(counts.max()),
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )

    def frequency(self, field: str, term: bytes) -> float:
        return float(self._postings(field, term)[1].sum())

    def doc_frequency(self, field: str, term: bytes) -> int:
        return len(self._postings(field, term)[0])

    def matcher(self, field: str, term: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        try:
            docs, counts, places = self._postings(field, term)
        except KeyError as error:
            raise TermNotFound(f"{field}:{term!r}") from error
        each = np.split(places, np.cumsum(counts)[:-1])
        values = [format_.encode(some.tolist()) for some in each]
        return ListMatcher(
            docs.tolist(),
            counts.astype(float).tolist(),
            values,
            format_,
            scorer=scorer,
            term=(field, term),
            terminfo=self.term_info(field, term),
        )


class _Documents(base.PerDocumentReader):  # type: ignore[misc]
    def __init__(self, file: FlatFile, segment: W3Segment) -> None:
        self._file = file
        self._segment = segment
        self.is_deleted = segment.is_deleted
        self.deleted_docs = segment.deleted_docs
        self.has_deletions = segment.has_deletions
        self.doc_count = segment.doc_count
        self.doc_count_all = segment.doc_count_all

    @cached_property
    def _lengths(self) -> dict[str, memoryview]:
        return {field: self._file.raw(f"{field}.lengths") for field in FIELDS}

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return self._lengths[fieldname][docnum] or default

    def field_length(self, fieldname: str) -> int:
        return int(self._file.facts["totals"][fieldname])

    def min_field_length(self, fieldname: str) -> int:
        return min(self._lengths[fieldname])

    def max_field_length(self, fieldname: str) -> int:
        return max(self._lengths[fieldname])

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return {"id": int(self._file.slice("ids", docnum, docnum + 1)[0])}


def open_segments(
    home: Path, generation: int, files: Mapping[str, File], opened: Iterable[FlatFile] = ()
) -> list[tuple[FlatFile, list[int]]]:
    """The files of an index's segments, each with the numbers of its deleted papers.

    Of files that are among the `opened`, it is these that are used.
    Raises IndexUnusable, OSError, and whatever Whoosh raises on a file that is damaged.
    """
    storage = _Storage(home, files, opened)
    found = []
    for segment in storage.contents(generation).segments:
        file = storage.flat(segment)
        deleted = sorted(segment.deleted_docs())
        if segment.doc_count_all() != file.size("ids"):
            raise IndexUnusable("The search index is damaged: papers are missing.")
        found.append((file, deleted))
    return found


def searcher(home: Path, generation: int, files: Mapping[str, File]) -> searching.Searcher:
    """Whoosh's own searcher over the index, with its BM25F."""
    storage = _Storage(home, files)
    contents = storage.contents(generation)
    readers = [SegmentReader(storage, contents.schema, each) for each in contents.segments]
    if len(readers) < 2:
        return searching.Searcher(readers[0] if readers else EmptyReader(contents.schema))
    return searching.Searcher(MultiReader(readers))


class Writer:
    """Adds segments to an index and deletes papers from it; `commit` makes that the next state.

    What was there stays as it was and can be read all the time.
    """

    def __init__(self, home: Path, generation: int = 0, files: Mapping[str, File] | None = None):
        self._storage = FileStorage(str(home))
        self._home = home
        self._generation = generation
        self._segments: list[W3Segment] = []
        if files:
            self._segments = _Storage(home, files).contents(generation).segments
        self._added: list[Array] = []

    def delete(self, segment: int, numbers: Iterable[int]) -> None:
        """Take papers out of a segment, by their numbers in it."""
        for number in numbers:
            self._segments[segment].delete_document(number)

    def add_segment(self, inverter: Inverter) -> None:
        """Write what an inverter holds. Raises OSError."""
        self._write(*inverter.arrays())
        self._added.append(inverter.ids)

    def replace(self, old: Collection[int], segments: Sequence[Segment]) -> None:
        """Put one segment in place of the `old` ones, which are given by their places and open.

        Raises OSError, and IndexUnusable on damage.
        """
        self._segments = [one for at, one in enumerate(self._segments) if at not in old]
        if any(segment.size > len(segment.deleted) for segment in segments):
            self._write(*merging.merged(segments))

    def _write(self, arrays: Mapping[str, Array], totals: Mapping[str, int]) -> None:
        segment = FlatCodec().new_segment(self._storage, _INDEX)
        path = self._home / segment.make_filename(_EXTENSION)
        flat.write(path, arrays, {"totals": totals})
        segment.set_doc_count(len(arrays["ids"]))
        self._segments.append(segment)

    @property
    def files(self) -> set[str]:
        """The names of the files that make up the next state."""
        contents = index.TOC._filename(_INDEX, self._generation + 1)
        return {contents, *(segment.make_filename(_EXTENSION) for segment in self._segments)}

    def commit(self) -> list[Size]:
        """Write the table of contents; the segments there are. Raises OSError."""
        self._delete_doubles()
        contents = index.TOC(_schema(), self._segments, self._generation + 1)
        contents.write(self._storage, _INDEX)
        return [(one.doc_count_all(), one.deleted_count()) for one in self._segments]

    def _delete_doubles(self) -> None:
        """Of the papers added under one id, leave the last."""
        later = np.zeros(0, "i8")
        for back, ids in enumerate(reversed(self._added), 1):
            _, last = np.unique(ids[::-1], return_index=True)
            doubled = np.isin(ids, later)
            doubled[np.setdiff1d(np.arange(len(ids)), len(ids) - 1 - last)] = True
            self.delete(len(self._segments) - back, np.flatnonzero(doubled).tolist())
            later = np.union1d(later, ids)
