"""Answers that are kept, and may be gone at any time."""

from __future__ import annotations

import hashlib
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import without_power
from paperterm.web.answers import Answer
from paperterm.web.cache import Cache

ANSWER = Answer(200, "https://huggingface.co/", {"etag": '"1"'}, b'{"a": "\xff\n"}')


def sized(size: int) -> Answer:
    return Answer(200, "https://huggingface.co/", {}, bytes(size))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "answers"


@pytest.fixture
def cache(folder: Path) -> Cache:
    return Cache(folder)


def kept(cache: Cache, key: str = "key") -> Answer | None:
    found = cache.read(key)
    return found.answer if found else None


def test_what_is_kept_comes_back_as_it_was(cache, folder):
    began = time.time()
    cache.write("key", ANSWER)
    found = cache.read("key")
    assert found.answer == ANSWER
    assert began <= found.at <= time.time()
    assert kept(Cache(folder)) == ANSWER
    assert kept(cache, "other") is None


def test_an_answer_takes_the_place_of_the_one_before(cache, folder):
    cache.write("key", sized(9))
    cache.write("key", ANSWER)
    assert kept(cache) == ANSWER
    assert len(list(folder.iterdir())) == 1


def test_nothing_is_made_by_looking(cache, folder):
    assert cache.read("key") is None
    cache.clear()
    assert not folder.exists()


@pytest.mark.parametrize("key", ["../../etc/passwd", "a/b", "", "\0", "\udcff", "k" * 10_000])
def test_a_key_is_no_file_name(cache, folder, key):
    cache.write(key, ANSWER)
    assert kept(cache, key) == ANSWER
    (file,) = folder.iterdir()
    assert len(file.name) == 64
    assert file.stat().st_mode & 0o777 == 0o600


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0), st.integers(1, 255), st.booleans())
def test_damage_is_as_if_nothing_were_kept(cache, folder, where, damage, cut):
    cache.write("key", ANSWER)
    (file,) = folder.iterdir()
    content = bytearray(file.read_bytes())
    where %= len(content)  # the time in it has more digits or fewer
    if cut:
        del content[where:]
    else:
        content[where] ^= damage
    file.write_bytes(content)
    assert cache.read("key") is None
    cache.write("key", ANSWER)
    assert kept(cache) == ANSWER


@pytest.mark.parametrize("head", [b"", b"[]", b"{}", b'{"at": "x"}', b"[" * 10_000, b"\xff"])
def test_a_file_that_somebody_else_made_is_no_answer(cache, folder, head):
    cache.write("key", ANSWER)
    (file,) = folder.iterdir()
    rest = head + b"\nbody"
    file.write_bytes(hashlib.sha256(rest).hexdigest().encode() + rest)
    assert cache.read("key") is None


def test_a_link_a_pipe_or_a_folder_is_no_answer(cache, folder, tmp_path):
    cache.write("key", ANSWER)
    (file,) = folder.iterdir()
    content = file.read_bytes()
    file.unlink()
    (tmp_path / "elsewhere").write_bytes(content)
    file.symlink_to(tmp_path / "elsewhere")
    assert cache.read("key") is None
    file.unlink()
    os.mkfifo(file)
    assert cache.read("key") is None
    file.unlink()
    file.mkdir()
    assert cache.read("key") is None
    cache.write("key", ANSWER)
    cache.clear()


def test_the_oldest_goes_when_there_is_no_more_room(folder):
    cache = Cache(folder, largest=100_000)
    for number in range(5):
        cache.write(f"{number}", sized(20_000))
        for file in folder.iterdir():
            os.utime(file, (file.stat().st_atime, file.stat().st_mtime - 10))
        assert kept(cache, "0") is not None  # it was of use again
    present = [number for number in range(5) if kept(cache, f"{number}")]
    assert present == [0, 2, 3, 4]
    assert sum(file.stat().st_size for file in folder.iterdir()) <= 100_000


def test_small_answers_take_their_room_too(folder):
    cache = Cache(folder, largest=10 * 4096)
    for number in range(30):
        cache.write(f"{number}", sized(1))
    assert len(list(folder.iterdir())) == 10


def test_what_would_take_all_the_room_is_not_kept(folder):
    cache = Cache(folder, largest=100_000)
    cache.write("small", sized(10))
    cache.write("large", sized(100_000))
    assert kept(cache, "large") is None
    assert kept(cache, "small") is not None


def test_what_a_kill_left_behind_goes_and_what_is_not_ours_stays(cache, folder):
    cache.write("key", ANSWER)
    (folder / ".new-old").write_bytes(b"half")
    os.utime(folder / ".new-old", (0, 0))
    (folder / ".new-now").write_bytes(b"half")
    (folder / "notes.txt").write_text("mine")
    cache.write("other", ANSWER)
    assert not (folder / ".new-old").exists()
    assert (folder / ".new-now").exists()
    cache.clear()
    assert [file.name for file in folder.iterdir()] == ["notes.txt"]
    assert kept(cache) is None


def test_a_folder_that_can_not_be_used_only_keeps_nothing(nobodys_folder):
    nobodys_folder.chmod(0o500)
    with without_power():
        cache = Cache(nobodys_folder / "answers")
        cache.write("key", ANSWER)
        assert cache.read("key") is None
        cache.clear()


def test_a_full_disk_only_keeps_nothing(cache, folder, monkeypatch):
    cache.write("key", ANSWER)

    def full(*_args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        cache.write("key", sized(3))
    assert kept(cache) == ANSWER
    assert len(list(folder.iterdir())) == 1


def test_many_may_keep_and_look_at_once(folder):
    answers = {ANSWER.body, bytes(5000)}

    def work(number: int) -> None:
        cache = Cache(folder, largest=40_000)
        for step in range(30):
            cache.write(f"{(number + step) % 5}", ANSWER if step % 2 else sized(5000))
            found = cache.read(f"{step % 5}")
            assert found is None or found.answer.body in answers
            if step == 20:
                cache.clear()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
