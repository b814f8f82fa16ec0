"""Code that may stay closed, path by path (CLS)."""
