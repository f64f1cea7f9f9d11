"""The parser pool: files in, facts out, one file at a time in each of several processes."""
