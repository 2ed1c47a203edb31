"""The window: pages, widgets and their look, on PySide6. No rules and no SQL; it is handed what it shows."""
