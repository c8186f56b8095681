"""The commands for feeds: what they print, and what cron may rely on."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

from werkzeug import Response

from library.arrivals.world import World, json_response, rss, wrapper
from paperterm.web import client
from paperterm.web.services import Service

from .helpers import CONTROLS, point_to

DAILY = "daily-papers"


def every_day(world: World, *numbers: int) -> None:
    """The same papers, listed on whatever day is asked for."""

    def answer(request):
        day = request.args["date"]
        return json_response([wrapper(number, day) for number in numbers])

    world.paths["/api/daily_papers"] = answer


def test_feeds_lists_what_there_is(run):
    ran = run("feeds")
    assert ran.out == "daily-papers\tHugging Face Daily Papers\t0\tnot fetched yet\n"
    assert run("feeds", "list").out == ran.out


def test_a_feed_is_added_paused_resumed_removed_and_brought_back(run):
    assert run("feeds", "add", "arxiv:cs.CL").out.startswith("Added the feed arxiv:cs.CL;")
    assert "there already" in run("feeds", "add", "arXiv:cs.CL").out
    assert run("feeds", "pause", "arxiv:cs.CL").out == "Paused arxiv:cs.CL.\n"
    assert "paused; not fetched yet" in run("feeds").out
    assert run("feeds", "resume", "arxiv:cs.CL").out == "Resumed arxiv:cs.CL.\n"
    removed = run("feeds", "remove", "arxiv:cs.CL").out
    assert removed.endswith("`paperterm feeds add arxiv:cs.CL` brings it back.\n")
    assert len(run("feeds").lines) == 1
    assert run("feeds", "add", "arxiv:cs.CL").status == 0
    assert len(run("feeds").lines) == 2


def test_choosing_a_feed_is_history_and_can_be_taken_back(run, home):
    run("feeds", "add", "arxiv:cs.CL")
    run("feeds", "pause", "daily-papers")
    told = [json.loads(line) for line in run("history", "--json").lines]
    assert [(one["what"], one["papers"]) for one in told] == [
        ("feed paused: daily-papers", 0),
        ("feed added: arxiv:cs.CL", 0),
    ]
    assert run("undo").out == "Took back: feed paused: daily-papers.\n"
    assert run("undo").out == "Took back: feed added: arxiv:cs.CL.\n"
    assert run("feeds").out == "daily-papers\tHugging Face Daily Papers\t0\tnot fetched yet\n"
    assert run("redo").out == "Brought back: feed added: arxiv:cs.CL.\n"
    assert len(run("feeds").lines) == 2


def test_what_is_no_feed_is_bad_usage(run):
    for command in (["feeds", "add", "foo"], ["fetch", "arxiv:cs.CL"], ["feeds", "remove", "x"]):
        ran = run(*command)
        assert (ran.status, ran.out) == (2, "")
        assert "feed" in ran.err


def test_fetch_says_in_a_line_a_feed_what_came(run, world):
    every_day(world, 1, 2)
    world.put("/rss/cs.CL", rss(1, 3))
    run("feeds", "add", "arxiv:cs.CL")
    ran = run("fetch")
    assert ran.lines == ["daily-papers: 2 new, 12 updated", "arxiv:cs.CL: 1 new, 1 updated"]
    assert (ran.status, ran.err) == (0, "")
    assert run("search", "--limit", "1").lines[0].startswith("arxiv:2511.")
    assert "fetched a moment ago" in run("feeds").out


def test_a_feed_that_fails_is_told_of_and_the_others_are_fetched(run, world):
    every_day(world, 1)
    run("feeds", "add", "arxiv:cs.CL")
    world.paths["/rss/cs.CL"] = lambda request: Response("no", 404)
    ran = run("fetch")
    assert ran.status == 1
    assert ran.out == "daily-papers: 1 new, 6 updated\n"
    assert ran.err.startswith("arxiv:cs.CL: arXiv does not have what was asked for; nothing")


def test_offline_is_a_failure_and_says_how_old_what_there_is_is(run, world, home):
    every_day(world, 1)
    assert run("fetch").status == 0
    point_to(home, "http://127.0.0.1:9")
    ran = run("fetch")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "daily-papers: offline; showing what was fetched a moment ago\n"
    assert "offline; showing what was fetched" in run("feeds").out
    assert run("search").lines, "what was fetched is there"


def test_json_tells_the_same_to_programs(run, world, home):
    every_day(world, 1)
    (line,) = run("fetch", "--json").lines
    told = json.loads(line)
    assert (told["feed"], told["new"], told["error"]) == ("daily-papers", 1, None)
    point_to(home, "http://127.0.0.1:9")
    ran = run("fetch", "--json", "daily-papers")
    assert ran.status == 1
    assert json.loads(ran.out)["error"].startswith("Hugging Face can't be reached")
    (state,) = map(json.loads, run("feeds", "--json").lines)
    assert (state["feed"], state["papers"], state["problem"]) == ("daily-papers", 1, "offline")
    assert state["succeeded"].endswith("+00:00")


def test_since_fetches_days_of_before(run, world):
    every_day(world, 1)
    start = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 20 * 86400))
    assert run("fetch", "daily-papers", "--since", start).status == 0
    assert len(world.asked) == 21
    assert run("fetch", "--since", "yesterday").status == 2


def test_paused_feeds_are_fetched_only_by_name(run, world):
    every_day(world, 1)
    run("feeds", "pause", "daily-papers")
    assert run("fetch").out == ""
    assert run("fetch", "daily-papers").status == 0
    assert world.asked


def test_what_services_say_reaches_no_terminal_unclean(run, terminal, world):
    every_day(world)
    evil = {"paper": {"title": "", "id": "\x1b]0;x\x07"}, "title": "\x1b[2J"}
    world.put_json("/api/daily_papers", [evil, wrapper(1)])
    ran = run("fetch")
    assert not CONTROLS.search(ran.out + ran.err)


def test_a_wait_is_counted_down_on_a_terminal(run, terminal, world):
    answers = [Response("", 429, {"retry-after": "3"}), json_response([wrapper(1)])]
    world.paths["/api/papers/search"] = lambda _: answers.pop(0)
    run("feeds", "add", "hf-search:mamba")
    shown = terminal("fetch", "hf-search:mamba").out
    told = [shown.find(f"Hugging Face asks to wait {seconds} s.") for seconds in (3, 2, 1)]
    assert -1 < told[0] < told[1] < told[2]
    last = shown.index("hf-search:mamba: 1 new")
    assert told[2] < last
    assert "asks to wait" not in shown[last:]


def test_a_setting_that_names_no_service_is_bad_usage(run, home):
    config = home / ".config" / "paperterm" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[services]\nhuggingface = "http://example.org"\n')
    ran = run("fetch")
    assert ran.status == 2
    assert "services.huggingface is not the address of a service" in ran.err


def test_ctrl_c_ends_a_wait_and_keeps_whole_days(world, home):
    day = {"first": ""}

    def answer(request):
        asked = request.args["date"]
        day["first"] = day["first"] or asked
        if asked != day["first"]:
            time.sleep(2)
        return json_response([wrapper(1, asked)])

    world.paths["/api/daily_papers"] = answer
    command = [sys.executable, "-m", "paperterm", "fetch"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        end = time.monotonic() + 30
        while len(world.asked) < 2 and time.monotonic() < end:
            time.sleep(0.02)
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert time.monotonic() - started < 1.5
    assert (process.returncode, out, err.strip()) == (130, b"", b"Interrupted.")
    found = subprocess.run([sys.executable, "-m", "paperterm", "search"], capture_output=True)
    assert found.stdout.startswith(b"arxiv:2511.00001\t")


def test_fetch_loads_neither_the_app_nor_what_it_does_not_need():
    code = "import sys, paperterm.cli.feeds; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
    assert not {"textual", "rich", "numpy", "whoosh", "httpx2"} & set(loaded.split())
    assert client.INTERVALS[Service.ARXIV] >= 3


def test_what_is_trending_is_fetched_by_itself(run, world):
    world.days = {"trending": [wrapper(2), wrapper(1)]}
    ran = run("fetch", "--trending")
    assert (ran.status, world.queries()) == (0, ["sort=trending"])
    assert "2 new" in ran.out
    assert run("show", "2511.00002").status == 0
    assert run("fetch", "--trending", "daily-papers").status == 2
    assert run("fetch", "--trending", "--since", "2025-11-01").status == 2


def test_that_what_is_trending_can_not_be_fetched_is_told(run, world):
    world.fail(404)
    ran = run("fetch", "--trending")
    assert (ran.status, ran.out) == (1, "")
    assert "Hugging Face" in ran.err


def test_of_a_feed_only_what_a_saved_search_finds_is_taken_in_as_new(run, world):
    run("searches", "add", "Odd", "title:1 OR title:3")
    assert "only what “Odd” finds" in run("feeds", "add", "arxiv:cs.CL", "--only", "odd").out
    world.put("/rss/cs.CL", rss(1, 2, 3, 4, 5))
    ran = run("fetch", "arxiv:cs.CL")
    assert ran.lines == ["arxiv:cs.CL: 2 new, 0 updated, 2 of 5 kept (“Odd”)"]
    assert len(run("search", "source", "OR", "number").lines) == 2
    told = json.loads(run("fetch", "arxiv:cs.CL", "--json").out)
    assert (told["new"], told["left_out"]) == (0, 3)
    assert "only “Odd”; fetched" in run("feeds").lines[1]
    assert json.loads(run("feeds", "--json").lines[1])["only"] == "Odd"


def test_what_is_in_the_library_is_kept_up_whatever_the_search_finds(run, world):
    world.put("/rss/cs.CL", rss(1))
    run("feeds", "add", "arxiv:cs.CL")
    run("fetch", "arxiv:cs.CL")
    run("searches", "add", "None", "title:zebra")
    every_day(world, 1, 2)
    run("feeds", "only", "daily-papers", "None")
    assert run("fetch", "daily-papers").lines == [
        "daily-papers: 0 new, 7 updated, 0 of 1 kept (“None”)"
    ]


def test_a_feed_takes_all_again_and_follows_a_search_that_is_renamed(run, world):
    run("searches", "add", "Odd", "title:1")
    run("feeds", "add", "arxiv:cs.CL", "--only", "Odd")
    run("searches", "rename", "Odd", "Uneven")
    assert "only “Uneven”" in run("feeds").out
    assert run("feeds", "only", "arxiv:cs.CL").out == (
        "arxiv:cs.CL: all is taken in of what is new there. It was what “Uneven” finds.\n"
    )
    world.put("/rss/cs.CL", rss(1, 2))
    assert run("fetch", "arxiv:cs.CL").lines == ["arxiv:cs.CL: 2 new, 0 updated"]


def test_a_search_that_is_gone_is_an_error_and_never_nothing_new(run, world):
    run("searches", "add", "Odd", "title:1")
    run("feeds", "add", "arxiv:cs.CL", "--only", "Odd")
    run("searches", "remove", "Odd")
    world.put("/rss/cs.CL", rss(1, 2))
    ran = run("fetch", "arxiv:cs.CL")
    assert (ran.status, ran.out) == (1, "")
    assert "saved search “Odd”" in ran.err
    assert "nothing was fetched" in ran.err
    assert "no such search" in run("feeds").out


def test_a_feed_can_only_take_what_a_search_there_is_finds(run):
    for command in (["feeds", "add", "arxiv:cs.CL", "--only", "x"], ["feeds", "only", DAILY, "x"]):
        ran = run(*command)
        assert (ran.status, ran.out) == (2, "")
        assert "There is no saved search 'x'" in ran.err
    assert len(run("feeds").lines) == 1


def test_a_feed_that_is_added_with_a_filter_is_one_action(run):
    run("searches", "add", "odd", "odd")
    run("feeds", "add", "arxiv:cs.CL", "--only", "odd")
    assert run("undo").out.startswith("Took back: feed added: arxiv:cs.CL")
    assert "arxiv:cs.CL" not in run("feeds").out
    run("redo")
    assert [json.loads(line)["only"] for line in run("feeds", "--json").lines] == [None, "odd"]
