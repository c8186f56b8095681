"""The reader's file of settings, with all that can be said of it from here."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import fields

from paperterm.cli import app
from paperterm.errors import UsageError
from paperterm.library.config_file import ConfigFile, Part
from paperterm.library.paths import Paths
from paperterm.web.services import Services, services


def config_file(paths: Paths) -> ConfigFile:
    """The file, with the services and the actions that may stand in it."""
    return ConfigFile(
        paths.settings,
        paths.state,
        lambda table: [*_wrong_services(table), *_wrong_keys(table)],
        {"services": _services(), "keys": _keys()},
    )


def _services() -> dict[str, Part]:
    endpoint = os.environ.get("HF_ENDPOINT", "").strip() or None
    return {
        one.name: Part(
            one.default,
            f"Base address of {one.name}.",
            endpoint if one.name == "huggingface" else None,
        )
        for one in fields(Services)
    }


def _keys() -> dict[str, Part]:
    rows, _ = app.keys({})
    return {
        row.action: Part(
            row.own[0] if len(row.own) == 1 else list(row.own), f"{row.does}.", always=False
        )
        for row in rows
    }


def _wrong_services(table: Mapping[str, object]) -> Iterator[str]:
    told = table.get("services")
    for name, value in told.items() if isinstance(told, dict) else ():
        try:
            services({name: value}, {})
        except UsageError as error:
            yield f"config.toml: {str(error)[0].lower()}{str(error)[1:]}"


def _wrong_keys(table: Mapping[str, object]) -> tuple[str, ...]:
    told = table.get("keys")
    return app.keys(told)[1] if isinstance(told, dict) else ()
