"""Bringing a counter back: backups and their restore, a dead station's work under a new name, keys, and the drill."""
