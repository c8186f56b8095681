"""What keys are called: by Textual, by a reader's settings, and on the screen.

Nothing of Textual is needed to know that.
"""

from __future__ import annotations

import unicodedata

_SHOWN = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "space": "Space",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "delete": "Del",
    "insert": "Ins",
    "backspace": "Bksp",
}
_FUNCTION = {f"f{number}": f"F{number}" for number in range(1, 25)}
_NAMED = {*_SHOWN, *_FUNCTION}
_ALSO = {
    **{name.casefold(): key for key, name in _SHOWN.items()},
    "return": "enter",
    # What a terminal sends for these is what it sends for those.
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+[": "escape",
}
_SHORT = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Characters that Textual does not call by their Unicode names."""
_SIGNS = "".join(chr(code) for code in range(33, 127) if not chr(code).isalnum())
_MODIFIERS = ("alt", "ctrl", "shift")


def _of_sign(sign: str) -> str:
    name = unicodedata.name(sign).lower().replace("-", "_").replace(" ", "_")
    return _SHORT.get(name, name)


_SIGN_OF = {_of_sign(sign): sign for sign in _SIGNS}


def key_name(key: str) -> str:
    """A key as a reader knows it: ``slash`` is ``/``, ``ctrl+p`` is ``^p``."""
    *modifiers, base = key.split("+")
    shown = _SIGN_OF.get(base) or _FUNCTION.get(base) or _SHOWN.get(base, base)
    if modifiers == ["ctrl"]:
        return f"^{shown}"
    if modifiers == ["shift"]:
        return f"⇧{shown}"
    return "+".join([*modifiers, shown])


def written(key: str) -> str:
    """A key as one would write it in the settings: ``?``, ``ctrl+p``, ``pagedown``."""
    *modifiers, base = key.split("+")
    return "+".join([*modifiers, _SIGN_OF.get(base, base)])


def read_key(text: str) -> str | None:
    """The key that a reader means, as Textual calls it; None where there is no such key.

    All that `key_name` gives is understood, and Textual's own names: ``?``, ``^p``, ``ctrl+p``,
    ``PgDn``, ``pagedown``, ``left_square_bracket``.
    """
    if text.startswith("^") and len(text) > 1:
        text = f"ctrl+{text[1:]}"
    elif text.startswith("⇧"):
        text = f"shift+{text[1:]}"
    head, _, last = text.rpartition("+") if text != "+" else ("", "", text)
    if text.endswith("++"):  # the plus itself, with a modifier
        head, last = text[:-2], "+"
    modifiers = {name.strip().casefold() for name in head.split("+")} if head else set()
    base = _base(last.strip(), modifiers)
    if base is None or not modifiers <= set(_MODIFIERS):
        return None
    key = "+".join([*sorted(modifiers), base])
    return _ALSO.get(key, key)


def _base(text: str, modifiers: set[str]) -> str | None:
    if len(text) == 1 and text not in _ALSO:
        if not text.isprintable() or text.isspace():
            return None
        if "shift" in modifiers and text.isalpha() and not modifiers & {"ctrl", "alt"}:
            modifiers.discard("shift")
            return text.upper()
        if "ctrl" in modifiers:
            text = text.lower()
        if modifiers == {"ctrl"} and text == "[":
            modifiers.clear()
            return "escape"
        return text if text.isalnum() else _of_character(text)
    folded = text.casefold()
    key = _ALSO.get(folded, folded)
    return key if key in _NAMED or key in _SIGN_OF else None


def _of_character(character: str) -> str | None:
    try:
        return _of_sign(character)
    except ValueError:  # it has no name
        return None


def is_typed(key: str) -> bool:
    """Whether the key puts a character where one can type."""
    return key == "space" or ("+" not in key and (len(key) == 1 or key not in _NAMED))


def key_names() -> set[str]:
    """The names of keys that are more than a character."""
    return _NAMED | set(_ALSO)
