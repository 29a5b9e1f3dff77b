# Everything from a clean clone with nothing but Python 3.11 and make.
#
#   make demo     set up, fill with simulated records, start; Ctrl-C stops everything
#   make setup    prepare without starting
#   make test     every check and every test
#   make help     all targets
#
# Stamp files remember what is done, so that a second start takes seconds.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory --no-builtin-rules
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?=
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
# Node comes from a Python wheel: a machine needs no Node of its own.
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --no-update-notifier --no-progress
MANIFEST := src/zhicheng/ground/ui/static/ui/dist/manifest.json
CATALOGUES := $(shell find src/zhicheng/locale -name '*.po' 2>/dev/null)
ASSETS := $(shell find assets -type f 2>/dev/null) package.json vite.config.ts tsconfig.json
WORKERS ?= auto
PYTEST_ARGS ?=
QUESTIONS ?= 200

say = @printf '  %s\n' $(1)

.PHONY: help demo run setup test pytest questions lint lint-ruff lint-types lint-imports format assets messages docs plots lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

demo: setup-files ## set up, fill with simulated records, start the server and print who can log in
	@$(BIN)/zhicheng demo

run: setup ## set up and start the server, without simulated records
	@$(BIN)/zhicheng run

setup: setup-files ## prepare database, packs and static files without starting
	@$(BIN)/zhicheng setup

# Two things at a time: front-end packages beside Python's, types beside the tests.
test: ## every check and every test
	@$(MAKE) --jobs=2 lint pytest

pytest: $(VENV)/.dev lint-imports assets messages
	$(call say,"Running the tests")
	@$(BIN)/pytest --quiet --numprocesses $(WORKERS) $(PYTEST_ARGS)

questions: $(VENV)/.dev lint-imports assets messages ## ask the interfaces many more questions: QUESTIONS=200 of each kind
	$(call say,"Asking $(QUESTIONS) questions of each kind")
	@QUESTIONS=$(QUESTIONS) $(BIN)/pytest --quiet --numprocesses $(WORKERS) tests/web/described

lint: lint-imports lint-types ## style, types, direction of imports

lint-ruff: $(VENV)/.dev $(VENV)/.project
	$(call say,"Checking style")
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .

lint-types: lint-ruff
	$(call say,"Checking types")
	@ZHICHENG_HOME="$(CURDIR)/.mypy_cache/home" $(BIN)/mypy --no-error-summary

# The quick checks stand before the tests; types take a minute on one core.
lint-imports: lint-ruff
	$(call say,"Checking the direction of imports")
	@$(BIN)/lint-imports --no-logo > .lint-imports.log || { cat .lint-imports.log; exit 1; }
	@rm -f .lint-imports.log

format: $(VENV)/.dev ## put every Python file in the house's form
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

assets: $(MANIFEST) ## styles and scripts

messages: $(CATALOGUES:.po=.mo) ## message catalogues in the form that programs read

docs: $(VENV)/.project ## the reference pages that are made from the code
	@$(BIN)/zhicheng docs

plots: $(VENV)/.dev ## the plots of docs/explanation, from the methods they explain
	@for each in $(filter-out %/house_style.py,$(wildcard tools/plots/*.py)); do $(BIN)/python "$$each"; done

lock: ## pin every dependency anew, with hashes and without addresses (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet \
		--extra build pyproject.toml -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet \
		--extra build --extra test --extra plots -c requirements.txt pyproject.toml -o requirements-dev.txt
	$(NPM) install --package-lock-only

clean: ## remove all that was built; the data in .zhicheng stay
	rm -rf $(VENV) node_modules src/zhicheng/ground/ui/static/ui/dist .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache
	find src tests -name __pycache__ -prune -exec rm -rf {} +
	find src -name '*.mo' -delete

# --- steps ------------------------------------------------------------------------------------------------

.PHONY: setup-files
setup-files: $(VENV)/.project assets messages

# The first interpreter of at least 3.11, or a sentence that says what is missing.
$(BIN)/python:
	@for python in $(PYTHON) python3.11 python3.12 python3.13 python3; do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			printf '  Making %s with %s\n' $(VENV) "$$("$$python" --version)"; \
			"$$python" -c 'import ensurepip, venv' 2>/dev/null || { \
				echo "$$python has no venv module. On Debian: apt-get install python3-venv"; exit 1; }; \
			exec "$$python" -m venv --clear $(VENV); \
		fi; \
	done; \
	echo "Python 3.11 or newer is needed, and no python3.11, python3.12, python3.13 or python3 here is that new."; \
	echo "Install it, or name one: make PYTHON=/path/to/python3.11 …"; \
	exit 1

$(VENV)/.runtime: requirements.txt | $(BIN)/python
	$(call say,"Installing packages (about a minute the first time)")
	@$(PIP) install --require-hashes --no-deps -r requirements.txt
	@touch $@

# After the project: two installations at a time would get in each other's way.
$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime | $(VENV)/.project
	$(call say,"Installing test tools")
	@$(PIP) install --require-hashes --no-deps --no-compile -r requirements-dev.txt
	@touch $@

$(VENV)/.project: pyproject.toml $(VENV)/.runtime
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# npm writes this file last, so it stands for a whole node_modules.
node_modules/.package-lock.json: package-lock.json package.json .npmrc $(VENV)/.runtime
	$(call say,"Installing front-end packages")
	@$(NPM) ci --silent
	@touch $@

$(MANIFEST): $(ASSETS) node_modules/.package-lock.json
	$(call say,"Building styles and scripts")
	@$(NPM) run --silent build > node_modules/.build.log 2>&1 || { cat node_modules/.build.log; exit 1; }
	@touch $@

%.mo: %.po $(VENV)/.project
	@$(BIN)/zhicheng messages compile $<
