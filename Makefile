# make run   – set everything up and open the window
# make test  – set everything up, check the code and run the tests
# Both are quick the second time. PYTHON=… chooses another Python 3.11 or 3.12, PYTEST=… what pytest is told.
#
# make bench        – measure how fast the program is here
# make gestures     – let random hands work on the window ten thousand times
# make fuzz         – open two thousand damaged files of every kind
# make kill-test    – kill a program that edits and saves, two hundred times
# make soak         – work in the window for what would be eight hours
# make check-corpus – put every chorale of Bach's through every format and back
# make count-voices – count anew how the voices of chorales move, by which chords are taken apart

PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3,$(shell command -v $(name) 2>/dev/null)))
PYTEST ?= -n 2
BIN := .venv/bin
RUN := .venv/installed
DEV := .venv/installed-dev

.PHONY: run test count-voices check-corpus lint format bench train evaluate clean system gestures fuzz kill-test soak

run: $(RUN)
	$(BIN)/harmonizer-gui

test: lint
	$(BIN)/pytest $(PYTEST)

count-voices: $(DEV)
	$(BIN)/python -m tests.files.count_voices

check-corpus: $(DEV)
	$(BIN)/python -m tests.files.corpus_check

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

gestures: $(DEV)
	HARMONIZER_GESTURES=10000 $(BIN)/pytest tests/stories/test_gestures.py

fuzz: $(DEV)
	$(BIN)/python -m tests.endurance.fuzz $(COUNT)

kill-test: $(DEV)
	$(BIN)/python -m tests.endurance.kill $(COUNT)

soak: $(DEV)
	$(BIN)/python -m tests.endurance.soak $(COUNT)

format: $(DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

train: $(RUN)
	$(BIN)/harmonizer-gui train --run runs/chorales

bench: $(RUN)
	$(BIN)/harmonizer-gui bench

evaluate: $(RUN)
	$(BIN)/harmonizer-gui evaluate --split valid

$(RUN): pyproject.toml .ci/system | .venv/bin/python
	sh .ci/system
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q harmonizer_gui
	touch $@

$(DEV): $(RUN)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	touch $@

.venv/bin/python:
	$(if $(PYTHON),,$(error Python 3.11 or 3.12 is needed and was not found))
	$(PYTHON) -m venv .venv

clean:
	rm -rf .venv
