"""Representation -> vector of a Space. One encoder, one file, one line in `polyseek.encoders.shelf`."""
