"""What paperterm asks of click beyond its defaults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from paperterm.cli.output import ClosedPipe


class Commands(click.Group):
    """A group that imports a command when it is asked for.

    It lets `ClosedPipe` out where click would end the program with status 1.
    """

    def __init__(self, *args: Any, places: Mapping[str, str], **extra: Any) -> None:
        """`places` says of each command where it is: ``module:name``, in this package."""
        super().__init__(*args, **extra)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """As click's."""
        return sorted(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """As click's."""
        if cmd_name not in self._places:
            return None
        module, _, name = self._places[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"{__package__}.{module}"), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click's; a name that does not exist is told with those that are like it."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            raise click.exceptions.NoSuchCommand(
                args[0], possibilities=self.list_commands(ctx), ctx=ctx
            ) from error

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """As click's; help and version are printed in here."""
        with _pipes_told():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """As click's."""
        with _pipes_told():
            return super().invoke(ctx)


@contextmanager
def _pipes_told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise ClosedPipe from error


class QueryCommand(click.Command):
    """A command whose arguments are a query: ``-word`` leaves out a word and is no option.

    Options are the long ones, and `SHORT` where it stands alone; everything after ``--`` is query.
    A long option that does not exist is an error, not a word, so that a slip of the finger shows.
    """

    SHORT = {"-o": "--output"}  # noqa: RUF012

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.context_settings = {**self.context_settings, "ignore_unknown_options": True}

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click's, with ``-word`` passed through."""
        end = args.index("--") if "--" in args else len(args)
        known = {name for param in self.get_params(ctx) for name in param.opts}
        ours = [short if (short := self.SHORT.get(arg)) in known else arg for arg in args[:end]]
        for name in (arg.partition("=")[0] for arg in ours if arg.startswith("--")):
            if name not in known and not ctx.resilient_parsing:
                raise click.NoSuchOption(name, possibilities=sorted(known), ctx=ctx)
        return super().parse_args(ctx, [str(arg) for arg in ours] + args[end:])
