# The two commands of a newcomer are `make run` and `make test`; `make help` lists the others.
PYTHON ?= python3
PORT ?= 8000
SIZE ?= full
export PORT

VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed
LAUNCH := $(PY) -m casusregie.launch
UV_COMPILE := $(VENV)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --all-extras \
	--group dev pyproject.toml -o requirements.lock --no-emit-index-url --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help install run test bench lock messages stop clean

help: ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 18

# uv installs in seconds what plain pip takes minutes for; where there is no uv for a machine, pip does it.
$(STAMP): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: set PYTHON.")'
	@test -x $(PY) || $(PYTHON) -m venv $(VENV) || \
		{ echo "The virtual environment could not be made. On Debian: sudo apt-get install -y python3-venv" >&2; exit 1; }
	@echo "Installing Python packages (once)." >&2
	@$(PY) -m pip install --quiet --disable-pip-version-check uv >&2 && \
		VIRTUAL_ENV=$(abspath $(VENV)) $(VENV)/bin/uv pip sync --quiet --require-hashes requirements.lock >&2 || \
		$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock >&2
	@touch $(STAMP)

install: $(STAMP) ## install what is missing: Python packages, the two libraries of the PDF engine
	@$(PY) -m casusregie.launch.requirements pdf

run: install ## start everything with the demo municipality (PORT=8000); Ctrl-C ends it
	@exec $(LAUNCH)

test: install ## every check and test that CI runs
	@$(PY) -m casusregie.launch.requirements pdf tests
	@.ci/checks

bench: $(STAMP) ## the benchmarks, one JSON object a line (SIZE=small for minutes)
	@$(PY) -m casusregie.launch.requirements pdf >&2
	@SIZE=$(SIZE) exec $(PY) -m tests.bench

lock: $(STAMP) ## write requirements.lock anew from pyproject.toml
	@$(UV_COMPILE)
	@! grep -nE 'https?://' requirements.lock || { echo "requirements.lock names an address." >&2; exit 1; }

messages: $(STAMP) ## collect and compile the translations (needs gettext)
	@$(PY) manage.py makemessages --all --no-location --no-obsolete --ignore '.venv/*' --ignore '.local/*' --verbosity 0
	@$(PY) manage.py compilemessages --ignore '.venv/*' --verbosity 0

stop: ## stop embedded servers that were left running
	@test ! -x $(PY) || $(LAUNCH) stop
	@test ! -x $(PY) || CASUSREGIE_DATA=.local/test $(LAUNCH) stop

clean: stop ## remove what is installed and made here: packages, caches, the demo's data
	@rm -rf $(VENV) .local .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
