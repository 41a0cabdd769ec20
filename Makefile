# A bare machine with Python 3.11 or newer and make is enough for each of these.
PORT ?= 8000
BIN := .venv/bin

.PHONY: demo test check fix reference lock clean

demo: ## a fictional municipality to click in
	@scripts/setup.sh demo
	@exec $(BIN)/laget demo --port $(PORT)

test: ## everything that must hold: checks, tests on two PostgreSQL versions, journeys in a browser
	@scripts/setup.sh test
	@scripts/test.sh

check: ## only the fast checks
	@scripts/setup.sh dev
	@scripts/check.sh

fix: ## only formatting
	@scripts/setup.sh dev
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

reference: ## the pages in docs/reference that are made from the code
	@scripts/setup.sh dev
	@LAGET_REFERENCE=write $(BIN)/python -m pytest -q tests/reference

lock: ## the requirements, from pyproject.toml
	@scripts/setup.sh dev
	@scripts/lock.sh

clean: ## forget the environment and what it made; the data in var stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build *.egg-info
