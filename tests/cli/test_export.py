from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from paperterm.errors import PapertermError
from paperterm.library.exporting import writing_whole

from .helpers import PAPERS, Run


@pytest.mark.usefixtures("stocked")
def test_an_export_taken_in_elsewhere_gives_the_same_papers_and_marks(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run("bookmark", "2408.08066")
    run("tag", "2312.00752", "--add", "llm/ssm,to read")
    run("note", "2510.12285", "Two lines\n\nof Ünïcode.")
    exported = run("export").out
    path = tmp_path / "all.jsonl"
    path.write_text(exported)
    monkeypatch.setenv("HOME", str(tmp_path / "elsewhere"))
    ran = run("import", str(path))
    assert ran.out == (
        f"{path}: 4 new, 0 updated, 0 unchanged, 0 refused, with the marks of 3 papers\n"
    )
    assert sorted(run("export").lines) == sorted(exported.splitlines())


@pytest.mark.usefixtures("stocked")
def test_a_file_holds_what_standard_output_would(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mamba.jsonl"
    ran = run("export", "mamba", "-retriever", "-o", str(path))
    assert (ran.status, ran.out, ran.err) == (0, f"Wrote 1 paper to {path}.\n", "")
    assert path.read_text() == run("export", "mamba", "-retriever").out
    assert json.loads(path.read_text())["title"] == PAPERS[1]["title"]


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize(
    ("format", "start"),
    [("bibtex", "@misc{"), ("ris", "TY  - GEN"), ("csl-json", "["), ("jsonl", "{")],
)
def test_papers_leave_in_the_format_that_is_asked_for_and_come_back_the_same(
    run: Run, tmp_path: Path, format: str, start: str
) -> None:
    path = tmp_path / "papers"
    ran = run("export", "--format", format, "-o", str(path))
    assert (ran.status, ran.out) == (0, f"Wrote {len(PAPERS)} papers to {path}.\n")
    assert path.read_text().startswith(start)
    assert path.read_text() == run("export", "--format", format).out
    ran = run("import", str(path))
    assert (ran.status, ran.err) == (0, "")
    assert " 0 new, " in ran.out
    assert ran.out.endswith(", 0 refused\n")


@pytest.mark.usefixtures("stocked")
def test_an_unknown_format_is_bad_usage(run: Run) -> None:
    ran = run("export", "--format", "docx")
    assert ran.status == 2
    assert "csl-json" in ran.err


@pytest.mark.usefixtures("stocked")
def test_a_minus_word_with_an_o_is_query_and_no_file(run: Run, tmp_path: Path) -> None:
    ran = run("export", "-overview", "-not")
    assert ran.status == 0
    assert len(ran.lines) == len(PAPERS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "papers.jsonl"]


@pytest.mark.usefixtures("stocked")
def test_a_folder_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "x.jsonl"
    ran = run("export", "-o", str(path))
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == f"{path} can't be written: No such file or directory.\n"


def test_a_file_is_the_old_one_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), writing_whole(path) as stream:
        stream.write(b"new")
        stream.flush()
        assert path.read_text() == "old"
        raise ZeroDivisionError
    assert [each.read_text() for each in tmp_path.iterdir() if each.is_file()] == ["old"]
    with writing_whole(path) as stream:
        stream.write(b"new")
    assert path.read_text() == "new"


def test_links_and_rights_stay_as_they_are(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    with writing_whole(link) as stream:
        stream.write(b"new")
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_new_file_has_the_rights_that_the_readers_umask_gives(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with writing_whole(tmp_path / "x") as stream:
            stream.write(b"new")
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o640


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with writing_whole(pipe) as stream:
            stream.write(b"new")
        assert os.read(reading, 10) == b"new"
    finally:
        os.close(reading)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_file_that_can_not_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    with (
        pytest.raises(PapertermError, match=r"can't be written: Is a directory\.$"),
        writing_whole(tmp_path),
    ):
        raise AssertionError("there is nothing to write to")
