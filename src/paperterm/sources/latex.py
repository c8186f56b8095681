"""The LaTeX of bibliographies -> Unicode, as far as that is certain.

Accents, letters and signs become characters, and braces that only group go. Mathematics stays as
it is written, and so does any command that is not known here, with what it is about.
"""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
}
_LETTERS = {
    "o": "ø", "O": "Ø", "ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð",
    "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "textquotesingle": "'",
    "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\", "textunderscore": "_",
    "textbar": "|", "textless": "<", "textgreater": ">", "textbraceleft": "{",
    "textbraceright": "}", "textdollar": "$", "textregistered": "®", "texttrademark": "™",
    "copyright": "©", "textcopyright": "©", "pounds": "£", "euro": "€", "texteuro": "€",
    "dots": "…", "ldots": "…", "textellipsis": "…", "S": "§", "P": "¶", "dag": "†",
    "textdegree": "°", "textmu": "µ", "slash": "/", "space": " ", "newline": " ", "par": " ",
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "relax": "",
}  # fmt: skip
_STYLES = frozenset({
    "emph", "textbf", "textit", "textsl", "textsc", "textsf", "texttt", "textrm", "textup",
    "textnormal", "text", "mbox", "hbox", "bf", "it", "em", "sl", "sc", "tt", "rm", "sf",
    "bfseries", "itshape", "scshape", "ttfamily", "url", "path", "protect", "noopsort",
})  # fmt: skip
"""Commands that say how something looks, and not what it is."""

_TOKEN = re.compile(
    r"""(?P<math>\$\$(?:[^$\\]|\\.){1,2000}\$\$|\$(?:[^$\\]|\\.){1,2000}\$)
    |\\(?P<accent>["'`^~=.]|[Hcdkrbuv](?=[\s{])\s*)
        (?:\{\s*(?P<braced>\\[ij]|[^\W\d_])\s*\}|(?P<bare>\\[ij](?![A-Za-z])\s*|[^\W\d_]))
    |\\(?P<name>[A-Za-z]+)(?P<gap>\s*)(?P<empty>\{\})?
    |\\(?P<bare_accent>[~^])\{\}
    |\\(?P<sign>[&%$\#_{}\ ,/@-])
    |(?P<script>[_^]\{[^{}]*\})
    |(?P<typed>---|--|``|''|~|[{}])""",
    re.VERBOSE | re.DOTALL,
)
_TYPED = {"---": "—", "--": "–", "``": "“", "''": "”", "~": " ", "{": "", "}": ""}
_SIGNS = {",": " ", " ": " ", "/": "", "-": ""}
_ACCENT_OF_NOTHING = {"\\i": "i", "\\j": "j"}


def plain(text: str) -> str:
    """`text` as a person would read it; what is not certain is left in LaTeX."""
    if not any(sign in text for sign in "\\{}$~`'-"):
        return text
    kept: list[str] = []
    at = 0
    while match := _TOKEN.search(text, at):
        kept.append(text[at : match.start()])
        at = match.end()
        if match["name"] is not None:
            piece, at = _command(match, text)
            kept.append(piece)
        else:
            kept.append(_character(match))
    kept.append(text[at:])
    return "".join(kept)


def _character(match: re.Match[str]) -> str:
    """What a token that is no command stands for."""
    if match["accent"]:
        base = (match["braced"] or match["bare"]).rstrip()
        # A letter that has lost its dot for an accent gets the accent in its place.
        accented = _ACCENT_OF_NOTHING.get(base, base) + _ACCENTS[match["accent"].rstrip()]
        return unicodedata.normalize("NFC", accented)
    if sign := match["sign"] or match["bare_accent"]:
        return _SIGNS.get(sign, sign)
    if typed := match["typed"]:
        return _TYPED[typed]
    return match[0]


def _command(match: re.Match[str], text: str) -> tuple[str, int]:
    """What a command stands for, and where the text goes on behind it."""
    name, gap = match["name"], match["gap"]
    if (letter := _LETTERS.get(name)) is not None:
        return letter, match.end()
    if name in _STYLES:
        return "", match.end()
    end = match.end()
    while text.startswith("{", end):
        closed = _closed(text, end)
        if closed is None:
            break
        end = closed
    return f"\\{name}{gap}{match['empty'] or ''}{text[match.end() : end]}", end


def _closed(text: str, start: int) -> int | None:
    """Where the group that opens at `start` has closed; None when it does not, or is long."""
    depth = 0
    for at in range(start, min(len(text), start + 1000)):
        if text[at] in "{}" and text[at - 1] != "\\":
            depth += 1 if text[at] == "{" else -1
            if not depth:
                return at + 1
    return None
