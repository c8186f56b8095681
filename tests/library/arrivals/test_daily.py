"""Daily Papers: days, weeks and months, whatever the service and the reader do in between."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from werkzeug import Response

from helpers import everything, only, titles
from paperterm.errors import BadAnswer, Cancelled, Offline, SourceError, TooBusy
from paperterm.library.arrivals.outcome import Step
from paperterm.library.feeds import Problem
from paperterm.model.feeds import DAILY
from paperterm.model.paper import Sighting
from paperterm.web.waiting import Caller

from .world import TODAY, json_response, wrapper

DAY = dt.date(2025, 11, 6)
LAST_DAYS = [f"date=2025-11-0{number}" for number in (6, 5, 4, 3, 2, 1)] + ["date=2025-10-31"]


def test_a_first_fetch_brings_the_last_week_newest_day_first(office, world, library):
    world.days = {"2025-11-06": [wrapper(1), wrapper(2)], "2025-11-03": [wrapper(3, "2025-11-03")]}
    fetched = office.fetch(DAILY)
    assert fetched.sentence == "daily-papers: 3 new, 0 updated"
    assert world.queries() == LAST_DAYS
    assert titles(library, "day:2025-11-06") == ["Paper number 1", "Paper number 2"]
    assert titles(library, "day:2025-11-03") == ["Paper number 3"]
    state = library.feeds.named("daily-papers")
    assert (state.papers, state.succeeded, state.through) == (3, TODAY, DAY)
    assert state.sentence(TODAY + dt.timedelta(hours=3)) == "fetched 3 h ago"


def test_what_hugging_face_makes_of_a_paper_is_kept(office, world, library):
    told = wrapper(
        7,
        ai_summary="It piles heaps.",
        ai_keywords=["heaps"],
        githubRepo="https://github.com/a/b",
        projectPage="javascript:alert(1)",
        submittedOnDailyBy={"fullname": "Kurt"},
    )
    world.days = {"2025-11-06": [told]}
    office.fetch(DAILY)
    paper = only(library).paper
    assert (paper.upvotes, paper.comments, paper.submitter) == (7, 1, "Kurt")
    assert (paper.ai_summary, paper.keywords) == ("It piles heaps.", ("heaps",))
    assert (paper.code, paper.project) == ("https://github.com/a/b", None)
    assert paper.sightings == (Sighting("daily-papers", DAY, 0),)


def test_a_day_that_is_over_is_asked_for_once(office, world, clock):
    world.days = {f"2025-11-0{n}": [wrapper(n, f"2025-11-0{n}")] for n in range(1, 7)}
    office.fetch(DAILY)
    world.asked.clear()
    office.fetch(DAILY)
    assert world.queries() == ["date=2025-11-06"], "only today may have changed"
    clock.go(days=1)
    world.asked.clear()
    office.fetch(DAILY)
    assert world.queries() == ["date=2025-11-07", "date=2025-11-06"]
    clock.go(days=1)
    world.asked.clear()
    office.fetch(DAILY)
    assert "date=2025-11-06" not in world.queries(), "it was fetched after it had ended"


def test_an_empty_day_is_no_error_and_is_asked_for_until_it_can_stay_so(office, world, clock):
    world.days = {"2025-11-05": [wrapper(1, "2025-11-05")]}
    assert office.fetch(DAILY).error is None
    clock.go(days=1)
    world.asked.clear()
    office.fetch(DAILY)
    asked = world.queries()
    assert "date=2025-11-06" in asked, "its papers may come late"
    assert "date=2025-11-04" not in asked


def test_after_a_holiday_the_missed_days_come_newest_first(office, world, clock):
    office.fetch(DAILY)
    clock.go(days=14)
    world.asked.clear()
    office.fetch(DAILY)
    asked = [query.removeprefix("date=") for query in world.queries()]
    assert asked == sorted(asked, reverse=True)
    assert set(asked) >= {str(DAY + dt.timedelta(days=n)) for n in range(15)}
    assert min(asked) >= "2025-11-03"


def test_after_a_very_long_holiday_only_so_many_days_come(office, world, clock):
    office.fetch(DAILY)
    clock.go(days=400)
    world.asked.clear()
    office.fetch(DAILY)
    assert len(world.asked) == 60


def test_since_brings_as_many_days_as_are_asked_for_and_none_before_there_were_any(office):
    daily = office._daily
    assert len(daily.missing(DAY, dt.date(2025, 1, 1))) == 310
    assert daily.missing(None, dt.date(1, 1, 1))[-1] == dt.date(2023, 5, 1)


def test_what_was_fetched_before_a_failure_stays_and_is_not_fetched_again(office, world, library):
    days = {f"2025-11-0{n}": [wrapper(n, f"2025-11-0{n}")] for n in range(1, 7)}
    world.days = days
    answer = world.paths["/api/daily_papers"]

    def fails(request):
        return Response("no", 500) if request.args["date"] < "2025-11-04" else answer(request)

    world.paths["/api/daily_papers"] = fails
    fetched = office.fetch(DAILY)
    assert isinstance(fetched.error, BadAnswer)
    assert fetched.tally.new == 3
    assert fetched.sentence.startswith("daily-papers: 3 new, 0 updated, then Hugging Face")
    state = library.feeds.named("daily-papers")
    assert (state.succeeded, state.problem) == (None, Problem.FAILED)
    assert state.sentence(TODAY).endswith("; nothing fetched yet")

    world.paths["/api/daily_papers"] = answer
    world.asked.clear()
    assert office.fetch(DAILY).error is None
    assert world.queries() == [LAST_DAYS[0], *LAST_DAYS[3:]]
    assert library.feeds.named("daily-papers").wrong(TODAY) == ""


def test_a_page_of_another_day_is_not_filed_under_the_day_asked_for(office, world, library):
    """The service may show the last day with papers for one that has none."""
    friday = [wrapper(1, "2025-10-31"), wrapper(2, "2025-10-31")]
    world.days = {"2025-11-01": friday, "2025-11-02": friday, "2025-10-31": friday}
    office.fetch(DAILY)
    assert {entry.paper.day for entry in everything(library)} == {dt.date(2025, 10, 31)}
    assert all(len(entry.paper.sightings) == 1 for entry in everything(library))


def test_a_page_that_names_another_day_is_not_filed_either(office, world, library):
    page = {"dateString": "2025-11-05", "periodType": "day", "dailyPapers": [wrapper(1)]}
    world.put_json("/api/daily_papers", page)
    office.fetch_day(DAY)
    assert everything(library) == []
    office.fetch_day(dt.date(2025, 11, 5))
    assert only(library).paper.day == dt.date(2025, 11, 5)


def test_long_pages_are_read_to_their_end_in_their_order(office, world, library):
    world.days = {"2025-11-06": [wrapper(number) for number in range(250)]}
    fetched = office.fetch_day(DAY)
    assert [asked[-3:] for asked in world.asked] == ["p=0", "p=1", "p=2"]
    assert fetched.keys == [f"arxiv:2511.{number:05}" for number in range(250)]
    assert titles(library, "")[249] == "Paper number 249"


def test_who_gives_the_same_answer_for_ever_is_asked_twice(office, world):
    full = [wrapper(number) for number in range(100)]
    world.paths["/api/daily_papers"] = lambda request: json_response(full)
    assert office.fetch_day(DAY).tally.new == 100
    assert len(world.asked) == 2


def test_a_broken_record_is_refused_and_the_others_are_kept(office, world, library):
    broken = [None, 7, {"paper": None}, {"paper": {"id": {}, "title": ["x"]}}, [], "paper"]
    odd = wrapper(2, authors="Ada", upvotes="many", publishedAt=None, ai_keywords={"a": 1})
    world.days = {"2025-11-06": [*broken, odd, wrapper(3)]}
    fetched = office.fetch(DAILY)
    assert fetched.error is None
    assert (fetched.tally.new, len(fetched.tally.refused)) == (2, len(broken))
    assert titles(library, "") == ["Paper number 2", "Paper number 3"]


@pytest.mark.parametrize(
    "body", ['{"error": "later"}', '[{"paper": {"ti', "<html>", "null", '["a"]', "[" * 10**5]
)
def test_an_answer_that_is_none_is_an_error_and_never_no_news(office, world, library, body):
    world.put("/api/daily_papers", body, "application/json")
    fetched = office.fetch(DAILY)
    assert isinstance(fetched.error, SourceError)
    state = library.feeds.named("daily-papers")
    assert (state.problem, state.succeeded) == (Problem.FAILED, None)


def test_offline_says_so_with_the_age_of_what_there_is(office, offline, world, clock, library):
    world.days = {"2025-11-06": [wrapper(1)]}
    office.fetch(DAILY)
    clock.go(hours=3)
    fetched = offline.fetch(DAILY)
    assert isinstance(fetched.error, Offline)
    told = "offline; showing what was fetched 3 h ago"
    assert fetched.sentence == f"daily-papers: {told}"
    assert library.feeds.named("daily-papers").sentence(clock()) == told
    assert titles(library, "day:2025-11-06") == ["Paper number 1"]


def test_a_service_that_asks_to_wait_is_said_to_and_left_alone(office, world, library, clock):
    world.fail(429, Retry_After="400")
    clock.now = dt.datetime.now(dt.UTC)
    fetched = office.fetch(DAILY)
    assert isinstance(fetched.error, TooBusy)
    assert "Hugging Face asks to wait 7 min" in fetched.state
    state = library.feeds.named("daily-papers")
    assert not state.due(clock() + dt.timedelta(seconds=390))
    assert state.due(clock() + dt.timedelta(seconds=410))


def test_a_short_wait_that_is_asked_for_is_told_and_waited_for(open_office, world):
    world.days = {"2025-11-06": [wrapper(1)]}
    answer = world.paths["/api/daily_papers"]
    busy = Response("no", 429, {"Retry-After": "0", "RateLimit": '"api";r=0;t=1'})

    def busy_once(request):
        return busy if len(world.asked) == 1 else answer(request)

    world.paths["/api/daily_papers"] = busy_once
    assert open_office().fetch_day(DAY).tally.new == 1
    assert len(world.asked) == 2


def test_called_off_it_ends_at_once_and_keeps_whole_days(open_office, world, library):
    world.days = {f"2025-11-0{n}": [wrapper(n, f"2025-11-0{n}")] for n in range(1, 7)}
    cancelled = threading.Event()

    def told(step: Step) -> None:
        if step.what == "2025-11-04":
            cancelled.set()

    office = open_office(caller=Caller(cancelled), told=told)
    with pytest.raises(Cancelled):
        office.fetch(DAILY)
    assert titles(library, "") == ["Paper number 6", "Paper number 5"]
    assert library.feeds.named("daily-papers").problem is Problem.NONE


def test_a_paper_listed_again_is_one_with_its_sightings(office, world, library):
    world.days = {
        "2025-11-06": [wrapper(2), wrapper(1, "2025-11-06", upvotes=9)],
        "2025-11-05": [wrapper(1, "2025-11-05", upvotes=5)],
    }
    office.fetch(DAILY)
    (entry,) = [entry for entry in everything(library) if entry.paper.arxiv_id == "2511.00001"]
    days = [(one.day and one.day.day, one.position) for one in entry.paper.sightings]
    assert (days, entry.paper.upvotes) == ([(5, 0), (6, 1)], 9)


def test_one_day_is_fetched_alone_and_then_is_there_offline(office, offline, world, library):
    world.days = {"2025-09-01": [wrapper(1, "2025-09-01")]}
    day = dt.date(2025, 9, 1)
    assert office.fetch_day(day).tally.new == 1
    assert library.feeds.named("daily-papers").succeeded is None, "the feed is not up to date"
    again = offline.fetch_day(day)
    assert (again.error, again.asked) == (None, False)
    assert isinstance(offline.fetch_day(day, again=True).error, Offline)


@pytest.mark.parametrize("day", [dt.date(2025, 11, 7), dt.date(2023, 4, 30), dt.date.max])
def test_a_day_that_has_no_page_is_not_asked_for(office, world, day):
    assert not office.fetch_day(day).asked
    assert world.asked == []


def test_a_week_files_its_papers_under_their_days_and_keeps_its_order(office, world, library):
    world.days = {
        "2025-W45": [wrapper(1, "2025-11-04"), wrapper(2, "2025-11-03")],
        "2025-11-04": [wrapper(3, "2025-11-04"), wrapper(1, "2025-11-04")],
    }
    fetched = office.fetch_week(DAY)
    assert fetched.keys == ["arxiv:2511.00001", "arxiv:2511.00002"]
    assert titles(library, "day:2025-11-03") == ["Paper number 2"]
    office.fetch_day(dt.date(2025, 11, 4))
    day = titles(library, "day:2025-11-04")
    assert day == ["Paper number 3", "Paper number 1"], "the day's own order counts"


def test_a_month_and_what_is_trending_are_asked_for_by_their_names(office, world):
    world.days = {"2025-11": [wrapper(1)], "trending": [wrapper(2)]}
    assert office.fetch_month(DAY).keys == ["arxiv:2511.00001"]
    assert office.fetch_trending().keys == ["arxiv:2511.00002"]
    assert world.queries() == ["month=2025-11", "sort=trending"]


def test_a_week_that_can_not_be_fetched_now_has_the_order_it_had(office, open_office, world):
    world.days = {"2025-W45": [wrapper(2), wrapper(1)]}
    keys = office.fetch_week(DAY).keys
    world.fail(500)
    fetched = open_office().fetch_week(DAY)
    assert isinstance(fetched.error, BadAnswer)
    assert fetched.keys == keys


def test_progress_is_told_day_by_day(open_office, world):
    steps: list[Step] = []
    open_office(told=steps.append).fetch(DAILY)
    assert [step.what for step in steps] == [day.removeprefix("date=") for day in LAST_DAYS]
    assert (steps[3].feed, steps[3].done, steps[3].total) == ("daily-papers", 3, 7)


def test_what_has_not_changed_is_not_sent_again(office, world):
    body = json_response([wrapper(1)]).get_data()
    sent: list[int] = []

    def answer(request):
        same = request.headers.get("If-None-Match") == '"v1"'
        sent.append(304 if same else 200)
        kind = {"content-type": "application/json", "ETag": '"v1"'}
        return Response(b"" if same else body, sent[-1], kind)

    world.paths["/api/daily_papers"] = answer
    assert office.fetch_day(DAY).tally.new == 1
    assert office.fetch_day(DAY).tally.unchanged == 1
    assert sent == [200, 304]
