# Everything is set up in .venv/ from requirements.lock (exact versions, hashes); nothing is installed outside it but
# Chromium and PostgreSQL for the tests, through the system's package manager where that is allowed.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help demo test serve campaigns check faults load night country screenshots bench lock clean programs

help:  ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/'

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: make PYTHON=python3.11 demo")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $(STAMP)

demo: $(STAMP)  ## pool twenty small companies into full classes; opens nothing, writes out/rotterdam/
	$(BIN)/cohort-opt propose examples/rotterdam/instance.json --out out/rotterdam
	@echo "The page: out/rotterdam/index.html"

test: $(STAMP) programs  ## all tests of the default suite
	$(BIN)/python -m pytest

campaigns: $(STAMP) programs  ## all random campaigns, and how long they take together; CAMPAIGN=n scales every one of them
	$(BIN)/python -m pytest -m campaign -q --durations=15

check: $(STAMP)  ## format, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

serve: $(STAMP)  ## the service on loopback, SQLite in var/
	$(BIN)/cohort-opt-service serve

faults: $(STAMP) programs  ## kills, full disks, dying solvers, strange clocks: the table of goals (SIZE=20 for the long campaign, SEED=n)
	$(BIN)/python -m tests.faults.run --size $(or $(SIZE),1) --seed $(or $(SEED),1)

night: $(STAMP)  ## a whole night from the cron line to the mails, left alone and then killed: the same plan and mails (SIZE=L)
	$(BIN)/python -m tests.faults.whole_night --size $(or $(SIZE),L) --seed $(or $(SEED),1) --report out/night.json

country: $(STAMP)  ## what spreading the parts of a country over 1, 2 and 4 workers costs: writes docs/country.md
	$(BIN)/python -m tests.benchmarks.fan_out --page

load: $(STAMP)  ## answers per second beside a trivial Flask route, while a solve runs (on a quiet machine)
	$(BIN)/python -m tests.load

screenshots: $(STAMP) programs  ## pictures of the pages in out/screenshots/, to be looked at
	$(BIN)/python -m tests.service.browser.screenshots out/screenshots

bench: $(STAMP)  ## measure, never assert: sizes A, B and L beside their peers (SEEDS=1 for a quick look)
	$(BIN)/cohort-opt bench --sizes A,B,L --seeds $(or $(SEEDS),3) --out out/bench

programs:
	@sh tests/install-programs.sh

lock:  ## for maintainers: refresh requirements.lock (names, versions, hashes; no addresses)
	uv pip compile --universal --generate-hashes --python-version 3.11 --extra dev --no-header --no-annotate -q pyproject.toml -o requirements.lock

clean:  ## remove the environment and all outputs
	rm -rf .venv out var
