from __future__ import annotations

import fcntl
import json
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from paperterm.cli.progress import Bar

from .helpers import Run

PAGE = Path(__file__).parents[2] / ".." / "shared" / "daily-papers-page.txt"


def test_papers_come_in_once_and_are_then_unchanged(run: Run, papers: Path) -> None:
    first, second = run("import", str(papers)), run("import", str(papers))
    assert (first.status, first.err) == (0, "")
    assert first.out == f"{papers}: 4 new, 0 updated, 0 unchanged, 0 refused\n"
    assert (second.status, second.err) == (0, "")
    assert second.out == f"{papers}: 0 new, 0 updated, 4 unchanged, 0 refused\n"
    assert len(run("search").lines) == 4


def test_a_refused_record_is_told_with_file_line_and_title(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_text('{"title": "A Good One"}\nnot json\n{"id": "2408.08066", "abstract": "x"}\n')
    ran = run("import", str(path))
    assert ran.status == 0
    assert ran.out == f"{path}: 1 new, 0 updated, 0 unchanged, 2 refused\n"
    refusals = ran.err.splitlines()
    assert refusals[0].startswith(f"{path}:2: ")
    assert refusals[1].startswith(f"{path}:3: ")
    assert refusals[1].endswith("(2408.08066)")


def test_a_file_of_refused_records_alone_is_a_failure(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"title": ""}\n{"title": " "}\n')
    ran = run("import", str(path))
    assert ran.status == 1
    assert ran.out == f"{path}: 0 new, 0 updated, 0 unchanged, 2 refused\n"


def test_files_that_can_not_be_read_are_told_and_the_others_go_on(
    run: Run, papers: Path, tmp_path: Path
) -> None:
    binary, empty, gone = tmp_path / "x.bin", tmp_path / "empty", tmp_path / "gone"
    binary.write_bytes(bytes(range(256)) * 40)
    empty.touch()
    ran = run("import", str(gone), str(tmp_path), str(binary), str(empty), str(papers))
    assert ran.status == 1
    assert ran.out == f"{papers}: 4 new, 0 updated, 0 unchanged, 0 refused\n"
    told = ran.err.splitlines()
    assert len(told) == 4
    for line, path in zip(told, (gone, tmp_path, binary, empty), strict=True):
        assert line.startswith(f"{path} ")
        assert line.endswith(".")


def test_standard_input_is_read(shell: Run, papers: Path) -> None:
    ran = shell("import", "-", stdin=papers.read_bytes())
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "standard input: 4 new, 0 updated, 0 unchanged, 0 refused\n"


def test_a_first_import_finds_an_empty_library_and_no_starter_shelf(run: Run, papers: Path) -> None:
    assert "4 new" in run("import", str(papers)).out
    assert len(run("search").lines) == 4


def test_after_an_import_the_index_is_ready(run: Run, papers: Path, home: Path) -> None:
    run("import", str(papers))
    assert (home / ".cache" / "paperterm" / "index").is_dir()
    assert "up to date" in run("doctor").out


def test_an_index_that_can_not_be_written_is_no_failure(run: Run, papers: Path, home: Path) -> None:
    (home / ".cache").write_text("a file where the folder should be")
    ran = run("import", str(papers))
    assert ran.status == 0
    assert "4 new" in ran.out


@pytest.mark.parametrize("wrong", [["--format", "nosuch"], ["--as-of", "yesterday"]])
def test_a_wrong_format_or_day_is_bad_usage(run: Run, papers: Path, wrong: list[str]) -> None:
    ran = run("import", str(papers), *wrong)
    assert (ran.status, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1


def test_a_hostile_file_name_is_shown_harmless(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x\x1b]0;y\x07.jsonl"
    path.write_text('{"title": "A Good One"}\nrubbish\n')
    ran = run("import", str(path), str(tmp_path / "gone\x1b[2J"))
    assert ran.status == 1
    assert "1 new" in ran.out
    assert "\x1b" not in ran.out + ran.err


def test_a_large_file_shows_a_bar_on_a_terminal(terminal: Run, tmp_path: Path) -> None:
    path = tmp_path / "large.jsonl"
    filler = "x" * 10_000
    path.write_text(
        "".join(json.dumps({"title": f"Paper {n}", "abstract": filler}) + "\n" for n in range(120))
    )
    ran = terminal("import", str(path))
    assert ran.status == 0
    assert "Reading large.jsonl" in ran.out
    assert "100%" in ran.out
    assert "120 new" in ran.out


def test_a_pipe_of_unknown_length_shows_a_bar_without_an_end(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with Bar("Reading", 1000, patience=0) as bar:
        for done in range(0, 200_000, 50_000):
            bar.update(done, None)
    told = capsys.readouterr().err
    assert "Reading" in told
    assert "%" not in told


def test_a_small_file_shows_no_bar(terminal: Run, papers: Path) -> None:
    assert "%" not in terminal("import", str(papers), env={"TMPDIR": "/tmp"}).out


def test_ctrl_c_keeps_what_was_read_and_says_so(shell: Run, papers: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "paperterm", "import", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        process.stdin.write(papers.read_bytes() + b" " * 130_000)
        process.stdin.flush()
        # That much does not fit into a pipe: the papers have been read, and the rest waits.
        while _unread(process.stdin.fileno()):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert process.stdout
        assert process.stderr
        assert b"4 new" in process.stdout.read()
        assert process.stderr.read().startswith(b"Interrupted")
    assert len(shell("search").out.splitlines()) == 4


def _unread(pipe: int) -> int:
    """How many bytes are in a pipe."""
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


@pytest.mark.skipif(not PAGE.exists(), reason="the real page is not here")
def test_the_real_page_comes_in_whole_twice_the_same(run: Run) -> None:
    first = run("import", str(PAGE), "--as-of", "2025-11-06")
    second = run("import", str(PAGE), "--as-of", "2025-11-06")
    assert (first.status, second.status) == (0, 0)
    assert ": 84 new, 0 updated, 0 unchanged, 0 refused" in first.out
    assert ": 0 new, 0 updated, 84 unchanged, 0 refused" in second.out
    for query in ("[MASK]", "LLM.int8()", "BT^2", "bAbI"):
        assert any(query in line for line in run("search", query).lines), query
