# `make` alone lists what can be made.
SHELL := /bin/bash
.PHONY: help run test bench soak

# Where `make run` opens the browser.
PAGE ?= http://127.0.0.1:8080/

help:
	@echo 'make run    build Lumbung, fill demo.db with the demo if it is absent, serve it, open the browser'
	@echo 'make test   build, check and test everything, as CI does'
	@echo 'make bench  measure the release build on a private PostgreSQL'
	@echo 'make soak   kill the server 200 times in mid-work and check its books each time'

# A demo that was not finished is removed, or the next run would serve half of it.
run:
	scripts/setup
	cd browser && npm run build
	cargo build --release
	@test -e demo.db || { \
		trap 'test -n "$$whole" || rm -f demo.db demo.db-wal demo.db-shm' EXIT; \
		trap 'exit 130' INT TERM; \
		echo 'target/release/lumbung --db sqlite:demo.db demo'; \
		target/release/lumbung --db sqlite:demo.db demo && whole=yes; \
	}
	@if command -v xdg-open >/dev/null; then (sleep 2; xdg-open '$(PAGE)') >/dev/null 2>&1 & fi
	target/release/lumbung --db sqlite:demo.db serve

test:
	@scripts/test

bench:
	scripts/setup
	cd browser && npm run build
	cargo build --release
	scripts/with-postgres target/release/lumbung bench

soak:
	scripts/setup
	cd browser && npm run build
	LUMBUNG_KILL_ROUNDS=200 scripts/with-postgres cargo nextest run --release --workspace -E 'test(kill)'
