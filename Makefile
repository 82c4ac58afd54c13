# The words of this project: demo and test are for everybody, the rest for those who work on it.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo run test check format messages conformance slack-link soak bench lock clean

demo: $(READY)
	$(BIN)/sanad demo

run: $(READY)
	$(BIN)/sanad run

test: $(READY)
	$(BIN)/pytest -n auto --dist worksteal

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q tests/test_catalogs.py tests/test_house.py

soak: $(READY)
	SANAD_SOAK=1000 $(BIN)/pytest -n 2 tests/fortnight

bench: $(READY)
	$(BIN)/python -m bench.tick
	$(BIN)/python -m bench.circle
	$(BIN)/python -m bench.burst

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(READY)
	$(BIN)/pybabel -q extract -F babel.cfg -k _ -k N_ -k "ngettext:1,2" -k "pgettext:1c,2" --omit-header --no-location --no-wrap --sort-output -c Translators: -o locales/messages.pot bot handlers
	for language in ar ru en; do $(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap -l $$language -i locales/messages.pot -o locales/$$language/LC_MESSAGES/messages.po || exit 1; done

conformance: $(READY)
	$(BIN)/python -m tests.conformance

slack-link: $(READY)
	$(BIN)/python -m tests.slack_link

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --group dev pyproject.toml -o requirements.lock

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Sanad needs Python 3.11 or later; say make PYTHON=python3.11 ...") if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

clean:
	rm -rf .venv
