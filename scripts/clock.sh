#!/bin/sh
# Runs tests as if it were another moment (UTC): scripts/clock.sh "2028-02-29 23:10:00" laget/consents
# Needs the package faketime. Python and a PostgreSQL of its own get the same clock, and it goes on from there.
set -eu
cd "$(dirname "$0")/.."
then=$1
shift
library=$(ls /usr/lib/*/faketime/libfaketime.so.1 2>/dev/null | head -n 1)
[ -n "$library" ] || { echo "faketime is not installed: apt-get install faketime" >&2; exit 2; }
FAKETIME="+$(($(date -u -d "$then" +%s) - $(date +%s)))s"
export FAKETIME FAKETIME_DONT_FAKE_MONOTONIC=1 LD_PRELOAD="$library"
exec .venv/bin/python -m pytest -q -p tests.support.sleeping "$@"
