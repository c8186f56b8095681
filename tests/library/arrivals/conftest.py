from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytest_httpserver import HTTPServer

from paperterm.library.arrivals.office import Office
from paperterm.library.arrivals.post import errand_for
from paperterm.library.door import Library
from paperterm.library.settings import Settings
from paperterm.web.services import Service
from paperterm.web.waiting import Caller, Patience

from .world import Stopwatch, World

HURRIED = Patience(connect=2, silence=5, whole=5, asked=0.5, tries=2, pause=0.01)
NOWHERE = "http://127.0.0.1:9"
"""Where nobody listens."""


@pytest.fixture(autouse=True)
def no_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a reader's own environment says must not matter."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "HF_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture(scope="session")
def server() -> Iterator[HTTPServer]:
    """With threads: an answer that takes long must not keep the next question waiting."""
    with HTTPServer(threaded=True) as server:
        yield server


@pytest.fixture
def world(server: HTTPServer) -> Iterator[World]:
    yield World(server)
    server.clear()


@pytest.fixture
def clock() -> Stopwatch:
    return Stopwatch()


@pytest.fixture
def open_office(library: Library, world: World, clock: Stopwatch) -> Callable[..., Office]:
    """An office of the library's, whose services are the world's; `base` puts them elsewhere."""

    def open_office(base: str = world.base, caller: Caller | None = None, **more) -> Office:
        names = ("huggingface", "arxiv_api", "arxiv_rss", "crossref")
        errand = errand_for(
            library.paths,
            Settings(services=dict.fromkeys(names, base)),
            {},
            caller or Caller(),
            patience=HURRIED,
            intervals=dict.fromkeys(Service, 0.0),
        )
        more.setdefault("clock", clock)
        return Office(errand, lambda work: work(library), **more)

    return open_office


@pytest.fixture
def office(open_office: Callable[..., Office]) -> Office:
    return open_office()


@pytest.fixture
def offline(open_office: Callable[..., Office]) -> Office:
    """An office that reaches nobody."""
    return open_office(NOWHERE)
