"""Names of papers: arXiv ids, DOIs, titles, and the addresses made from them.

The forms of arXiv ids are those of https://info.arxiv.org/help/arxiv_identifier.html:
``YYMM.NNNN`` (April 2007 to December 2014), ``YYMM.NNNNN`` (from 2015) and the older
``archive[.XX]/YYMMNNN``, each with an optional version.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import quote, unquote, urlsplit

_NEW = re.compile(r"(\d{2})(0[1-9]|1[0-2])\.(\d{4,5})(?:v[1-9]\d*)?", re.ASCII)
_OLD = re.compile(
    r"([a-z]+(?:-[a-z]+)?)(?:\.[A-Z]{2})?/(\d{2}(?:0[1-9]|1[0-2])\d{3})(?:v[1-9]\d*)?", re.ASCII
)
_PREFIX = re.compile(r"arxiv:\s*", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/[!-~]+", re.ASCII)
_ARXIV_HOSTS = frozenset({"arxiv.org", "www.arxiv.org", "export.arxiv.org", "alphaxiv.org"})
_HF_HOSTS = frozenset({"huggingface.co", "www.huggingface.co", "hf.co"})
_DOI_HOSTS = frozenset({"doi.org", "dx.doi.org", "www.doi.org"})
_LONGEST_ID = 200
"""Characters; no identifier in use comes near it, and hostile ones must not cost time."""
_PLAIN_ASCII = "".join(c.lower() if (c := chr(code)).isalnum() else " " for code in range(128))
"""For `str.translate`: what is left of each character of a title."""


def _canonical(text: str) -> str | None:
    if match := _NEW.fullmatch(text):
        year, month, number = match.groups()
        five = int(year) >= 15
        first = (int(year), int(month)) >= (7, 4)
        return f"{year}{month}.{number}" if first and len(number) == 4 + five else None
    if match := _OLD.fullmatch(text):
        return f"{match[1]}/{match[2]}"
    return None


def parse_arxiv_id(text: str) -> str | None:
    """The canonical arXiv id that `text` spells, without version, or None.

    Taken are bare ids, ``arXiv:`` before them, arXiv's own DOIs, and addresses of a paper on
    arXiv or Hugging Face, with or without scheme. ``math.GT/0309136`` is ``math/0309136``.
    """
    text = text.strip()
    if len(text) > _LONGEST_ID:
        return None
    text = _PREFIX.sub("", text, count=1) if text[:6].lower() == "arxiv:" else text
    if found := _canonical(text):
        return found
    if match := _ARXIV_DOI.fullmatch(_bare_doi(text)):
        return _canonical(match[1])
    return _from_address(text)


def _from_address(text: str) -> str | None:
    if "/" not in text:
        return None
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    path = unquote(parts.path).strip("/")
    head, _, rest = path.partition("/")
    rest = re.sub(r"(\.pdf|\.md)$", "", rest.rstrip("/"))
    if host in _ARXIV_HOSTS and head in {"abs", "pdf", "html", "format", "ps", "src", "e-print"}:
        return _canonical(rest)
    if host in _HF_HOSTS and head == "papers":
        return _canonical(rest)
    return None


def _bare_doi(text: str) -> str:
    lowered = text.lower()
    if lowered.startswith("doi:"):
        return text[4:].strip()
    for scheme in ("https://", "http://"):
        if lowered.startswith(scheme):
            host, _, path = text[len(scheme) :].partition("/")
            if host.lower() in _DOI_HOSTS:
                return unquote(path)
    return text


def parse_doi(text: str) -> str | None:
    """The canonical (lower-case) DOI that `text` spells, or None; an arXiv DOI is none."""
    text = text.strip()
    if len(text) > _LONGEST_ID:
        return None
    doi = _bare_doi(text).lower()
    if not _DOI.fullmatch(doi) or _ARXIV_DOI.fullmatch(doi):
        return None
    return doi


def normal_title(title: str) -> str:
    """`title` with case, accents, punctuation and spacing taken out, for comparing titles.

    A title that holds no letter or digit of any script is compared as it is.
    """
    if title.isascii():
        return " ".join(title.translate(_PLAIN_ASCII).split()) or " ".join(title.split())
    decomposed = unicodedata.normalize("NFKD", title).casefold()
    kept = (c if c.isalnum() else "" if unicodedata.combining(c) else " " for c in decomposed)
    return " ".join("".join(kept).split()) or " ".join(title.split())


def title_key(title: str) -> str:
    """The key of a paper known by its title alone: ``title:`` and 16 hexadecimal digits."""
    normal = normal_title(title).encode("utf-8", "surrogatepass")
    return f"title:{hashlib.blake2b(normal, digest_size=8).hexdigest()}"


def arxiv_url(arxiv_id: str) -> str:
    """The abstract page."""
    return f"https://arxiv.org/abs/{arxiv_id}"


def huggingface_url(arxiv_id: str) -> str:
    """The paper's page on Hugging Face."""
    return f"https://huggingface.co/papers/{arxiv_id}"


def huggingface_search_url(title: str) -> str:
    """Hugging Face's search for a title (its query takes up to 250 characters)."""
    query = " ".join(title.split())[:250].encode("utf-8", "replace")
    return f"https://huggingface.co/papers?q={quote(query, safe='')}"


def doi_url(doi: str) -> str:
    """The resolver's address of a DOI."""
    return f"https://doi.org/{quote(doi, safe='/:;()')}"


def safe_link(text: object) -> str | None:
    """`text` if it is an http or https address that may be kept and opened, else None."""
    if not isinstance(text, str) or not 8 < len(text) <= 2000 or not text.isascii():
        return None
    if not text.isprintable() or any(c in text for c in ' "<>\\^`{|}'):
        return None
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return None
    return text if parts.scheme in {"http", "https"} and host and "@" not in parts.netloc else None
