"""Carries bytes to devices and answers back; knows nothing of what is printed or why."""
