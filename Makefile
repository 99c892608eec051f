# The commands of the project. `make test` needs a Rust toolchain and node; it installs the rest itself and says so before.
# `make unit` needs the Rust toolchain alone.

SHELL = bash

# Property tests try the same inputs every time, so that a red run is the change's doing; any other number tries others.
PROPTEST_RNG_SEED ?= 1
export PROPTEST_RNG_SEED

# What the tests run: built with assertions and checked arithmetic, the hot crates optimised.
program = target/debug/shatterbelt

.PHONY: fuzz fuzz-minute kills faults test unit rust program cases ladder results python pages workbench browser web front api lint docs bench package release clean

# Each stage says what it does and how long it took; the first red one stops the rest and says how to run it alone.
test:
	@tests/stages web rust cases results python browser

# All that needs neither node nor a browser.
unit:
	@tests/stages rust cases results

rust:
	cargo test --workspace --tests --quiet --no-fail-fast
	cargo test --workspace --doc --quiet

# Nothing is built here that was not built for the tests.
program:
	@cargo test --workspace --tests --quiet --no-run

cases: program
	$(program) check cases/*
	for day in 2018-03-31 2018-05-01 2020-06-10 2021-10-09 2025-12-12; do \
	    $(program) check cases/iraq --as-of $$day || exit 1; done
	$(program) check cases/lebanon --as-of 2022-11-01

# How work grows with the size of a case, counted in instructions, on invented cases; skipped, and said so, where there is no
# valgrind. The rungs that take minutes: tests/ladder/run --high.
ladder: program
	SHATTERBELT=$(CURDIR)/$(program) tests/ladder/run

# Every shipped case run, measured, compared, scored and reported at every date its README names, held by hash.
results: program
	SHATTERBELT=$(program) tests/results/run

# The wheel built, tried and held to the program, the tables read by polars, duckdb and pyarrow; skipped, and said so, where there
# is no Python.
python: program
	SHATTERBELT=$(CURDIR)/$(program) tests/python/run

# The briefs and the workbench in one browser; each also alone.
browser: web program
	SHATTERBELT=$(CURDIR)/$(program) tests/browser pages workbench
pages: program
	SHATTERBELT=$(CURDIR)/$(program) tests/browser pages
workbench: web program
	SHATTERBELT=$(CURDIR)/$(program) tests/browser workbench

# The workbench's front end, tried part by part and built from the description of what the server answers. The built one is kept in crates/web/front, so
# that cargo alone builds a whole program; it must be what the sources give.
web: web/dist/index.html
	@diff -r web/dist crates/web/front || { \
	    echo "crates/web/front is not what the sources in web/ give; take over what they do by: make front" >&2; exit 1; }

# Takes over the front end that was built.
front: web/dist/index.html
	rm -rf crates/web/front
	cp -r web/dist crates/web/front

# What web/palette.js takes the colours of the pages from.
palette = crates/report/src/svg/palette.rs crates/report/src/svg/style.rs

web/dist/index.html: web/node_modules/.package-lock.json web/openapi.json web/index.html $(wildcard web/*.json web/*.ts web/*.js) $(palette) \
    $(shell find web/src web/public web/tests -type f ! -name api.d.ts ! -name palette.css)
	cd web && npm run build --silent && (NO_COLOR=1 npm test --silent || { rm dist/index.html; exit 1; })

web/node_modules/.package-lock.json: web/package-lock.json
	@echo "packages of web/package.json: installing them from the network (npm ci)"
	@cd web && npm ci --no-audit --no-fund --silent && touch node_modules/.package-lock.json

# Writes that description anew, after an endpoint changed.
api:
	cargo run --quiet --package shatterbelt -- serve --openapi > web/openapi.json.part
	mv web/openapi.json.part web/openapi.json

# What node looks at comes first: it is done before a compiler begins.
lint: web/node_modules/.package-lock.json
	cd web && npm run lint --silent
	cargo fmt --all --check
	cargo fmt --manifest-path crates/python/Cargo.toml --check
	cargo clippy --workspace --all-targets --quiet -- -D warnings

docs:
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --quiet

bench:
	cargo bench --workspace

# What a kill or a failing call of the system leaves of files, on the program itself; KILLS is how many for each command.
KILLS ?= 20
kills: program
	SHATTERBELT=$(CURDIR)/$(program) node tests/faults/run.js kills $(KILLS)
faults: program
	SHATTERBELT=$(CURDIR)/$(program) node tests/faults/run.js calls

# Machines look for inputs that fail, each target of crates/fuzz for so many seconds, two side by side; what they learn is kept in
# target/fuzz. For some alone: make fuzz TARGETS="html mail".
SECONDS ?= 3600
TARGETS ?=
fuzz:
	tests/fuzz/run $(SECONDS) 2 $(TARGETS)

# The same for a minute, all side by side.
fuzz-minute:
	tests/fuzz/run 60 99

# Every crate that is handed out as a package, with all that it needs inside. The last step alone asks the network: the index of packages.
package:
	cargo package --workspace --exclude shatterbelt-fuzz --no-verify --allow-dirty --quiet

# All that is handed out, in target/release-VERSION: see packaging/release.
release:
	packaging/release

clean:
	cargo clean
