"""Practice money: the demo city, scripts that play acts, and whole simulated days; no real journal is touched."""
