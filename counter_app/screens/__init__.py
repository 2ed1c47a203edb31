"""What each screen shows and what its keys do, without a toolkit: state, methods, and a frozen view that a page
draws."""
