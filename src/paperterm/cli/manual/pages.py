"""Every page of the manual, made of what click knows of the commands."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass

import click

from paperterm import __version__
from paperterm.cli.failures import STATUSES
from paperterm.cli.manual import roff
from paperterm.cli.manual.surroundings import ELSEWHERE, ENVIRONMENT, FILES
from paperterm.library.settings import SETTINGS, Setting

_HELP = roff.synopsis("--help")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A command as it is called."""

    command: click.Command
    context: click.Context

    @property
    def name(self) -> str:
        """``paperterm feeds add``."""
        return self.context.command_path

    @property
    def usage(self) -> str:
        """``paperterm feeds add [OPTIONS] FEED``."""
        return " ".join([self.name, *self.command.collect_usage_pieces(self.context)])

    @property
    def below(self) -> list[Spoken]:
        """The commands that it is made of."""
        if not isinstance(self.command, click.Group):
            return []
        names = self.command.list_commands(self.context)
        found = ((name, self.command.get_command(self.context, name)) for name in names)
        return [
            Spoken(command, click.Context(command, self.context, name))
            for name, command in found
            if command and not command.hidden
        ]


def whole(program: click.Command, name: str) -> str:
    """One page that tells everything."""
    root = _root(program, name)
    lines = [*_beginning(root), *_options(root), roff.section("COMMANDS")]
    lines += [line for each in root.below for line in _commands(each)]
    return _joined([*lines, *_surroundings()])


def single(program: click.Command, name: str) -> dict[str, str]:
    """A page a command and one of the program, by the names of their files."""
    root = _root(program, name)
    lines = [*_beginning(root), *_options(root), roff.section("COMMANDS")]
    lines += roff.terms(
        (roff.bold(_page(one)) + "(1)", one.command.get_short_help_str(200)) for one in root.below
    )
    pages = {_page(root): _joined([*lines, *_surroundings()])}
    for one in root.below:
        lines = [*_beginning(one), *_options(one)]
        if one.below:
            lines.append(roff.section("COMMANDS"))
            lines += [line for each in one.below for line in _commands(each)]
        also = [roff.section("SEE ALSO"), f"{roff.bold(name)}(1)"]
        pages[_page(one)] = _joined([*lines, *also])
    return {f"{name}.1": text for name, text in pages.items()}


def _root(program: click.Command, name: str) -> Spoken:
    return Spoken(program, click.Context(program, info_name=name))


def _page(one: Spoken) -> str:
    return one.name.replace(" ", "-")


def _beginning(one: Spoken) -> Iterator[str]:
    yield roff.head(_page(one), __version__)
    yield roff.section("NAME")
    does = one.command.get_short_help_str(200).rstrip(".")
    yield rf"{roff.escaped(_page(one))} \- {roff.prose(does)}"
    yield roff.section("SYNOPSIS")
    yield roff.synopsis(one.usage)
    yield roff.section("DESCRIPTION")
    yield from roff.paragraphs(_help(one))


def _options(one: Spoken) -> Iterator[str]:
    yield roff.section("OPTIONS")
    yield from roff.terms(_records(one))


def _commands(one: Spoken) -> Iterator[str]:
    """A command within a page, and all below it. What every command has is not told of each."""
    yield roff.subsection(one.usage)
    yield from roff.paragraphs(_help(one))
    yield from roff.terms(pair for pair in _records(one) if pair[0] != _HELP)
    for each in one.below:
        yield from _commands(each)


def _records(one: Spoken) -> Iterator[tuple[str, str]]:
    for parameter in one.command.get_params(one.context):
        record = parameter.get_help_record(one.context)
        if record and isinstance(parameter, click.Option):  # what arguments are, the text tells
            yield roff.synopsis(record[0]), record[1]


def _help(one: Spoken) -> str:
    return inspect.cleandoc(one.command.help or "")


def _surroundings() -> Iterator[str]:
    yield roff.section("EXIT STATUS")
    yield from roff.terms((roff.bold(str(code)), meaning) for code, meaning in STATUSES.items())
    yield roff.section("ENVIRONMENT")
    yield from roff.terms((roff.bold(name), meaning) for name, meaning in ENVIRONMENT.items())
    yield roff.section("SETTINGS")
    yield from roff.terms((roff.bold(one.name), _setting(one)) for one in SETTINGS)
    yield roff.section("FILES")
    yield from roff.terms((roff.bold(str(path)), meaning) for path, meaning in FILES.items())
    yield from roff.paragraphs(ELSEWHERE)


def _setting(one: Setting) -> str:
    default = str(one.default) if isinstance(one.default, str) else ""
    return f"{one.means} By default: {default}." if default else one.means


def _joined(lines: list[str]) -> str:
    """All of a page. A heading begins a paragraph by itself."""
    begun = [True, *(line.startswith((".SH", ".SS")) for line in lines)]
    kept = (line for line, after in zip(lines, begun, strict=False) if line != ".PP" or not after)
    return "".join(f"{line}\n" for line in kept)
