"""Files cut off, changed or gone: never a wrong answer, and always seen by a check."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from paperterm.errors import IndexUnusable
from paperterm.model.query import And, Everything, Node, Not, Or, Phrase, Word
from paperterm.search import flat, manifest, store
from paperterm.search.document import Document, Stamp
from paperterm.search.reader import Reader

from .helpers import DOCUMENTS, find, made

QUERIES: tuple[Node, ...] = (
    Word("mamba"),
    Word("ma", prefix=True),
    Word("quantizaton"),
    Phrase("state space"),
    And((Word("the"), Word("model"), Not(Word("retrieval")))),
    Or((Word("dao"), Word("2312.00004"))),
    Everything(),
)


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many blocks in a small index, so that most are checked late."""
    monkeypatch.setattr(flat, "BLOCK", 256)


@pytest.fixture
def index(folder: Path) -> Path:
    made(folder)
    store.update(
        folder, [Document(900, "Mamba too", "More.", ("Tri Dao",), ())], [13], Stamp("x", 2)
    )
    return folder


def answers(folder: Path) -> list[list[int] | None]:
    """What each query finds; None where the index refuses."""
    try:
        reader = Reader(folder)
    except IndexUnusable:
        return [None] * len(QUERIES)
    found: list[list[int] | None] = []
    for query in QUERIES:
        try:
            found.append(find(reader, query))
        except IndexUnusable:
            found.append(None)
    return found


def files(folder: Path) -> list[Path]:
    home = manifest.read(folder).home(folder)
    return [folder / "manifest", *sorted(home.iterdir())]


def harm(folder: Path, changed: Callable[[bytes], bytes], at: int) -> None:
    """Every answer is right or refused with that file changed, and a check sees the change."""
    right = answers(folder)
    assert None not in right
    path = files(folder)[at]
    whole = path.read_bytes()
    path.write_bytes(changed(whole))
    try:
        assert all(now in (None, then) for now, then in zip(answers(folder), right, strict=True))
        problems = store.verify(folder)
        assert problems and all(p[0].isupper() and p.endswith(".") for p in problems)
    finally:
        path.write_bytes(whole)


@pytest.mark.parametrize("at", range(4))
def test_a_file_cut_off(index: Path, at: int) -> None:
    assert len(files(index)) == 4
    for share in (0, 0.01, 0.3, 0.9, 0.999):
        harm(index, lambda whole, share=share: whole[: int(len(whole) * share)], at)


@pytest.mark.parametrize("at", range(4))
def test_a_file_with_a_changed_byte(index: Path, at: int) -> None:
    rng = random.Random(at)

    def flipped(whole: bytes) -> bytes:
        where = rng.randrange(len(whole))
        return whole[:where] + bytes([whole[where] ^ 1 << rng.randrange(8)]) + whole[where + 1 :]

    for _ in range(40):
        harm(index, flipped, at)


@pytest.mark.parametrize("at", range(4))
def test_a_file_with_something_after_its_end(index: Path, at: int) -> None:
    harm(index, lambda whole: whole + b"x", at)


@pytest.mark.parametrize("at", range(4))
def test_a_file_that_is_gone(index: Path, at: int) -> None:
    files(index)[at].unlink()
    assert answers(index) == [None] * len(QUERIES)
    assert store.stamp_of(index) is None
    assert len(store.verify(index)) == 1


def test_files_of_another_index_are_noticed(index: Path, tmp_path: Path) -> None:
    other = made(tmp_path / "other", DOCUMENTS[:3])
    mine, theirs = files(index), files(other)
    mine[2].write_bytes(theirs[1].read_bytes())
    assert answers(index) == [None] * len(QUERIES)


def test_a_changed_list_is_refused_only_where_it_is_read(index: Path) -> None:
    path = max(files(index)[1:], key=lambda path: path.stat().st_size)
    whole = path.read_bytes()
    place = whole.index(b"quantization")
    path.write_bytes(whole[:place] + b"Q" + whole[place + 1 :])
    assert None in answers(index)
    assert answers(index) != [None] * len(QUERIES)


def test_a_manifest_that_points_elsewhere_is_refused(index: Path) -> None:
    known = manifest.read(index)
    place = f"../{index.name}/{known.place}"
    manifest.write(index, manifest.Manifest(known.stamp, place, 2, known.segments, known.files))
    with pytest.raises(IndexUnusable, match="outside"):
        Reader(index)
