"""Frozen values and rules of the counter: no clock, no disk, no window."""
