# One door: `make check`, `make test`, ... (CONTRIBUTING.md). PYTHON chooses the interpreter (its environment has `.[dev]`).
PYTHON ?= python3

.PHONY: check format test simulate bench bench-live bench-query ratios report endure accuracy

check:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(dir $(shell $(PYTHON) -c 'import sys; print(sys.executable)'))lint-imports

format:
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

test:
	$(PYTHON) -m pytest

# The seeded simulator: all four cores in one process under loss, repetition, reordering and kills.
simulate:
	$(PYTHON) -m pytest tests/simulation

# Ingest of TREE as a dump, beside the bare parse of the same bytes in the same run.
bench:
	@test -n "$(TREE)" || { echo "which Rust tree? make bench TREE=~/src/tokio" >&2; exit 2; }
	$(PYTHON) benchmarks/ingest.py "$(TREE)"

# Saves in a watched copy of TREE until a client's answer, beside the watch alone.
bench-live:
	@test -n "$(TREE)" || { echo "which Rust tree? make bench-live TREE=~/src/tokio" >&2; exit 2; }
	$(PYTHON) benchmarks/live.py "$(TREE)"

# What questions cost, in the query process, over its socket and as a command, beside their floors.
bench-query:
	@test -n "$(TREE)" || { echo "which Rust tree? make bench-query TREE=~/src/tokio" >&2; exit 2; }
	$(PYTHON) benchmarks/query.py "$(TREE)"

# Processor time beside floors, against benchmarks/ratios.json: CI fails when something has become dearer.
ratios:
	$(PYTHON) benchmarks/ratios.py

# All benchmarks and docs/benchmarks.md (an hour's quarter; needs the extra `bench`).
report:
	@test -n "$(TREE)" -a -n "$(SCALE)" || { echo "make report TREE=~/src/tokio SCALE=DIR" >&2; exit 2; }
	$(PYTHON) benchmarks/report.py "$(TREE)" --scale "$(SCALE)"

# A live daemon through thousands of random operations, each held against a fresh build.
endure:
	$(PYTHON) tests/system/test_live_stateful.py --operations 10000

# Against what the compiler resolved: ISG_ACCURACY is where the instruments are, ISG_CORPORA the crates.
accuracy:
	$(PYTHON) -m pytest tests/accuracy
