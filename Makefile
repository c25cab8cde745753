# The two commands to know: make run, make test. All else below is for who works on the code.
# PYTHON picks another interpreter (3.11 or newer): make install PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
STAMP := $(VENV)/.installed
TROLY := $(VENV)/bin/troly
ROOMS := assistant connectors corpus eval prompts retrieval

# Q and UNIT are a person's words: taken as typed (a "$" in them is no variable) and handed on through the
# environment, so that no quotation mark in them ends a shell word.
override Q := $(value Q)
override UNIT := $(value UNIT)
export Q UNIT

.DEFAULT_GOAL := help
# What scans, old formats and the pages that tests draw need beside Python packages, as Debian names them.
TOOLS := tesseract-ocr tesseract-ocr-vie libreoffice-writer-nogui libreoffice-calc-nogui fonts-dejavu-core
.PHONY: help install tools run test check bench bench-office bench-progress bench-scale bench-service retrieval-sets eval clean

help:
	@echo 'make run        install, take in the documents that ship, open a conversation'
	@echo 'make run Q="Ai chủ trì nhiệm vụ 18 và khi nào đến hạn?" [UNIT="UBND phường Nhị Chiểu"]   one answer'
	@echo 'make test       install, run the tests, measure the answers against eval/gate.toml'
	@echo 'make check      form, types and tests;  make bench: measured times'
	@echo 'make bench-office [PLANS=2000] [TASKS=50]   the same with as many made-up plans (minutes)'
	@echo 'make bench-progress [CHANGES=2000000]   progress of 100,000 tasks, on both databases (half an hour)'
	@echo 'make bench-service   the service with 1, 8 and 32 people at once'
	@echo 'make bench-scale [SIZES="10000 100000"]   search over generated corpora (an hour)'
	@echo 'make retrieval-sets TO=FOLDER [ALQAC=FOLDER]   folders for troly eval retrieval'
	@echo 'make eval       the answers measured, with a report;  make clean: remove what was made'

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'Python 3.11 or newer is needed: make install PYTHON=python3.12' >&2; exit 1; }
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo 'No venv was made. On Debian or Ubuntu: apt install python3-venv' >&2; exit 1; }
	@echo 'Installing into $(VENV) …' >&2
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@$(VENV)/bin/python -m compileall -q $(ROOMS)
	@touch $@

# Root on Debian or Ubuntu gets what is missing; anybody else is told, and the tests that need it are skipped.
tools:
	@tesseract --list-langs 2>/dev/null | grep -qx vie && command -v soffice >/dev/null \
	  && test -e /usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo 'Installing $(TOOLS) …' >&2; \
	  apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y $(TOOLS) >/dev/null \
	    || echo 'Not installed; the tests that need them are skipped: $(TOOLS)' >&2; \
	else \
	  echo 'For scans and old formats install: $(TOOLS)' >&2; \
	fi

# What is new or changed among the documents that ship is taken in; its messages are shown where it fails.
run: install
	@messages=$$($(TROLY) ingest --json 2>&1 >/dev/null) || printf '%s\n' "$$messages" >&2
	@$(TROLY) $(if $(Q),ask,chat) $(if $(UNIT),--unit "$$UNIT") $(if $(Q),-- "$$Q")

test: install tools
	@$(VENV)/bin/python -m pytest
	@$(TROLY) eval gate

# The arrows between the rooms are kept by a test of their own, which runs with the others.
check: install tools
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/python -m pytest

# Every case of eval/cases in every way of typing: a table, and a report in the data folder.
eval: install
	@$(TROLY) eval run

bench: install
	@$(VENV)/bin/python -m compileall -q $(ROOMS)
	@$(VENV)/bin/python -m eval.bench

PLANS ?= 2000
TASKS ?= 50

bench-office: install
	@$(VENV)/bin/python -m compileall -q $(ROOMS)
	@$(VENV)/bin/python -m eval.bench_office --plans $(PLANS) --tasks $(TASKS)

# Filters and counts over 100,000 tasks with 2,000,000 changes, on SQLite and PostgreSQL (half an hour)
CHANGES ?= 2000000
bench-progress: install
	@$(VENV)/bin/python -W ignore -m eval.bench_progress --changes $(CHANGES)

bench-service: install
	@$(VENV)/bin/python -m compileall -q $(ROOMS)
	@$(VENV)/bin/python -m eval.bench_service

# Search over generated corpora; SIZES="1000000" by hand (hours, 10 GB of disk). Figures: docs/performance.md
SIZES ?= 10000 100000
bench-scale: install
	@OPENBLAS_NUM_THREADS=1 $(VENV)/bin/python -m eval.scale $(SIZES)

# Folders in BEIR layout made of what is at hand, to measure search on: troly eval retrieval $(TO)/office
TO ?= build/retrieval-sets
retrieval-sets: install
	@$(VENV)/bin/python -m eval.retrieval_sets $(TO) $(ALQAC)

# Leaves the data folder (TROLY_DATA) as it is.
clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find $(ROOMS) tests -name __pycache__ -type d -prune -exec rm -rf {} +
