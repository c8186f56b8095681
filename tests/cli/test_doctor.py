from __future__ import annotations

import json
from pathlib import Path

import pytest

from .helpers import Run


def test_a_new_library_is_well(run: Run) -> None:
    ran = run("doctor")
    assert (ran.status, ran.err) == (0, "")
    assert "✗" not in ran.out


@pytest.mark.usefixtures("stocked")
def test_versions_folders_clipboards_and_findings_are_told(run: Run, home: Path) -> None:
    ran = run("doctor")
    assert ran.status == 0
    for word in ("paperterm 0.", "Python 3.", "textual ", "whoosh-reloaded ", "SQLite "):
        assert word in ran.lines[0]
    assert f"library    {home}/.local/share/paperterm" in ran.lines
    assert f"index      {home}/.cache/paperterm/index" in ran.lines
    assert "clipboard  the terminal (OSC 52), a file" in ran.lines
    assert [line.split(":")[0] for line in ran.lines if line.startswith("✓")] == [
        "✓ marks",
        "✓ catalogue",
        "✓ library",
        "✓ index",
    ]


@pytest.mark.usefixtures("stocked")
def test_a_cut_off_file_of_marks_is_told_and_repaired(run: Run, home: Path) -> None:
    run("bookmark", "2408.08066")
    marks = home / ".local/share/paperterm/marks.db"
    marks.write_bytes(marks.read_bytes()[:4096])
    asked = run("search")
    assert (asked.status, asked.out) == (1, "")
    assert "doctor --repair" in asked.err
    told = run("doctor")
    assert told.status == 1
    assert "✗ marks: " in told.out
    assert marks.stat().st_size == 4096
    mended = run("doctor", "--repair")
    assert mended.status == 0
    assert "set aside as marks.db.damaged-" in mended.out
    assert run("doctor").status == 0
    assert len(run("search").lines) == 4
    assert list(marks.parent.glob("marks.db.damaged-*"))


@pytest.mark.usefixtures("stocked")
def test_a_catalogue_of_rubbish_is_repaired_and_marked_papers_come_back(
    run: Run, home: Path
) -> None:
    run("bookmark", "2408.08066")
    run("tag", "2312.00752", "--add", "ssm")
    (home / ".local/share/paperterm/catalogue.db").write_bytes(b"rubbish" * 1000)
    told = run("doctor")
    assert told.status == 1
    assert "✗ catalogue: " in told.out
    mended = run("doctor", "--repair")
    assert mended.status == 0
    assert "set aside as catalogue.db.damaged-" in mended.out
    found = {line.split("\t")[0] for line in run("search").lines}
    assert {"arxiv:2408.08066", "arxiv:2312.00752"} <= found
    assert run("tag", "2312.00752").lines == ["ssm"]
    assert len(run("search", "is:bookmarked", "retriever").lines) == 1


@pytest.mark.usefixtures("stocked")
def test_a_damaged_index_is_told_and_built_anew(run: Run, home: Path) -> None:
    index = home / ".cache/paperterm/index"
    largest = max((p for p in index.rglob("*") if p.is_file()), key=lambda p: p.stat().st_size)
    content = bytearray(largest.read_bytes())
    content[len(content) // 2] ^= 0xFF
    largest.write_bytes(content)
    assert "✗ index: " in run("doctor").out
    mended = run("doctor", "--repair")
    assert mended.status == 0
    assert "The search index: built." in mended.lines
    assert len(run("search", "mamba").lines) == 2


@pytest.mark.usefixtures("stocked")
def test_a_setting_that_is_wrong_is_told(run: Run, home: Path) -> None:
    settings = home / ".config/paperterm/config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('link = "nowhere"\n')
    ran = run("doctor")
    assert ran.status == 1
    assert "✗ settings: config.toml: link" in ran.out


@pytest.mark.usefixtures("stocked")
def test_without_unicode_the_findings_are_said_in_words(shell: Run) -> None:
    ran = shell("doctor", env={"PYTHONIOENCODING": "ascii"})
    assert ran.status == 0
    assert "\nok marks: " in ran.out


def test_a_home_that_can_not_be_used_is_one_line(run: Run, home: Path) -> None:
    (home / ".local").write_text("a file where the folder should be")
    for command in (["search"], ["tags"], ["import", "x"], ["starter", "add"]):
        ran = run(*command)
        assert (ran.status, ran.out) == (1, "")
        assert len(ran.err.splitlines()) == 1
    assert run("doctor").status == 1


PRIVATE = ("Mamba", "ssm/secret", "a private thought", "eve@", "retrieval of mine")


@pytest.mark.usefixtures("stocked")
def test_what_there_is_of_the_library_is_told(run: Run) -> None:
    run("tag", "2408.08066", "--add", "ssm/secret")
    run("feeds", "add", "hf-search:retrieval of mine")
    told = run("doctor").out
    assert "backup     " in told
    assert "marks on 1 paper" in told
    assert "feed" in told
    assert "marks: " in told


@pytest.mark.usefixtures("stocked")
def test_the_report_has_everything_but_what_is_private(run: Run, home: Path) -> None:
    run("tag", "2408.08066", "--add", "ssm/secret")
    run("note", "2408.08066", "a private thought of eve@example.org")
    run("feeds", "add", "hf-search:retrieval of mine")
    settings = home / ".config/paperterm/config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('mailto = "eve@ex ample"\nlink = "eve@example.org"\n')
    ran = run("doctor", "--json")
    report = json.loads(ran.out)
    assert ran.status == 1
    assert (report["counts"]["papers"], report["counts"]["tags"]) == (4, 2)
    assert report["feeds"]["kinds"]["hf-search"] == 1
    assert report["backups"][0]["papers"] >= 0
    assert {"marks", "catalogue", "index", "settings"} <= {one["name"] for one in report["files"]}
    assert str(home) not in ran.out
    for private in PRIVATE:
        assert private not in ran.out


@pytest.mark.usefixtures("stocked")
def test_the_report_of_a_damaged_library_is_whole(run: Run, home: Path) -> None:
    run("bookmark", "2408.08066")
    marks = home / ".local/share/paperterm/marks.db"
    marks.write_bytes(b"rubbish" * 1000)
    ran = run("doctor", "--json")
    report = json.loads(ran.out)
    assert ran.status == 1
    assert not report["findings"][0]["well"]
    assert "counts" not in report
    mended = run("doctor", "--repair", "--json")
    assert (mended.status, json.loads(mended.out)["counts"]["bookmarked"]) == (0, 1)
    assert "were restored from" in mended.err
