"""Naming: labels, suggested tags and taught tags, put to model files and to the models of a library.

Stands between the library, which offers it, and the rooms it joins: `search` knows how words are
weighed, `indexing` how files become vectors.
"""
