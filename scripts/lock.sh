#!/bin/sh
# Locks what pyproject.toml asks for, with hashes and without any address of where it was found.
set -eu
cd "$(dirname "$0")/.."
compile() {
    .venv/bin/uv pip compile --quiet pyproject.toml --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url "$@"
}
compile --extra build -o requirements.txt
compile --extra build --extra dev -c requirements.txt -o requirements-dev.txt
