# Gapura: what people call. Each target installs what it needs of Debian first, and says so.

SWIFT ?= swift
STATE ?= var/dev
PORT ?= 8080
CONFIG ?= etc/gapura

.DEFAULT_GOAL := help
.PHONY: help run kiosk day simulate test record soak fuzz sanitize measure gallery test-unit lint format bench compare-bench profile build release clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: ## install what is missing, build, and start the demonstration office on 127.0.0.1:8080 (CLOSED=1: its real hours)
	@scripts/dependencies run
	@$(SWIFT) build --product gapura
	@scripts/run --state $(STATE) --config $(CONFIG) --port $(PORT)

kiosk: ## open a kiosk in this terminal (while `make run` runs in another)
	@.build/debug/gapura kiosk --runtime $(STATE)/run --share share

day: ## play an office day through the real interfaces (SEED=1 PEOPLE=200)
	@scripts/dependencies build
	@$(SWIFT) build --product gapura
	@$(SWIFT) build --product gapura-day
	@$(SWIFT) build --product ShiftedClock
	@scripts/day

simulate: ## play a year of the hall through the real queue: waits, estimates, counters (SIMULATE="--counters 20")
	@scripts/dependencies build
	@$(SWIFT) build -c release --product gapura-simulate
	@.build/release/gapura-simulate $(SIMULATE)

test: ## everything that CI checks
	@scripts/dependencies test
	@scripts/test

record: ## write down every page, frame, command and name, to compare when things were moved (DIR=var/record)
	@scripts/dependencies test
	@$(SWIFT) build --build-tests
	@scripts/record $(or $(DIR),var/record)

soak: ## an office killed 500 times (KILLS=… SEED=…); a million operations against models (OPERATIONS=…); each failing call of each act
	@scripts/dependencies test
	@scripts/soak
	@GAPURA_TEST_OPERATIONS=$(or $(OPERATIONS),1000000) GAPURA_MEASURE_NEXT=1 \
	  GAPURA_TEST_DRAW_ENTRIES=20000 $(SWIFT) test -c release -Xswiftc -enable-testing --scratch-path .build/soak \
	  --filter 'QueueModelTests|AppointmentModelTests|NextCostTests|DrawTests'
	@$(SWIFT) build --build-tests
	@GAPURA_TEST_EVERY_CALL=1 .build/debug/gapuraPackageTests.xctest EndToEnd.EveryWriteTests
	@GAPURA_TEST_EVERY_CALL=1 .build/debug/gapuraPackageTests.xctest EndToEnd.PageWriteTests
	@GAPURA_TEST_EVERY_CALL=1 .build/debug/gapuraPackageTests.xctest EndToEnd.ConsoleWriteTests
	@GAPURA_TEST_EVERY_CALL=1 .build/debug/gapuraPackageTests.xctest EndToEnd.FactorWriteTests
	@GAPURA_TEST_EVERY_CALL=1 .build/debug/gapuraPackageTests.xctest EndToEnd.KioskWriteTests
	@GAPURA_TEST_EVERY_CALL=1 .build/debug/gapuraPackageTests.xctest EndToEnd.CommandWriteTests
	@GAPURA_TEST_EVERY_CALL=1 .build/debug/gapuraPackageTests.xctest EndToEnd.JobWriteTests

fuzz: ## look for bytes that break a reader of foreign bytes, ten minutes each (FUZZ="json5 form" FUZZ_SECONDS=60 FUZZ_SEED=1)
	@scripts/dependencies build
	@scripts/fuzz $(FUZZ)

gallery: ## every component of the pages and every kind of kiosk frame, in each state, as files to look at (DIR=var/gallery)
	@scripts/dependencies build
	@$(SWIFT) build --product gapura-gallery
	@.build/debug/gapura-gallery $(CURDIR) $(or $(DIR),var/gallery)

sanitize: ## the tests, watched for data races and for memory that is not there (SANITIZE=thread TESTS='^StoreTests')
	@scripts/dependencies test
	@scripts/sanitize $(SANITIZE) $(if $(TESTS),'$(TESTS)')

measure: ## lines, files, public names and what else of the code can be counted, by target (COMMIT=…)
	@scripts/measure $(COMMIT)

lint: ## the formatter's rules, strictly
	@$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks

format: ## format the sources in place
	@$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks

bench: ## figures as ratios against the bare libraries, in one run: docs/performance.md (BENCH="visits"; COMPARE=REV: which moved, PAIRS=5)
	@scripts/dependencies build
	@COMPARE="$(COMPARE)" PAIRS="$(PAIRS)" scripts/bench $(BENCH)

compare-bench: ## those ratios of two built trees in turn; ends with 1 where one is worse (OLD=DIR NEW=. PAIRS=5 BENCH="tickets vault")
	@scripts/compare-bench $(OLD) $(or $(NEW),.) --pairs $(or $(PAIRS),5) $(BENCH)

profile: ## where the processors' time of a ticket, a visit and a display's change goes (perf; what it saw stays in .build/bench/profiles)
	@scripts/dependencies profile
	@scripts/profile

release: ## the optimised executable with the Swift runtime inside, hardened, with the list of its parts (SBOM)
	@scripts/dependencies build
	@scripts/release
	@ls -l .build/release/gapura .build/release/gapura.spdx.json

clean: ## remove what was built and the development state
	@rm -rf .build var
