"""The watcher: turns a source (a directory, a live tree, a dump) into jobs."""
