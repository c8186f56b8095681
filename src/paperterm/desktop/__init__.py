"""The desktop around the terminal: its clipboard and its browser. Nothing here knows of papers."""
