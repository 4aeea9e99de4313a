# Everything is set up in .venv, from the pinned requirements, the first time and whenever they change.
PYTHON ?= python3
PIP := -m pip --disable-pip-version-check --quiet
LIBRARIES := resources/packaging/system-libraries.sh
PROJECT := requirements-dev.txt requirements-build.txt pyproject.toml $(LIBRARIES)

FROZEN := build/frozen/permanence
# The date of what is built: the same tree gives the same bytes.
EPOCH := $(shell git log -1 --format=%ct 2>/dev/null || echo 1767225600)

.PHONY: run test check pictures frozen deb deb-test archive lock cluster compare clean

run: .venv/ready
	@.venv/bin/permanence

test: .venv/ready
	@.venv/bin/python -m pytest

check: .venv/ready
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

pictures: .venv/ready
	@.venv/bin/python -m tests.pictures

frozen deb archive: export SOURCE_DATE_EPOCH ?= $(EPOCH)
frozen: export PYTHONHASHSEED := 0
frozen: .venv-build/ready
	@.venv-build/bin/pyinstaller --noconfirm --log-level ERROR --distpath build/frozen --workpath build/work build.spec
	@du -sh $(FROZEN)

deb: frozen
	@sh $(LIBRARIES) package
	@.venv-build/bin/python resources/packaging/deb.py $(FROZEN) build/work/build/shipped.json build/deb

# As root: a clean Debian is made once, under build/chroot.
deb-test: deb .venv/ready
	@.venv/bin/python -m pytest -m slow tests/frozen/test_debian.py

# For one user, without an administrator: unpacked, then `sh install.sh`.
archive: frozen
	@.venv-build/bin/python resources/packaging/archive.py $(FROZEN) build

lock:
	@rm -rf build/lock && $(PYTHON) -m venv build/lock
	@build/lock/bin/python $(PIP) install uv
	@sh resources/packaging/lock.sh build/lock/bin/uv

# What a campaign past one machine needs (`permanence campaign --scheduler`), for the slow test of it.
cluster: build/cluster/ready

# The bulletin beside what one would otherwise draw it with, in pages a second.
compare: build/compare/ready
	@build/compare/bin/python -m tests.benchmarks.comparison

build/cluster/ready: resources/packaging/requirements-cluster.txt
build/compare/ready: tests/benchmarks/requirements-comparison.txt
build/cluster/ready build/compare/ready:
	@$(PYTHON) -m venv --clear $(@D)
	@$(@D)/bin/python $(PIP) install --require-hashes -r $<
	@touch $@

clean:
	@rm -rf .venv .venv-build build *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# pip takes no editable project among hashes: the project comes after, with the build tool that the lock holds.
.venv/ready: $(PROJECT)
	@PYTHON=$(PYTHON) sh $(LIBRARIES) screen tests
	@.venv/bin/python -c "" 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@.venv/bin/python $(PIP) install --require-hashes -r requirements-dev.txt
	@.venv/bin/python $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv-build/ready: $(PROJECT)
	@PYTHON=$(PYTHON) sh $(LIBRARIES) screen frozen
	@.venv-build/bin/python -c "" 2>/dev/null || $(PYTHON) -m venv --clear .venv-build
	@.venv-build/bin/python $(PIP) install --require-hashes -r requirements-build.txt
	@.venv-build/bin/python $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
