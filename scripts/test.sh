#!/bin/sh
# Everything that must hold. Each part is run even if one before it failed; pytest's closing line comes last.
set -u
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=""

part() {
    name=$1; shift
    echo; echo "== $name"
    "$@" || failed="$failed, $name"
}

$bin/laget messages compile
part "checks" scripts/check.sh
other=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | head -n 1)
if [ -n "$other" ]; then
    part "the locks, on the PostgreSQL in $other" \
        env LAGET_POSTGRES_BIN="$other" $bin/python -m pytest -q -n 2 --dist loadfile -m locks
fi
part "journeys" $bin/python -m pytest -q tests/journeys
part "random worlds, planted words and histories" $bin/python -m pytest -q -n 2 --dist worksteal -m worlds
part "rooms and house" $bin/python -m pytest -q -n 2 --dist loadfile -m "not worlds and not journey"
if [ -n "$failed" ]; then echo "Did not hold: ${failed#, }" >&2; exit 1; fi
