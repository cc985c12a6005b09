# Only python3 (3.11 or newer), make and a network are assumed; everything else goes into .venv.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=

bin := .venv/bin
templates = $(shell find templates -name '*.html')
pip := $(bin)/python -m pip -qq --disable-pip-version-check --no-input
compile := $(bin)/uv pip compile --quiet --universal --python-version 3.11 --upgrade --custom-compile-command "make requirements"

.PHONY: run test lint types fmt bench bench-anchoring bench-images bench-writing requirements

run: .venv/runs ## the site with its worker and, if the database is empty, a demo; PORT= moves it
	@$(bin)/python manage.py serve --prepare --port $(PORT)

test: .venv/develops ## the tests; make test ARGS="tests/blog -x" runs some of them
	@$(bin)/python -m pytest --numprocesses 2 $(ARGS)

lint: .venv/develops ## style, import contracts, templates, forgotten migrations
	@$(bin)/ruff check .
	@$(bin)/ruff format --check --quiet .
	@$(bin)/lint-imports --no-logo
	@$(bin)/djade --check --target-version 5.2 $(templates)
	@$(bin)/python manage.py makemigrations --check --dry-run

types: .venv/develops ## mypy, strict
	@$(bin)/python -m mypy .

fmt: .venv/develops ## put code and templates into shape
	@$(bin)/ruff check --fix --quiet . || true
	@$(bin)/ruff format --quiet .
	@$(bin)/djade --target-version 5.2 $(templates) || true

bench: .venv/develops ## pages a second, next to a bare Django view
	@$(bin)/python -m bench $(ARGS)

bench-anchoring: .venv/develops ## where marks end up after 15 kinds of edits; fails if one is on other words
	@$(bin)/python -m bench.anchoring $(ARGS)

bench-images: .venv/develops ## memory and time of uploads; fails if a picture of 100 megapixels is taken
	@$(bin)/python -m bench.images $(ARGS)

bench-writing: .venv/develops ## CPU of saving a very long post and of its diff view; fails over the limits
	@$(bin)/python -m bench.writing $(ARGS)

requirements: .venv/made ## compile the short lists into the pinned ones, with today's versions
	@$(pip) install uv
	@$(compile) requirements.in --output-file requirements.txt
	@$(compile) requirements-dev.in --output-file requirements-dev.txt

.venv/runs: requirements.txt .venv/made
	@echo "Installing what the site needs into .venv ..."
	@$(pip) install --requirement requirements.txt
	@touch $@

.venv/develops: requirements-dev.txt .venv/made
	@echo "Installing what tests and linting need into .venv ..."
	@$(pip) install --requirement requirements-dev.txt
	@touch $@

.venv/made:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) was not found; Corrigible needs Python 3.11 or newer." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Corrigible needs Python 3.11 or newer, and this is " + sys.version.split()[0] + ". Name another one: make run PYTHON=python3.12")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python lacks its venv module; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv .venv
	@touch $@
