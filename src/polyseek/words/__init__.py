"""Text: file names -> words and tags, tokens for full-text search."""
