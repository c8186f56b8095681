"""What a process does that asks arXiv: `asking.py BASE STATE INTERVAL TIMES`."""

from __future__ import annotations

import sys
from pathlib import Path

from helpers import client_of
from paperterm.web.answers import JSON
from paperterm.web.services import Service


def main(base: str, state: str, interval: str, times: str) -> None:
    intervals = dict.fromkeys(Service, float(interval))
    client = client_of(base, Path(state), intervals=intervals)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for _ in range(int(times)):
        client.get(base, service=Service.ARXIV, accept=JSON)
    sys.stdout.write("done\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
