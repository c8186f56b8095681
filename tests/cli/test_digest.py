"""The digest: what is new, for cron and mail."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from library.arrivals.world import World, json_response, wrapper
from paperterm.library import when

from .helpers import CONTROLS, HOSTILE, Ran, Run, point_to


def paper(number: int, title: str, **facts: object) -> dict[str, object]:
    return {"title": title, "arxiv_id": f"2511.{number:05}", "published": "2025-11-05", **facts}


def put(run: Run, tmp_path: Path, *papers: dict[str, object]) -> None:
    """Import papers, and leave daily-papers alone."""
    file = tmp_path / "papers.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in papers))
    assert run("import", str(file)).status == 0
    run("feeds", "pause", "daily-papers")


def titles(told: Ran) -> list[str]:
    """As they are listed, whatever the form."""
    return re.findall(r"^\* (.*)$", told.out, re.MULTILINE)


def test_only_what_has_come_since_the_last_digest_is_told(run: Run, tmp_path: Path) -> None:
    put(run, tmp_path, paper(1, "First"))
    ran = run("digest")
    assert (ran.status, ran.err) == (0, "")
    assert ran.lines[0].startswith("1 new paper in the last 7 days (")
    assert titles(ran) == ["First"]
    put(run, tmp_path, paper(1, "First"), paper(2, "Second"))
    ran = run("digest")
    assert ran.lines[0].startswith("1 new paper since the last digest (")
    assert titles(ran) == ["Second"]


def test_nothing_new_is_no_error_and_no_output(run: Run, tmp_path: Path) -> None:
    put(run, tmp_path, paper(1, "First"))
    run("digest")
    ran = run("digest")
    assert (ran.status, ran.out) == (3, "")
    assert ran.err == "Nothing new since the last digest.\n"
    told = json.loads(run("digest", "--format", "json").out)
    assert (told["new"], told["sections"], told["troubles"]) == (0, [], [])
    file = tmp_path / "digest.txt"
    file.write_text("as before")
    assert run("digest", "--output", str(file)).status == 3
    assert file.read_text() == "as before"


def test_the_best_come_first_and_searches_before_the_rest(run: Run, tmp_path: Path) -> None:
    run("searches", "add", "Mamba", "title:mamba")
    run("searches", "add", "Liked", "upvotes:>5")
    put(
        run,
        tmp_path,
        paper(1, "Plain", upvotes=1, comments=9),
        paper(2, "Better", upvotes=2),
        paper(3, "Talked of", upvotes=1, comments=10),
        paper(4, "A mamba", upvotes=7),
        paper(5, "Another mamba", upvotes=9),
        paper(6, "Liked alone", upvotes=6),
    )
    ran = run("digest")
    assert titles(ran) == [
        "Another mamba", "A mamba", "Liked alone", "Better", "Talked of", "Plain",
    ]  # fmt: skip
    headings = [ran.lines[at - 1] for at, line in enumerate(ran.lines) if re.match("^---", line)]
    assert headings == [
        "Mamba: 2 new papers",
        "Liked: 1 new paper",
        "Imported or added by name: 3 new papers",
    ]
    assert "also in “Liked”" in ran.out


def test_a_digest_can_be_of_a_query_which_has_its_own_beginning(run: Run, tmp_path: Path) -> None:
    put(run, tmp_path, paper(1, "A mamba"), paper(2, "A gnu"))
    assert titles(run("digest", "--query", "mamba")) == ["A mamba"]
    assert run("digest", "--query", "mamba").status == 3
    assert sorted(titles(run("digest"))) == ["A gnu", "A mamba"]


def test_what_is_kept_is_told_again_and_what_is_marked_is_not(run: Run, tmp_path: Path) -> None:
    put(run, tmp_path, paper(1, "First"))
    assert titles(run("digest", "--keep")) == ["First"]
    assert titles(run("digest", "--days", "2")) == ["First"]
    assert titles(run("digest", "--since", "2020-01-01")) == ["First"]
    assert run("digest", "--since", "2999-01-01").status == 3
    assert titles(run("digest", "--days", "2", "--mark")) == ["First"]
    assert run("digest").status == 3
    for wrong in (["--keep", "--mark"], ["--since", "2020-01-01", "--days", "2"]):
        assert run("digest", *wrong).status == 2


def test_a_limit_says_how_many_there_are_besides(run: Run, tmp_path: Path) -> None:
    put(run, tmp_path, *(paper(number, f"No. {number}", upvotes=number) for number in range(1, 6)))
    ran = run("digest", "--limit", "2")
    assert titles(ran) == ["No. 5", "No. 4"]
    assert "… and 3 more" in ran.lines
    assert ran.lines[0].startswith("5 new papers")


def test_a_digest_that_could_not_be_written_is_told_again(run: Run, tmp_path: Path) -> None:
    put(run, tmp_path, paper(1, "First"))
    ran = run("digest", "--output", str(tmp_path / "no such folder" / "digest.txt"))
    assert (ran.status, ran.out) == (1, "")
    assert "can't be written" in ran.err
    file = tmp_path / "digest.txt"
    assert run("digest", "--output", str(file)).out == f"Wrote 1 new paper to {file}.\n"
    assert "* First" in file.read_text().splitlines()
    assert run("digest").status == 3


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk_behind_a_pipe_is_an_error_and_the_digest_is_told_again(
    run: Run, shell: Run, tmp_path: Path
) -> None:
    put(run, tmp_path, paper(1, "First"))
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "paperterm", "digest"], stdout=full, stderr=subprocess.PIPE
        )
    assert done.returncode == 1
    assert titles(shell("digest")) == ["First"]


def test_a_paper_that_was_taken_out_is_not_new(run: Run, tmp_path: Path) -> None:
    put(run, tmp_path, paper(1, "First"), paper(2, "Second"))
    run("remove", "2511.00001")
    assert titles(run("digest")) == ["Second"]


# Feeds


def days(world: World, papers: dict[str, Iterable[int]]) -> None:
    def answer(request):
        day = request.args["date"]
        return json_response([wrapper(number, day) for number in papers.get(day, ())])

    world.paths["/api/daily_papers"] = answer


def test_papers_stand_under_their_feed_and_day_the_newest_first(run: Run, world: World) -> None:
    days(world, {"2025-11-05": [1, 2], "2025-11-06": [3]})
    run("fetch", "--since", "2025-11-04")
    ran = run("digest")
    assert titles(ran) == ["Paper number 3", "Paper number 2", "Paper number 1"]
    assert "daily-papers, Thu 6 Nov 2025: 1 new paper" in ran.lines
    assert "daily-papers, Wed 5 Nov 2025: 2 new papers" in ran.lines
    assert "Papers may be missing" not in ran.out


def test_a_feed_in_trouble_is_told_of_and_is_never_nothing_new(
    run: Run, world: World, home: Path
) -> None:
    ran = run("digest")
    assert ran.status == 0
    assert "- daily-papers: not fetched yet" in ran.lines
    days(world, {})
    run("fetch")
    assert run("digest").status == 3
    point_to(home, "http://127.0.0.1:9")
    assert run("fetch").status == 1
    ran = run("digest")
    assert ran.status == 0
    assert ran.lines[0].startswith("No new papers since the last digest")
    assert re.search(r"- daily-papers: offline; nothing fetched since \d+ \w+ \d{4}", ran.out)


def test_a_feed_that_nobody_has_asked_for_days_is_told_of(
    run: Run, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    days(world, {})
    run("fetch")
    assert run("digest").status == 3
    later = when.now() + dt.timedelta(days=2)
    monkeypatch.setattr("paperterm.library.digesting.now", lambda: later)
    ran = run("digest")
    assert ran.status == 0
    assert re.search(r"- daily-papers: nothing fetched since \d+ \w+ \d{4}", ran.out)
    run("feeds", "pause", "daily-papers")
    assert run("digest").status == 3


# Forms


class Page(HTMLParser):
    """What a browser would make of it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not any(name.startswith("on") for name, _ in attrs)


EVIL = '<script>alert(1)</script> <img src=x onerror=y> [a](javascript:b) `c` & "d"'


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_what_papers_say_stays_words_in_every_form(run: Run, tmp_path: Path, form: str) -> None:
    run("searches", "add", "<b>All</b>", "is:unread")
    put(
        run,
        tmp_path,
        paper(1, EVIL, abstract=EVIL, authors=[EVIL]),
        {"title": HOSTILE, "abstract": HOSTILE, "url": "javascript:alert(1)"},
    )
    file = tmp_path / "digest"
    ran = run("digest", "--keep", "--format", form)
    assert not CONTROLS.search(ran.out)
    assert run("digest", "--format", form, "-o", str(file)).status == 0
    assert file.read_text() == ran.out
    if form == "html":
        page = Page()
        page.feed(ran.out)
        assert not page.tags & {"script", "img", "b"}
        assert page.links
        assert all(link.startswith("https://") for link in page.links)
    elif form == "markdown":
        meant = re.sub(r"\\.", "", ran.out)
        assert not re.search(r"<(?!https:)|`|\]\((?!<https:)|&", meant)
        assert "\\[a\\](javascript" in ran.out
        assert "\\`c\\` \\&" in ran.out
    elif form == "json":
        told = json.loads(ran.out)
        assert told["sections"][0]["papers"][0]["id"] == "arxiv:2511.00001"


def test_html_is_ascii_where_the_output_takes_no_more(run: Run, shell: Run, tmp_path: Path) -> None:
    put(run, tmp_path, paper(1, "Größe"))
    env = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    ran = shell("digest", "--format", "html", env=env)
    assert ran.status == 0
    assert "Gr&#246;&#223;e" in ran.out
