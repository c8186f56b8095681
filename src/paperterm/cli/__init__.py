"""The command line: `group.cli` puts it together from a module a group of commands."""
