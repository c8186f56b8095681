import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from paperterm.errors import IndexUnusable
from paperterm.model.query import Everything, Is, Phrase, State, Word
from paperterm.search import manifest, store
from paperterm.search.corpus import Segment
from paperterm.search.document import Document, Stamp
from paperterm.search.inverter import FIELDS
from paperterm.search.reader import Reader, open_corpus

from .helpers import DOCUMENTS, STAMP, find, made, paper

NEW = Document(500, "Kolmogorov-Arnold Networks", "Edges learn.", ("Ziming Liu",), ())
LATER = Stamp(STAMP.library, STAMP.revision + 1)


def test_an_index_knows_what_it_was_made_from(folder: Path) -> None:
    assert store.stamp_of(folder) is None
    made(folder)
    assert store.stamp_of(folder) == STAMP
    reader = Reader(folder)
    assert (reader.stamp, reader.count) == (STAMP, len(DOCUMENTS))
    assert store.verify(folder) == []


def test_asking_for_the_stamp_loads_neither_whoosh_nor_numpy(folder: Path) -> None:
    made(folder)
    program = (
        "import sys, pathlib; from paperterm.search import store;"
        "stamp = store.stamp_of(pathlib.Path(sys.argv[1]));"
        "sys.exit(stamp is None or bool({'whoosh', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program, str(folder)], check=False).returncode == 0


def test_nobody_else_can_look_into_the_index(folder: Path) -> None:
    made(folder)
    modes = {path.stat().st_mode & 0o777 for path in (folder, manifest.read(folder).home(folder))}
    assert modes == {0o700}


@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777])
def test_an_index_that_others_can_write_is_not_opened(folder: Path, mode: int) -> None:
    made(folder)
    folder.chmod(mode)
    assert store.stamp_of(folder) is None
    with pytest.raises(IndexUnusable, match="somebody else"):
        Reader(folder)


def test_an_index_of_another_format_is_not_opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(folder)
    monkeypatch.setattr(manifest, "FORMAT", manifest.FORMAT + 1)
    assert store.stamp_of(folder) is None
    with pytest.raises(IndexUnusable, match="another version"):
        Reader(folder)


def test_a_link_in_place_of_the_folder_is_not_followed(folder: Path) -> None:
    made(folder)
    link = folder.with_name("link")
    link.symlink_to(folder)
    with pytest.raises(IndexUnusable):
        Reader(link)


def test_a_new_index_takes_the_place_of_the_old_one(folder: Path) -> None:
    made(folder)
    old = Reader(folder)
    store.build(folder, [NEW], LATER)
    assert not old.up_to_date()
    assert find(old, "qlora") == [paper("QLoRA")]
    new = Reader(folder)
    assert new.up_to_date()
    assert (new.stamp, find(new, Everything())) == (LATER, [NEW.id])
    assert len(list(folder.iterdir())) == 2


def test_an_update_adds_replaces_and_removes_at_once(folder: Path) -> None:
    made(folder)
    old = Reader(folder)
    changed = replace(DOCUMENTS[4], title="Gemini Ultra")
    store.update(folder, [NEW, changed], [paper("BT^2"), 12345], LATER)
    assert (old.up_to_date(), find(old, "bt2")) == (False, [paper("BT^2")])
    reader = Reader(folder)
    assert (reader.stamp, reader.count) == (LATER, len(DOCUMENTS))
    assert find(reader, "kolmogorov") == [NEW.id]
    assert find(reader, "gemini") == [changed.id]
    assert find(reader, Phrase("gpt-4")) == find(reader, Phrase("bt^2")) == []
    assert find(reader, "qlora") == [paper("QLoRA")]
    everything = {d.id for d in (*DOCUMENTS, NEW)} - {paper("BT^2")}
    assert set(find(reader, Everything())) == everything
    assert set(find(reader, Is(State.READ), Is=[paper("BT^2"), changed.id])) == {changed.id}
    assert store.verify(folder) == []


def test_many_updates_stay_right_and_then_ask_to_be_merged(folder: Path) -> None:
    made(folder)
    for revision in range(1, 9):
        assert not store.wants_merging(folder)
        title = f"Kolmogorov {'again ' * revision}"
        document = Document(600, title, "", (), ())
        other = Document(700 + revision, "Kolmogorov", "", (), ())
        store.update(folder, [document, other], [], Stamp("x", revision))
    assert store.wants_merging(folder)
    for _ in range(2):
        reader = Reader(folder)
        assert set(find(reader, "kolmogorov")) == {600, *range(701, 709)}
        assert find(reader, Phrase("again " * 8)) == [600]
        assert find(reader, Phrase("again " * 9)) == []
        assert find(reader, Word("kolm", prefix=True)) == find(reader, "kolmogorov")
        store.merge(folder)
        assert not store.wants_merging(folder)
        assert store.stamp_of(folder) == Stamp("x", 8)


def test_many_deletions_ask_for_a_merge(folder: Path) -> None:
    many = tuple(Document(n, f"Paper {n}", "", (), ()) for n in range(300))
    made(folder, many)
    store.update(folder, [], range(50), LATER)
    assert not store.wants_merging(folder)
    store.update(folder, [], range(50, 100), LATER)
    assert store.wants_merging(folder)
    store.merge(folder)
    assert not store.wants_merging(folder)
    assert sorted(find(Reader(folder), "paper")) == list(range(100, 300))
    store.update(folder, [], range(300), LATER)
    store.merge(folder)
    assert find(Reader(folder), Everything()) == []
    assert manifest.read(folder).segments == []


def test_an_index_that_is_not_there_needs_to_be_built(folder: Path) -> None:
    assert not store.wants_merging(folder)
    with pytest.raises(IndexUnusable, match="no search index"):
        store.merge(folder)
    with pytest.raises(IndexUnusable, match="no search index"):
        store.update(folder, [NEW], [], LATER)
    with pytest.raises(IndexUnusable, match="no search index"):
        Reader(folder)
    assert store.verify(folder) == ["There is no search index yet."]


def test_an_index_without_papers(folder: Path) -> None:
    made(folder, ())
    assert find(Reader(folder), Everything()) == find(Reader(folder), "mamba") == []
    assert find(Reader(folder), Is(State.READ), Is=[1]) == []
    store.update(folder, [NEW], [], LATER)
    assert find(Reader(folder), "networks") == [NEW.id]
    store.update(folder, [], [NEW.id], LATER)
    assert find(Reader(folder), "networks") == find(Reader(folder), Everything()) == []
    assert store.verify(folder) == []


def test_of_two_documents_with_one_id_the_last_counts(folder: Path) -> None:
    twice = replace(DOCUMENTS[0], title="Second edition")
    store.build(folder, [*DOCUMENTS, twice], STAMP)
    reader = Reader(folder)
    assert reader.count == len(DOCUMENTS)
    assert find(reader, "edition") == [twice.id]
    assert find(reader, Phrase("in the mask")) == []
    store.update(folder, [NEW, replace(NEW, title="Third edition")], [], LATER)
    assert find(Reader(folder), Phrase("third edition")) == [NEW.id]
    assert find(Reader(folder), "kolmogorov") == []


def test_a_merged_index_is_as_one_that_is_built_anew(folder: Path, tmp_path: Path) -> None:
    made(folder, DOCUMENTS[:5])
    changed = replace(DOCUMENTS[0], title="Zürich Quantizations", authors=("A. Ñandú",))
    store.update(folder, DOCUMENTS[5:9], [DOCUMENTS[2].id], LATER)
    store.update(folder, [*DOCUMENTS[9:], changed], [], LATER)
    store.merge(folder, thoroughly=True)
    living = [d for d in DOCUMENTS if d.id not in (DOCUMENTS[0].id, DOCUMENTS[2].id)] + [changed]
    anew = made(tmp_path / "anew", tuple(living))
    (mine,) = open_corpus(folder).segments
    (other,) = open_corpus(anew).segments
    assert mine.size == other.size == len(living)
    assert set(mine.file.array("days").tolist()) == {0}
    both = [
        {
            (field, term): _told(segment, field, segment.lexicon.find(term.decode())[0])
            for field in FIELDS
            for term in segment.lexicon.terms()
            if len(segment.postings(field, segment.lexicon.find(term.decode())[0])[0])
        }
        for segment in (mine, other)
    ]
    assert both[0] == both[1]
    assert len(both[0]) > 150
    for segment in (mine, other):
        assert [*segment.lexicon.near("quantizatoin")] == ["quantization"]
    assert find(Reader(folder), Word("zuri", prefix=True)) == [changed.id]


def _told(
    segment: Segment, field: str, term: tuple[int, int]
) -> dict[int, tuple[int, int, set[int]]]:
    """The papers of a term by their ids: how often it is there, the field's length, the places."""
    docs, counts = segment.postings(field, term)
    places = np.split(segment.places(field, term), np.cumsum(counts)[:-1])
    ids = segment.file.array("ids")[docs].tolist()
    lengths = segment.file.array(f"{field}.lengths")[docs].tolist()
    rows = zip(ids, counts.tolist(), lengths, places, strict=True)
    return {one: (often, length, set(where.tolist())) for one, often, length, where in rows}


def test_progress_is_told(folder: Path) -> None:
    many = [Document(n, f"Paper {n}", "", (), ()) for n in range(250)]
    told: list[int] = []
    store.build(folder, many, STAMP, told.append)
    assert told == [100, 200, 250]


def test_all_of_an_index_is_on_the_disk_before_it_counts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secured: dict[str, tuple[int, ...]] = {}

    def fsync(handle: int) -> None:
        secured[str(Path(f"/proc/self/fd/{handle}").readlink())] = manifest.identity(folder)

    monkeypatch.setattr(os, "fsync", fsync)
    for write in (store.build, lambda *rest: store.update(rest[0], rest[1], [], rest[2])):
        secured.clear()
        before = manifest.identity(folder)
        write(folder, [NEW], STAMP)
        home = manifest.read(folder).home(folder)
        whole = {home, *home.iterdir(), folder / "manifest.new"} - {
            path for path in home.iterdir() if path.stat().st_ctime_ns < _started(before)
        }
        assert {str(path) for path in whole} <= {p for p, seen in secured.items() if seen == before}
        assert secured[str(folder)] == manifest.identity(folder)


def _started(identity: tuple[int, ...]) -> int:
    return identity[-1] if identity else 0


def broken() -> Iterator[Document]:
    yield NEW
    raise RuntimeError("the catalogue went away")


def test_what_stops_a_writer_leaves_the_old_index(folder: Path) -> None:
    made(folder)
    with pytest.raises(RuntimeError, match="went away"):
        store.build(folder, broken(), LATER)
    assert len(list(folder.iterdir())) == 2
    with pytest.raises(RuntimeError, match="went away"):
        store.update(folder, broken(), [paper("QLoRA")], LATER)
    assert store.stamp_of(folder) == STAMP
    assert find(Reader(folder), "qlora") == [paper("QLoRA")]


def test_a_full_disk_is_said_and_leaves_the_old_index(folder: Path) -> None:
    made(folder)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, hard))
    try:
        with pytest.raises(IndexUnusable, match="can't be written: "):
            store.build(folder, DOCUMENTS, LATER)
        with pytest.raises(IndexUnusable, match="can't be written: "):
            store.update(folder, DOCUMENTS, [], LATER)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (store.stamp_of(folder), store.verify(folder)) == (STAMP, [])
    store.update(folder, [NEW], [], LATER)
    assert (store.stamp_of(folder), store.verify(folder)) == (LATER, [])


def test_what_a_stopped_writer_left_is_removed_by_the_next(folder: Path) -> None:
    made(folder)
    home = manifest.read(folder).home(folder)
    (folder / "index-leftover").mkdir()
    (home / "MAIN_leftover.flat").write_bytes(b"x")
    (home / "_MAIN_2.toc").write_bytes(b"x")
    store.update(folder, [NEW], [], LATER)
    assert {path.name for path in home.iterdir()} == set(manifest.read(folder).files)
    assert {path.name for path in folder.iterdir()} == {home.name, "manifest"}


def test_one_process_writes_at_a_time(folder: Path) -> None:
    with store.lock(folder) as first, store.lock(folder) as second:
        assert (first, second) == (True, False)
    with store.lock(folder) as again:
        assert again


def test_that_nothing_can_be_written_is_not_taken_for_a_busy_index(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(IndexUnusable, match="can't be written"),
        store.lock(tmp_path / "file" / "index"),
    ):
        pass


def test_an_index_is_read_where_nothing_can_be_written(folder: Path) -> None:
    made(folder)
    home = manifest.read(folder).home(folder)
    for path in (*home.iterdir(), home, folder / "manifest", folder):
        path.chmod(0o500)
    try:
        assert find(Reader(folder), "qlora") == [paper("QLoRA")]
    finally:
        for path in (folder, home):
            path.chmod(0o700)


def test_readers_open_and_answer_while_a_writer_writes(folder: Path) -> None:
    made(folder)

    def write() -> None:
        for revision in range(100, 160):
            document = replace(NEW, title=f"Revision {revision}")
            if revision % 4 == 0:
                store.build(folder, [document], Stamp("x", revision))
            else:
                store.update(folder, [document], [], Stamp("x", revision))

    writer = threading.Thread(target=write)
    writer.start()
    seen = set()
    while writer.is_alive():
        reader = Reader(folder)
        revision = reader.stamp.revision
        seen.add(revision)
        if revision >= 100:
            assert find(reader, Phrase(f"revision {revision}")) == [NEW.id]
    writer.join()
    assert len(seen) > 3
    assert Reader(folder).stamp.revision == 159


def test_hits_outlive_their_reader(folder: Path) -> None:
    made(folder)
    reader = Reader(folder)
    hits = reader.search(Word("mamba"), lambda leaf: [])
    reader.close()
    reader.close()
    assert list(hits.ids) == [paper("Mamba:"), paper("Mamba Retriever")]
    with pytest.raises(IndexUnusable, match="closed"):
        find(reader, "mamba")


def test_a_reader_that_comes_after_another_keeps_what_is_still_there(folder: Path) -> None:
    made(folder)
    first = Reader(folder)
    assert find(first, "qlora") == [paper("QLoRA")]
    opened: list[str] = []

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and str(arguments[0]).endswith(".flat"):
            opened.append(str(arguments[0]))

    sys.addaudithook(note)
    store.update(folder, [NEW], [paper("QLoRA")], LATER)
    opened.clear()
    second = Reader(folder, first)
    assert len(opened) == 1
    assert (find(second, "qlora"), find(second, "kolmogorov")) == ([], [NEW.id])
    assert find(first, "qlora") == [paper("QLoRA")]
    store.build(folder, [NEW], LATER)
    opened.clear()
    assert find(Reader(folder, second), Everything()) == [NEW.id]
    assert len(opened) == 1


def test_what_stands_in_the_indexs_place_is_set_aside_not_deleted(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("mine")
    with pytest.raises(IndexUnusable, match="not a folder"):
        Reader(folder)
    made(folder)
    assert find(Reader(folder), "qlora") == [paper("QLoRA")]
    (aside,) = folder.parent.glob(f"{folder.name}.aside-*")
    assert aside.read_text() == "mine"
