"""The desktop around the terminal: clipboard, browser, editor. Nothing here knows of papers."""
