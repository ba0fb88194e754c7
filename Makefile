# Two commands a newcomer needs: `make run` (set up and do the main job) and `make test`.
PYTHON ?= python3
VENV ?= .venv
OUT ?= out
# Folder with third-party example files that the reference tests read; without it they are skipped and counted.
GONGFU_REFERENCE ?= $(wildcard ../shared/reference)
export GONGFU_REFERENCE := $(if $(GONGFU_REFERENCE),$(abspath $(GONGFU_REFERENCE)))
export VENV
PIP = $(VENV)/bin/python -m pip --disable-pip-version-check install --quiet

.PHONY: run test test-all check bench clean

run: $(VENV)/.ready-run
	$(VENV)/bin/gongfu run --out $(OUT)

test: check
	$(VENV)/bin/python -m pytest -n auto --dist loadfile -m "not slow and not browser" tests

test-all: check
	$(VENV)/bin/python -m pytest -n auto --dist loadfile tests

check: $(VENV)/.ready-dev
	scripts/check

bench: $(VENV)/.ready-dev
	$(VENV)/bin/python -m benchmarks

clean:
	rm -rf $(VENV) $(OUT)

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready-run: requirements/run.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) --require-hashes -r requirements/run.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.ready-dev: requirements/dev.lock $(VENV)/.ready-run
	$(PIP) --require-hashes -r requirements/dev.lock
	touch $@
