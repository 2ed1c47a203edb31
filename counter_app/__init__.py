"""The counter of a city hall, in plain Python: what people do at it, what it remembers, what it prints."""
