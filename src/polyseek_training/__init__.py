"""How polyseek's trained encoders are made. The only place that imports torch; not needed to search."""
