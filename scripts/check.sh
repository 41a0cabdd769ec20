#!/bin/sh
# The fast checks: form, types, floors, translations, migrations. All are run; the exit code says whether all held.
set -u
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=""

step() {
    name=$1; shift
    if "$@"; then echo "ok: $name"; else failed="$failed, $name"; echo "FAILED: $name" >&2; fi
}

step "format" $bin/ruff format --check --quiet .
step "lint" $bin/ruff check --quiet .
step "templates" $bin/djlint --lint --quiet laget
step "types" $bin/mypy
step "floors" $bin/lint-imports --no-logo
step "translations" $bin/laget messages check
step "migrations" $bin/python -W ignore manage.py makemigrations --check --dry-run
if [ -n "$failed" ]; then echo "Did not hold: ${failed#, }" >&2; exit 1; fi
