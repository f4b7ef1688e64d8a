"""How good a Space is: retrieval metrics, protocols, reports."""
