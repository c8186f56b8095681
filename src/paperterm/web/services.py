"""Which services there are, where they are, and which addresses belong to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from paperterm.errors import UsageError
from paperterm.model import nearest
from paperterm.model.text import shown
from paperterm.web.addresses import Address, parse_address


class Service(StrEnum):
    """Somebody who is asked; what one asks of them counts together, whatever the door."""

    HUGGINGFACE = "huggingface"
    ARXIV = "arxiv"
    CROSSREF = "crossref"
    SEMANTIC_SCHOLAR = "semantic-scholar"
    ELSEWHERE = "elsewhere"
    """Whoever is at an address that the reader has given; each host is one who is asked."""

    @property
    def label(self) -> str:
        """What messages call it."""
        return _LABELS[self]


_LABELS = {
    Service.HUGGINGFACE: "Hugging Face",
    Service.ARXIV: "arXiv",
    Service.CROSSREF: "Crossref",
    Service.SEMANTIC_SCHOLAR: "Semantic Scholar",
    Service.ELSEWHERE: "The service",
}

# Hugging Face lists its own in https://huggingface.co/.well-known/meta.json.
_HOSTS = {
    Service.HUGGINGFACE: {
        *("huggingface.co", "hf.co", "cdn-lfs.hf.co", "cdn-lfs-us-1.hf.co", "cdn-lfs-eu-1.hf.co"),
        *("transfer.xethub.hf.co", "transfer.xethub-eu.hf.co"),
    },
    Service.ARXIV: {"arxiv.org", "www.arxiv.org", "export.arxiv.org", "rss.arxiv.org"},
    Service.CROSSREF: {"api.crossref.org"},
    Service.SEMANTIC_SCHOLAR: {"api.semanticscholar.org"},
    Service.ELSEWHERE: set[str](),
}
_BELOW = {Service.HUGGINGFACE: ".cdn.hf.co"}
"""Every host whose name ends so is the service's, too."""

_DOORS = {
    "huggingface": Service.HUGGINGFACE,
    "arxiv_api": Service.ARXIV,
    "arxiv_rss": Service.ARXIV,
    "arxiv": Service.ARXIV,
    "crossref": Service.CROSSREF,
    "semantic_scholar": Service.SEMANTIC_SCHOLAR,
}
"""The fields of `Services`, and who is behind each."""
_HTTPS = 443


@dataclass(frozen=True, slots=True)
class Services:
    """Base addresses, without a slash at their end."""

    huggingface: str = "https://huggingface.co"
    arxiv_api: str = "https://export.arxiv.org"
    arxiv_rss: str = "https://rss.arxiv.org"
    arxiv: str = "https://arxiv.org"
    crossref: str = "https://api.crossref.org"
    semantic_scholar: str = "https://api.semanticscholar.org"

    def owns(self, service: Service, address: Address, first: Address | None = None) -> bool:
        """Whether `address` is one of `service`'s own, and so one that may be asked.

        That is where its bases are, and its known hosts by https. An http address only is
        when a base, on this very machine, is at the same host and port. Elsewhere, the reader
        has chosen the `first` address, and its redirects may lead to others by https, but not
        from the world to this machine.
        """
        if service is Service.ELSEWHERE:
            given = first is None or address.origin == first.origin
            return given or (address.scheme == "https" and not address.here)
        doors = (name for name, behind in _DOORS.items() if behind is service)
        bases = (parse_address(getattr(self, door)) for door in doors)
        if any(base is not None and base.origin == address.origin for base in bases):
            return True
        if address.scheme != "https" or address.port != _HTTPS:
            return False
        below = _BELOW.get(service)
        known = address.host in _HOSTS[service]
        return known or (below is not None and address.host.endswith(below))


def services(settings: Mapping[str, object], environment: Mapping[str, str]) -> Services:
    """Where the services are for this reader.

    `settings` are those of ``[services]``: a base address for any field of `Services`. HF_ENDPOINT
    of the environment is Hugging Face's, as in Hugging Face's own tools, unless a setting says
    where that is. Raises `UsageError` for a setting that does not exist and for an address that is
    neither https nor on this machine.
    """
    chosen: dict[str, str] = {}
    endpoint = environment.get("HF_ENDPOINT", "").strip()
    if endpoint and "huggingface" not in settings:
        chosen["huggingface"] = _base("HF_ENDPOINT", endpoint)
    for name, value in settings.items():
        if name not in _DOORS:
            raise UsageError(f"There is no service {shown(name)!r}{nearest.hint(name, _DOORS)}")
        chosen[name] = _base(f"services.{name}", value)
    return Services(**chosen)


def _base(name: str, value: object) -> str:
    address = parse_address(value.rstrip("/")) if isinstance(value, str) else None
    if address is None or not address.safe or "?" in address.url:
        raise UsageError(
            f"{name} is not the address of a service: it has to be https://HOST, "
            "or http:// and a port of this machine."
        )
    return address.url.rstrip("/")
