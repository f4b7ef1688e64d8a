"""Encoders that a person brings: a folder each, with .onnx files and a card; docs/towers.md has the format."""
