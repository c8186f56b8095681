"""Addresses of the web, read so strictly that everybody who reads them sees the same."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin

_LONGEST = 8192
"""Characters; no address of a service comes near it."""

# No user, no password, no backslash, nothing that would have to be escaped: parsers differ there.
_ADDRESS = re.compile(
    r"(https?)://(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?"
    r"((?:[/?][A-Za-z0-9._~:/?\[\]@!$&'()*+,;=%-]*)?)",
    re.ASCII | re.IGNORECASE,
)
_LEFT = "%/:?#[]@!$&'()*+,;=~"
"""Characters that stay as they are when what an address can't hold is escaped."""
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """Something that may be asked for, by http or https."""

    scheme: str
    host: str
    port: int
    rest: str
    """From the slash after the host on."""

    @property
    def origin(self) -> tuple[str, str, int]:
        """Whom one talks to there."""
        return (self.scheme, self.host, self.port)

    @property
    def url(self) -> str:
        """The whole, in one normal form."""
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}{self.rest}"

    @property
    def here(self) -> bool:
        """Whether it is on this very machine."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return False

    @property
    def safe(self) -> bool:
        """Whether nobody on the way can read or change what is said."""
        return self.scheme == "https" or self.here


def parse_address(url: str) -> Address | None:
    """What `url` names, its fragment left out; None when it is anything but a plain address."""
    match = _ADDRESS.fullmatch(url.partition("#")[0]) if len(url) <= _LONGEST else None
    if match is None:
        return None
    scheme = match[1].lower()
    port = int(match[3] or _PORTS[scheme])
    if not 0 < port < 65536:
        return None
    rest = match[4] if match[4].startswith("/") else f"/{match[4]}"
    return Address(scheme, match[2].lower(), port, rest)


def next_address(here: Address, location: str) -> Address | None:
    """Where a redirect from `here` to `location` leads; None when that is no plain address."""
    try:
        joined = urljoin(here.url, quote(location.strip(), safe=_LEFT))
    except ValueError:
        return None
    return parse_address(joined)
