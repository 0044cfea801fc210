# Everything is a script under eng/, bench/ or images/: this file only names them.
PREFIX ?= /usr/local
DESTDIR ?=

.PHONY: help build pack test demo demo-ovs bench install lint clean
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## publish the Native AOT binary to out/minidock
	@eng/build

pack: ## NuGet packages for plugins in C#, to out/packages
	@eng/pack

test: ## all tests, as root; the last line is "N passed, N failed, N skipped"
	@eng/test

demo: ## build, make busybox.tar, import it, run it with a memory limit and a bridge
	@eng/demo

demo-ovs: ## two containers that ping each other through an Open vSwitch switch
	@eng/demo-ovs

bench: ## compare with crun, runc, docker, podman and bubblewrap in one run (PARTS="start import")
	@bench/run $(PARTS)

install: ## install the binary and shell completion under PREFIX (default /usr/local)
	@eng/install "$(DESTDIR)$(PREFIX)"

lint: ## formatting, shell scripts and the project's own style rules
	@eng/lint

clean: ## remove what was built
	@rm -rf out src/*/bin src/*/obj tests/*/bin tests/*/obj
