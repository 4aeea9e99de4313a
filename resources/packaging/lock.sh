#!/bin/sh
# Pins what pyproject.toml asks for, for all systems and with hashes, in the requirements files.
#
# usage: lock.sh UV [options of `uv pip compile`, such as --upgrade]
set -eu
uv=$1
shift

# The development and build environments hold the very versions that the program runs with.
compile() {
    "$uv" pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
        --python-version 3.11 pyproject.toml "$@"
}
compile --output-file requirements.txt "$@"
compile --output-file requirements-dev.txt --group dev --constraint requirements.txt "$@"
compile --output-file requirements-build.txt --group build --constraint requirements.txt "$@"
# Neither is the program's: a worker of a cluster (`make cluster`), what the bulletin is compared with (`make compare`).
cluster=resources/packaging/requirements-cluster.txt
comparison=tests/benchmarks/requirements-comparison.txt
compile --output-file "$cluster" --extra cluster --constraint requirements.txt "$@"
compile --output-file "$comparison" --group comparison --constraint requirements.txt "$@"

! grep --line-number http requirements*.txt "$cluster" "$comparison"
