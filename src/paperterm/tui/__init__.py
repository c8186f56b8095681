"""The app at the terminal: the only room that knows Textual."""
