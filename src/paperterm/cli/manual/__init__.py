"""The manual, made from the command line itself: nothing is told of a command in two places.

`pages` walks through the commands, `surroundings` has what stands around them (exit statuses,
environment, files), `roff` is how man pages are written, `command` prints them.
"""
