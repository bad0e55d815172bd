# `make run` opens the window on an invented caseload; `make test` runs everything. Both set the machine up first.
PYTHON ?= python3
BIN := .venv/bin

PYTESTS := $(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder -m "not soak"

.PHONY: run test soak bench walk check coverage lock wheel sbom deb archive rollout clean

run:
	$(PYTHON) tools/bootstrap.py run
	$(BIN)/homeward --home out/demo demo --open

test:
	$(PYTHON) tools/bootstrap.py test
	$(MAKE) --no-print-directory check
	$(PYTESTS) --ignore=tests/casework --ignore=tests/judgement
	$(PYTESTS) --cov=casework --cov=judgement --cov-report=term:skip-covered tests/casework tests/judgement

check:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/vulture

# `make test` ends with the lines and branches of the core and the judgement that their own tests reach, above a floor.
# Of everything that is slower by half, so apart.
coverage:
	$(PYTHON) tools/bootstrap.py test
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not soak" --cov --cov-report=term tests/casework tests/judgement tests/central tests/desktop

soak:
	$(PYTHON) tools/bootstrap.py test
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m soak -x

bench:
	$(PYTHON) tools/bootstrap.py test
	$(BIN)/python -m benchmarks

walk:
	$(PYTHON) tools/bootstrap.py run
	QT_QPA_PLATFORM=offscreen $(BIN)/homeward --home out/demo demo --walk

# The locks name hashes and no registry; made anew only when pyproject.toml changes. requirements.lock is of both programs
# together, for a developer; the two after it are what a laptop's and a service's machine install.
LOCKED := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url
lock:
	$(LOCKED) --upgrade --extra desktop --extra central --extra build pyproject.toml -o requirements.lock
	$(LOCKED) --extra desktop -c requirements.lock pyproject.toml -o requirements-desktop.lock
	$(LOCKED) --extra central -c requirements.lock pyproject.toml -o requirements-central.lock
	$(LOCKED) --extra desktop --extra central --extra build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(LOCKED) -c requirements.lock requirements-make.in -o requirements-make.lock
	$(LOCKED) --upgrade requirements-903.in -o requirements-903.lock

# What a council installs; each lies in out/dist afterwards. They fetch packages, so `make test` makes none of them.
wheel:
	$(PYTHON) -m installers.wheel

sbom:
	$(PYTHON) -m installers.bill

deb:
	$(PYTHON) -m installers.deb

archive:
	$(PYTHON) -m installers.archive

# Installs what was made in bare systems of Debian and works with it: the whole manual, three years. As root, half an hour.
rollout:
	$(PYTHON) -m installers.rollout

clean:
	rm -rf out .venv .venv-903 .mypy_cache .ruff_cache .pytest_cache
