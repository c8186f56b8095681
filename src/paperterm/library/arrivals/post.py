"""Whom to ask, for whom, and who holds the library meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from paperterm.errors import SourceError
from paperterm.library.paths import Paths
from paperterm.library.settings import Settings
from paperterm.sources import xml_bounds
from paperterm.web.answers import XML, Answer, Kind
from paperterm.web.cache import Cache
from paperterm.web.client import INTERVALS, LARGEST, Client
from paperterm.web.keeping import Keeper
from paperterm.web.services import Service, Services, services
from paperterm.web.waiting import Caller, Patience

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Errand:
    """Asks the services for somebody, who can call it off and is told of waits."""

    keeper: Keeper
    services: Services
    caller: Caller = field(default_factory=Caller)

    def get(
        self,
        url: str,
        service: Service,
        accept: Kind,
        *,
        fresh_for: float = 0.0,
        most: int = LARGEST,
    ) -> Answer:
        """As `Keeper.get`."""
        return self.keeper.get(
            url,
            service=service,
            accept=accept,
            fresh_for=fresh_for,
            most=most,
            cancelled=self.caller.cancelled,
            waiting=self.caller.waiting,
        )

    def read(
        self,
        url: str,
        service: Service,
        accept: Kind,
        parse: Callable[[bytes], Result],
        *,
        fresh_for: float = 0.0,
    ) -> Result:
        """What `parse` makes of the document at `url`; raises as `get` and as `parse` does.

        What was kept and can't be read is asked for again: a service may have said that something
        was wrong with it, in the form of an answer.
        """

        def bounded(body: bytes) -> Result:
            if accept is XML:
                xml_bounds.check(body, f"The answer of {service}")
            return parse(body)

        answer = self.get(url, service, accept, fresh_for=fresh_for)
        try:
            return bounded(answer.body)
        except SourceError:
            if not (fresh_for and answer.not_modified):
                raise
        return bounded(self.get(url, service, accept).body)


def errand_for(
    paths: Paths,
    settings: Settings,
    environment: Mapping[str, str],
    caller: Caller,
    *,
    patience: Patience = Patience(),  # noqa: B008 - a frozen value
    intervals: Mapping[Service, float] | None = None,
) -> Errand:
    """An errand for the reader who has these folders, settings and environment.

    Raises `UsageError` for settings that name no service or no address.
    """
    where = services(settings.services, environment)
    client = Client(
        where,
        paths.state,
        mailto=settings.mailto,
        patience=patience,
        intervals=INTERVALS if intervals is None else intervals,
    )
    return Errand(Keeper(client, Cache(paths.cache / "web")), where, caller)
