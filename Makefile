# make demo   set up, read the sample reports, print the record, leave it in demo.db
# make test   set up, lint, type-check, test
# make docs   build the documentation into site/
# make wheel  build the package into dist/; the same bytes from the same files
# make sbom   write what it depends on into dist/onrecord.cdx.json (CycloneDX)
# make audit  ask the network whether anything pinned has a known vulnerability
# make ftm    set up FollowTheMoney beside, whose own schema then checks the export in the tests; compiles against ICU
# make bench  measure on corpora: make bench DATA=/path/to/corpora SCORE=/path/to/scorers

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RECORD := demo.db
EXTRAS := --extra web --extra archives --extra feeds --extra pdf --extra bulk --extra excel --extra mcp --extra postgresql --extra seal

.PHONY: demo test lint docs bench wheel sbom audit ftm lock clean

$(BIN)/.ready: requirements/runtime.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(BIN)/.ready-dev: $(BIN)/.ready requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

demo: $(BIN)/.ready
	@rm -f $(RECORD) $(RECORD)-wal $(RECORD)-shm
	@$(BIN)/onrecord --record $(RECORD) add demo/reports/*.html demo/reports/*.jsonl
	@$(BIN)/onrecord --record $(RECORD) add demo/reports/1962-10-24-*.txt --date 1962-10-24 --publisher "Thornmere Evening Post"
	@$(BIN)/onrecord --record $(RECORD) add demo/reports/1962-10-26-*.txt --date 1962-10-26 --publisher "Thornmere Evening Post"
	@$(BIN)/onrecord --record $(RECORD) add demo/reports/1962-11-21-*.txt --date 1962-11-21 --publisher "Thornmere Evening Post"
	@$(BIN)/onrecord --record $(RECORD) reconcile
	@printf '\n== Who said what on 28 and 29 October ==\n\n'
	@$(BIN)/onrecord --record $(RECORD) search --kind statement --since 1962-10-28 --until 1962-10-29
	@printf '== What happened, and who tells it ==\n\n'
	@$(BIN)/onrecord --record $(RECORD) timeline --no-statements
	@printf '\n== How many, by whose count ==\n\n'
	@$(BIN)/onrecord --record $(RECORD) figures
	@printf '\n== Does it all verify? ==\n\n'
	@$(BIN)/onrecord --record $(RECORD) verify
	@printf '\nThe record is in $(RECORD). Open its reading room with\n'
	@printf '  $(BIN)/onrecord --record $(RECORD) serve\n'
	@printf 'and the address that it prints in a browser, or go on with:\n'
	@printf '  $(BIN)/onrecord --record $(RECORD) who Khrushchev\n'
	@printf '  $(BIN)/onrecord --record $(RECORD) search missiles Turkey\n'
	@printf '  $(BIN)/onrecord --record $(RECORD) info\n'

test: lint
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not browser"
	$(BIN)/python -m pytest -m browser tests/web

lint: $(BIN)/.ready-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

docs: $(BIN)/.ready-dev
	$(BIN)/python docs/generate.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

bench: $(BIN)/.ready-dev
	$(BIN)/python -m benchmarks --data "$(DATA)" --score "$(SCORE)" --write docs/evaluation.md

# SOURCE_DATE_EPOCH: the moment that the files of the wheel bear, so that it is the same whenever it is built.
wheel: $(BIN)/.ready
	SOURCE_DATE_EPOCH=1580601600 $(BIN)/hatchling build --target wheel
	@cd dist && sha256sum onrecord-*.whl

sbom: $(BIN)/.ready-dev
	@mkdir -p dist
	$(BIN)/python -W ignore -m cyclonedx_py requirements requirements/all.txt --pyproject pyproject.toml --output-reproducible --spec-version 1.6 --validate --output-file dist/onrecord.cdx.json

# Asks the network: are there known vulnerabilities in what is pinned?
audit: $(BIN)/.ready
	$(PYTHON) -m venv $(VENV)-audit
	$(VENV)-audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(VENV)-audit/bin/pip-audit --disable-pip --require-hashes -r requirements/all.txt

ftm: $(VENV)-ftm/.ready

$(VENV)-ftm/.ready: requirements/ftm.txt
	$(PYTHON) -m venv $(VENV)-ftm
	$(VENV)-ftm/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/ftm.txt
	@touch $@

lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet pyproject.toml --extra web --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/runtime.txt
	$(BIN)/uv pip compile --quiet pyproject.toml $(EXTRAS) --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -c requirements/runtime.txt -o requirements/all.txt
	$(BIN)/uv pip compile --quiet pyproject.toml $(EXTRAS) --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -c requirements/all.txt -o requirements/dev.txt
	printf 'hatchling\neditables\n' | $(BIN)/uv pip compile --quiet - --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/build.txt
	printf 'followthemoney\n' | $(BIN)/uv pip compile --quiet - --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/ftm.txt

clean:
	rm -rf $(VENV) $(VENV)-audit $(VENV)-ftm site build dist
