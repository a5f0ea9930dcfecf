# make demo | test | check | bench | docs | reference | page | lock | clean        make help lists them
SHELL := /bin/sh
VENV ?= .venv
BIN := $(VENV)/bin
LOCK := requirements/constraints.txt
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet -c $(LOCK)

# The first interpreter that runs, is new enough and can make an environment.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
  $$p -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)

.DEFAULT_GOAL := help
.PHONY: help demo test check style types rooms spelling bench docs reference page lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.ready  ## install, run the shipped study, write brief and page to innohub-demo/
	@$(BIN)/innohub demo --out innohub-demo

test: $(VENV)/.ready-test  ## run the tests on two cores
	@$(BIN)/python -m pytest -n 2

check: style types rooms spelling  ## style, types, room order, spelling

style: $(VENV)/.ready-test
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(VENV)/.ready-test
	@$(BIN)/mypy

rooms: $(VENV)/.ready-test
	@$(BIN)/lint-imports

spelling: $(VENV)/.ready-test
	@$(BIN)/codespell

bench: $(VENV)/.ready-bench  ## measure against peers and print the tables
	@for script in benchmarks/[a-z]*.py; do $(BIN)/python "$$script" || exit 1; done

docs: $(VENV)/.ready-docs reference  ## build the documentation into site/
	@$(BIN)/mkdocs build --strict --quiet

reference: $(VENV)/.ready  ## rewrite the generated pages of the documentation
	@$(BIN)/python docs/reference.py

page: webui/node_modules  ## rebuild the interactive page from webui/
	@cd webui && npm run check && npm test && npm run build

lock: $(VENV)/.ready  ## choose the exact versions anew
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade --all-extras --no-header \
	  --no-annotate --no-emit-index-url pyproject.toml requirements/build.in -o $(LOCK)

clean:  ## remove what make has written, the environment included
	@rm -rf $(VENV) innohub-demo site build dist webui/node_modules

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo 'innohub needs Python 3.11 or later with venv (Debian: apt install python3-venv); none was found. Name one: make demo PYTHON=/path/to/python3' >&2; exit 2; }
	@echo 'Making $(VENV) with $(PYTHON)' >&2
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: pyproject.toml $(LOCK) | $(BIN)/python
	@echo 'Installing innohub and what it needs (once; about a minute)' >&2
	@$(PIP) hatchling editables
	@$(PIP) --no-build-isolation --editable .
	@touch $@

$(VENV)/.ready-%: $(VENV)/.ready
	@echo 'Installing what make $* needs (once)' >&2
	@$(PIP) --no-build-isolation --editable '.[test,$*]'
	@touch $@

webui/node_modules: webui/package-lock.json
	@cd webui && npm ci --no-audit --no-fund
	@touch $@
