"""Where the counter remembers: the encrypted journal of a station, what is projected from it, and the central store."""
