"""The handful of widgets that every page is composed of; one file each."""
