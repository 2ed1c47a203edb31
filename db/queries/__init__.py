"""Questions to the projections, a module per subject; each takes a connection and gives values of
counter_app.domain."""
