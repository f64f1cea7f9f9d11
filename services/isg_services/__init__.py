"""The four actors: watcher, parser pool, writer, query. Each is a small shell around a pure core."""
