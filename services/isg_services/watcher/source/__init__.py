"""Everything that turns a SOURCE into (path, bytes) pairs; what the bytes mean is decided elsewhere."""
