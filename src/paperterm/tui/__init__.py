"""The app at the terminal: the only room that knows Textual."""

import os

# Textual reads this once, when it is imported: how often it may paint in a second. At its own 60,
# a list that follows the echo of a key at once would wait for 16 ms before it is seen.
os.environ.setdefault("TEXTUAL_FPS", "120")
