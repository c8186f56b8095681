"""Services that are busy or fail: asked again, when they want it, if they want it."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperterm.errors import BadAnswer, TooBusy
from paperterm.web.answers import JSON
from paperterm.web.asked import budget_spent, seconds_asked
from paperterm.web.services import Service
from paperterm.web.waiting import Why

from .helpers import HURRIED, client_of, says, whole

FINE = says(whole(b"[]"))


def answers(status: str, *headers: str):
    lines = "".join(f"{header}\r\n" for header in headers)
    return says(f"HTTP/1.1 {status} Sorry\r\n{lines}Content-Length: 0\r\n\r\n".encode())


@pytest.fixture
def ask(speaker, tmp_path):
    """Asks a server with such handlers; the server and the waits there were, by their reason."""

    def ask(*handlers, service=Service.HUGGINGFACE, patience=HURRIED):
        server = ask.server = speaker(*handlers)
        ask.waits = []
        ask.client = client_of(server.base, tmp_path, patience=patience)
        answer = ask.client.get(server.base, service=service, accept=JSON, waiting=ask.waits.append)
        assert answer.body == b"[]"
        return server.arrivals

    return ask


def in_a_while(seconds: float) -> str:
    return format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize("status", ["429", "503"])
@pytest.mark.parametrize("service", [Service.HUGGINGFACE, Service.ARXIV])
def test_a_service_is_given_the_time_it_asks_for(ask, status, service):
    first, second = ask(answers(status, "Retry-After: 1"), FINE, service=service)
    assert 1 <= second - first < 1.5
    (wait,) = ask.waits
    assert wait.why is Why.ASKED
    assert wait.sentence == f"{service.label} asks to wait 1 s."
    assert 0.9 < wait.seconds <= 1.01


def test_the_time_may_be_given_as_a_date(ask):
    first, second = ask(answers("429", f"Retry-After: {in_a_while(2)}"), FINE)
    assert 0.9 < second - first < 2.1


def test_a_date_counts_by_the_clock_of_the_service(ask):
    headers = ("Date: Thu, 06 Nov 2025 08:00:00 GMT", "Retry-After: Thu, 06 Nov 2025 08:00:01 GMT")
    first, second = ask(answers("503", *headers), FINE)
    assert 1 <= second - first < 1.5


def test_hugging_faces_own_header_says_it_too(ask):
    limit = ('RateLimit: "api";r=0;t=1', 'RateLimit-Policy: "fixed window";"api";q=500;w=300')
    first, second = ask(answers("429", *limit), FINE)
    assert 1 <= second - first < 1.5


@pytest.mark.parametrize("headers", [(), ("Retry-After: soon",), ('RateLimit: "api";r=7;t=55',)])
def test_a_service_that_does_not_say_how_long_is_given_a_while(ask, headers):
    patience = replace(HURRIED, pause=0.1)
    first, second, third = ask(
        answers("429", *headers), answers("429", *headers), FINE, patience=patience
    )
    assert 0.05 <= second - first < 0.4
    assert 0.1 <= third - second < 0.6


def test_a_time_that_is_too_long_is_said_and_not_slept(ask):
    with pytest.raises(TooBusy, match=r"^Hugging Face asks for fewer requests; it may") as caught:
        ask(answers("429", "Retry-After: 55"))
    left = caught.value.retry_at - dt.datetime.now(dt.UTC)
    assert 50 < left.total_seconds() <= 55
    assert len(ask.server.arrivals) == 1


def test_while_a_service_wants_to_be_left_alone_nobody_asks_it(ask):
    with pytest.raises(TooBusy):
        ask(answers("429", "Retry-After: 55"))
    with pytest.raises(TooBusy) as caught:
        ask.client.get(ask.server.base, service=Service.HUGGINGFACE, accept=JSON)
    left = caught.value.retry_at - dt.datetime.now(dt.UTC)
    assert 50 < left.total_seconds() <= 55.01
    assert len(ask.server.arrivals) == 1


def test_another_service_is_asked_meanwhile(ask):
    with pytest.raises(TooBusy):
        ask(answers("429", "Retry-After: 55"), FINE)
    ask.client.get(ask.server.base, service=Service.CROSSREF, accept=JSON)


def test_a_service_that_asks_for_a_lifetime_gets_an_hour(ask):
    with pytest.raises(TooBusy) as caught:
        ask(answers("429", "Retry-After: 999999999"))
    assert caught.value.retry_at > dt.datetime.now(dt.UTC) + dt.timedelta(days=300)
    with pytest.raises(TooBusy) as caught:
        ask.client.get(ask.server.base, service=Service.HUGGINGFACE, accept=JSON)
    left = caught.value.retry_at - dt.datetime.now(dt.UTC)
    assert 3500 < left.total_seconds() <= 3601


def test_a_service_that_stays_busy_is_given_up(ask):
    with pytest.raises(TooBusy) as caught:
        ask(answers("503", "Retry-After: 0"))
    assert len(ask.server.arrivals) == HURRIED.tries
    assert caught.value.retry_at > dt.datetime.now(dt.UTC) + dt.timedelta(seconds=50)


@pytest.mark.parametrize("status", ["500", "502", "504"])
def test_a_service_that_fails_may_do_better_next_time(ask, status):
    assert len(ask(answers(status), answers(status), FINE)) == 3
    assert [wait.why for wait in ask.waits] == [Why.AGAIN, Why.AGAIN]
    assert ask.waits[0].sentence == "Hugging Face did not answer; trying again in 1 s."


def test_a_service_that_keeps_failing_is_given_up(ask):
    with pytest.raises(BadAnswer, match="does not work at the moment") as caught:
        ask(answers("500"))
    assert caught.value.status == 500
    assert len(ask.server.arrivals) == HURRIED.tries


def test_the_pauses_grow(ask):
    with pytest.raises(BadAnswer):
        ask(answers("500"), patience=replace(HURRIED, pause=0.1))
    first, second, third = (wait.seconds for wait in ask.waits)
    assert 0.05 <= first <= 0.15
    assert 0.1 <= second <= 0.3
    assert 0.2 <= third <= 0.6


@pytest.mark.parametrize("status", ["400", "404", "501"])
def test_what_will_not_change_is_not_asked_again(ask, status):
    with pytest.raises(BadAnswer):
        ask(answers(status))
    assert len(ask.server.arrivals) == 1


def test_the_last_request_of_a_budget_is_followed_by_a_wait(ask):
    spent = whole(b"[]", b'HTTP/1.1 200 OK\r\nRateLimit: "api";r=0;t=1\r\n')
    (first,) = ask(says(spent), FINE)
    ask.client.get(ask.server.base, service=Service.HUGGINGFACE, accept=JSON)
    assert 1 <= ask.server.arrivals[1] - first < 1.5


def test_waiting_for_nobody_in_particular_is_allowed(speaker, tmp_path):
    server = speaker(answers("500"), FINE)
    began = time.monotonic()
    client_of(server.base, tmp_path).get(server.base, service=Service.ARXIV, accept=JSON)
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        (" 7 ", 7),
        ("Thu, 06 Nov 2025 08:01:00 GMT", 60),
        ("Thu, 06 Nov 2025 08:01:00", 60),
        ("Thu, 06 Nov 2025 09:01:00 +0100", 60),
        ("Thursday, 06-Nov-25 08:01:00 GMT", 60),
        ("Thu Nov  6 08:01:00 2025", 60),
        ("Thu, 06 Nov 2025 07:00:00 GMT", 0),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("٣", None),
        ("9" * 400, None),
        ("Thu, 99 Nov 2025 08:01:00 GMT", None),
        ("Thu, 06 Nov 2025 08:01:00 +99999999999", None),
    ],
)
def test_how_long_a_service_asks_to_wait(value, seconds):
    headers = {"retry-after": value, "date": "Thu, 06 Nov 2025 08:00:00 GMT"}
    assert seconds_asked(headers) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ('"api";r=0;t=55', 55),
        ('"api"; r=0; t=55', 55),
        ('"api";t=55;r=0', 55),
        ('"pages";r=0;t=5, "api";r=0;t=55', 55),
        ('"pages";r=9;t=300, "api";r=0;t=5', 5),
        ('"api";r=1;t=55', None),
        ('"api";r=0', None),
        ('"api";r=0;t=x', None),
        ('"api";r=00000000000;t=5', None),
        ("", None),
    ],
)
def test_when_a_budget_is_spent(value, seconds):
    assert budget_spent({"ratelimit": value}) == seconds


@given(st.text(), st.text())
def test_no_header_is_too_strange(value, date):
    headers = {"retry-after": value, "ratelimit": value, "date": date}
    for seconds in (seconds_asked(headers), budget_spent(headers)):
        assert seconds is None or seconds >= 0
