"""The app at the terminal: the only room that knows Textual."""

import os

# Textual reads this once, when it is imported: how often it may paint in a second. It paints only
# what has changed; at its own 60, a list that follows the echo of a key would wait up to 16 ms.
os.environ.setdefault("TEXTUAL_FPS", "240")
