"""The pages of the window; one file each: make, name, lay out, connect."""
