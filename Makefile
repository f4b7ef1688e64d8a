# Two commands set everything up on a fresh machine with Python 3.11+ and make:
#   make demo   a library to look at in the browser      make demo MODELS=some/folder   your own
#   make test   everything CI runs
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
MODELS ?=

.PHONY: demo test lint types floors browser unit clean

$(BIN)/polyseek: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "polyseek needs Python 3.11 or newer: make PYTHON=python3.12 demo")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	@touch $(BIN)/polyseek

demo: $(BIN)/polyseek
	$(BIN)/polyseek demo $(if $(MODELS),"$(MODELS)")

$(VENV)/.dev: pyproject.toml requirements-ci.txt $(BIN)/polyseek
	$(BIN)/pip install --quiet --disable-pip-version-check -c requirements-ci.txt -e '.[dev,all]'
	@touch $@

test: lint types floors unit

lint: $(VENV)/.dev
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks

types: $(VENV)/.dev
	$(BIN)/pyright
	@if $(BIN)/python -c "import torch, onnx" 2>/dev/null; then $(BIN)/pyright src/polyseek_training; \
	else echo "torch is not installed: polyseek_training is not type-checked"; fi

floors: $(VENV)/.dev
	$(BIN)/lint-imports

# The page is tested in the system's Chromium. Where there is none it is installed if that is possible; else its tests
# are left out loudly, and fail where CI is set.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	|| [ -n "$$POLYSEEK_CHROMIUM" ] \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq chromium; } \
	|| echo "no Chromium here: the page will not be tested"

unit: $(VENV)/.dev browser
	$(BIN)/pytest -n 2 --dist worksteal --cov --cov-report=term:skip-covered

clean:
	rm -rf $(VENV) .demo build dist
