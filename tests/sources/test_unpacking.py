import gzip
import zlib

import pytest

from paperterm.errors import SourceError
from paperterm.model.record import Record, Refusal
from paperterm.sources.unpacking import Unpacked

from .helpers import ForwardOnly, items, remarks, snapshot

TEXT = b"".join(b"%d a line of text\n" % number for number in range(20_000))
PACKED = gzip.compress(TEXT, mtime=0)


def unpacked(data, step=1000):
    reading = Unpacked(iter(lambda: stream.read(step), b""))
    stream = ForwardOnly(data, step)
    return b"".join(reading), [remark.text for remark in reading.remarks("x.gz")]


@pytest.mark.parametrize("step", [1, 13, 100_000])
def test_what_was_packed_comes_out(step):
    assert unpacked(PACKED, step) == (TEXT, [])


def test_several_members_and_padding_are_one_text():
    assert unpacked(PACKED + b"\0" * 5_000 + PACKED + b"\0" * 512) == (TEXT * 2, [])


@pytest.mark.parametrize("kept", [30, 5_000, len(PACKED) - 9, len(PACKED) - 1])
def test_of_a_file_that_is_cut_off_the_beginning_is_read_and_that_is_said(kept):
    text, told = unpacked(PACKED[:kept])
    assert TEXT.startswith(text)
    assert len(text) >= len(TEXT) * (kept - 1_000) / len(PACKED)
    assert told == ["x.gz is cut off; what stands before that was read."]


def test_of_a_file_that_is_damaged_the_beginning_is_read_and_that_is_said():
    text, told = unpacked(PACKED[:20_000] + b"\xff" * 50 + PACKED[20_050:])
    assert len(text) > len(TEXT) / 4
    assert told == ["x.gz is damaged; what stands before that was read."]


def test_a_bomb_is_unpacked_piece_by_piece():
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(2**20)) for _ in range(200)) + packer.flush()
    pieces = list(map(len, Unpacked([bomb])))
    assert max(pieces) <= 64 * 1024
    assert sum(pieces) == 200 * 2**20


def test_a_snapshot_that_is_cut_off_gives_its_good_part():
    data = gzip.compress(snapshot(2_000))
    cut = data[: len(data) // 2]
    *found, refusal = (item for item in items(cut) if isinstance(item, Record | Refusal))
    assert 800 < len(found) < 1_200
    assert [item.line for item in found] == list(range(1, len(found) + 1))
    assert refusal.line == len(found) + 1
    assert remarks(cut) == ["input is cut off; what stands before that was read."]


@pytest.mark.parametrize("data", [PACKED[:5], PACKED[:12], b"\x1f\x8b" + bytes(50)])
def test_a_file_of_which_nothing_can_be_read_is_an_error_that_says_why(data):
    with pytest.raises(SourceError, match=r"^input is (cut off|damaged), and nothing of it could"):
        items(data)


def test_an_empty_file_packed_is_empty():
    with pytest.raises(SourceError, match=r"^input is empty\.$"):
        items(gzip.compress(b"", mtime=0))
