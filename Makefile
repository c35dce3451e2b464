# Everything a person types. `make` alone prints this list; nothing is hidden behind another tool.
# Honoured: PORT, VAR_DIR, NO_APT=1, PYTHON (setup), PYTEST (arguments of pytest, for example PYTEST="tests/engine/rules -x").

IN := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup setup-run setup-test run test quick coverage check lint types floors lock bench soak mutants shots docs messages reset

help:
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{ printf "  make %-9s %s\n", $$1, $$2 }'

setup: setup-run setup-test ## prepare both `make run` and `make test`

setup-run:
	@sh example/setup.sh run

setup-test:
	@sh example/setup.sh test

run: setup-run ## start everything on example data and print the address (Ctrl-C ends it)
	@exec $(IN) -m example.run

test: setup-test ## lint, types, floors and every test, against servers it starts itself
	@sh .ci/steps test $(PYTEST)

quick: setup-test ## the pure tests and those of the files that changed, in under a minute
	@$(IN) -m tests.quick

coverage: setup-test ## how many lines of the engine its tests run
	@sh .ci/steps coverage

check: setup-test ## lint, types, floors and bandit only
	@sh .ci/steps check

lint: setup-test ## ruff and djlint only
	@sh .ci/steps lint

types: setup-test ## mypy only
	@sh .ci/steps types

floors: setup-test ## import-linter only
	@sh .ci/steps floors

lock: setup-test ## write requirements*.txt and the bill of materials anew from pyproject.toml (needs the network)
	@sh .ci/steps lock

bench: setup-test ## posts per second of the whole way, beside the usual way
	@$(IN) -m bench
	@$(IN) -m bench.storing
	@$(IN) -m bench.likeness
	@$(IN) -m bench.reading
	@$(IN) -m bench.names
	@$(IN) -m bench.flyers
	@$(IN) -m bench.desk
	@$(IN) -m bench.sweep
	@$(IN) -m bench.case_page
	@$(IN) -m bench.week
	@$(IN) -m bench.public

soak: setup-test ## the whole way under faults, for as long as SOAK_MINUTES says; every crash point and bad mood times 25 seeds
	@CRASH_SEEDS=25 MOODY_SEEDS=25 $(IN) -m pytest tests/worker/test_points.py tests/worker/test_job_points.py \
		tests/worker/test_moody.py tests/worker/test_moody_api.py
	@CASE_HISTORIES=10000 CASE_PAIRS=2000 CASE_KILLS=1500 $(IN) -m pytest tests/cases/test_replay.py tests/cases/test_at_once.py \
		tests/cases/test_dying.py
	@FORMULAS=5 STORED_ROUNDS=5 ATTACK_EXAMPLES=300 HOSTILE_REPORTS=10000 RECEIPT_GUESSES=1000000 LOGIN_GUESSES=100000 \
		WALL_STATEMENTS=50000 $(IN) -m pytest tests/attacks
	@WHOLE_MATRIX=1 $(IN) -m pytest tests/admin/test_access_walk.py
	@SEAL_TAMPERS=10000 $(IN) -m pytest tests/evidence/anchors/test_tampers.py
	@PACKAGES=20 SPOILED=100 PACKAGE_DEATHS=100 $(IN) -m pytest tests/cases/packages/test_verify.py tests/cases/packages/test_dying.py
	@API_CALLS=10000 $(IN) -m pytest tests/api/test_described.py
	@PACKET_CASES=1 HOSTILE_BODIES=1000 $(IN) -m pytest tests/sources/test_packets.py tests/sources/test_hostile_bodies.py
	@PUBLIC_CHECKS=1000 $(IN) -m pytest tests/public/test_canary.py
	@LAWS_ANEW=1 $(IN) -m pytest -n 2 tests/domain tests/engine tests/infra tests/sources tests/triage tests/cases
	@$(IN) -m bench.hostile_pictures
	@exec $(IN) -m bench.soak

mutants: setup-test ## small changes of the product, one by one: does a test notice? (a few hours)
	@$(IN) -m bench.mutants

shots: setup-test ## the screenshots of the documents, from a running example; a few of them: ONLY="agency registrar"
	@[ -n "$(ONLY)" ] || $(IN) -m docs.extension_steps
	@exec $(IN) -m docs.shots $(ONLY)

docs: setup-test ## the documentation as a site in var/site
	@sh .ci/steps docs

messages: setup-test ## collect the words of the screen into locale/
	@sh .ci/steps messages

reset: setup-run ## empty what `make run` keeps
	@exec $(IN) -m example.run --reset
