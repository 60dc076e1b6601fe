# `make run` tries the bot in a browser; `make test` and `make lint` are what CI calls.
# Plain make 3.81 is enough (macOS ships that one).

PYTHON := $(shell for p in python3.13 python3.12 python3.11 python3.14 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
WORKERS := auto

# Debian ships Python without venv; it is installed where that needs no password.
INSTALL_VENV = if command -v apt-get >/dev/null; then as_root=; [ "$$(id -u)" = 0 ] || as_root="sudo -n"; \
	echo "Installing python3-venv ..."; \
	{ $$as_root apt-get install -y -qq python3-venv || { $$as_root apt-get update -qq; \
	$$as_root apt-get install -y -qq python3-venv; }; } >/dev/null 2>&1; fi

.PHONY: install run test lint audit format many torture bench picture pins clean

install: $(VENV)/.run

run: $(VENV)/.run
	@$(BIN)/python -m bot try

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -n $(WORKERS) --maxprocesses 4 $(ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# --strict: what could not be looked up is no less a failure than what was found.
audit: $(VENV)/.dev
	$(BIN)/pip-audit --strict --vulnerability-service osv --no-deps --disable-pip --progress-spinner off -r requirements.txt

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# As many at a time as there are processors: each has six processes of its own.
many: $(VENV)/.dev
	@WAYMARK_TEST_MANY=1 $(BIN)/python -m pytest -p tests.scenarios.left_out -n $(WORKERS) tests/scenarios $(ARGS)

torture: $(VENV)/.dev
	$(BIN)/python -m tests.torture $(ARGS)

bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench $(ARGS)

picture: $(VENV)/.dev
	$(BIN)/python -m tests.browser.picture .github

pins: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --strip-extras --no-header --annotation-style=line --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options --upgrade -o requirements.txt requirements.in
	$(BIN)/pip-compile --quiet --strip-extras --no-header --annotation-style=line --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options --upgrade -o requirements-dev.txt requirements-dev.in

clean:
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Waymark needs Python 3.11 or newer; none was found on the PATH."; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV); $(INSTALL_VENV); $(PYTHON) -m venv $(VENV); } \
		|| { rm -rf $(VENV); echo "Waymark needs Python's venv. On Debian: apt-get install python3-venv"; exit 1; }

# The stamps are renewed when the pins change, so a pull that moves a pin is installed by itself.
$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	@echo "Setting up (once, about a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	@echo "Setting up for development (once, about a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.run
