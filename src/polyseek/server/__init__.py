"""The page and its HTTP API, on this machine only."""
