# The commands of the project. `make test` needs a Rust toolchain and node; it installs the rest itself.

# Property tests try the same inputs every time, so that a red run is the change's doing; any other number tries others.
PROPTEST_RNG_SEED ?= 1
export PROPTEST_RNG_SEED

.PHONY: test unit pages web workbench bench clean

test: web unit pages workbench

unit:
	cargo test --workspace --all-targets --quiet
	cargo test --workspace --doc --quiet
	cargo run --quiet --package cli -- check cases/*
	for day in 2018-03-31 2018-05-01 2020-06-10 2021-10-09 2025-12-12; do \
	    cargo run --quiet --package cli -- check cases/iraq --as-of $$day || exit 1; done
	cargo run --quiet --package cli -- check cases/lebanon --as-of 2022-11-01

# The brief as a reader's browser sees it: valid, without network, nothing clipped, readable by everyone.
pages:
	bash tests/pages/run

# The workbench's front end: the description of what the server answers, then the pages, built to be taken into the
# program. Without it the program builds all the same, and `serve` says what is missing.
web:
	cargo run --quiet --package cli -- serve --openapi > web/openapi.json.part
	mv web/openapi.json.part web/openapi.json
	cd web && npm ci --no-audit --no-fund --silent && npm run build --silent
	touch crates/web/build.rs

# The workbench in a browser: a day's work, a hostile document, a broken file.
workbench: web
	bash tests/workbench/run

bench:
	cargo bench --workspace

clean:
	cargo clean
