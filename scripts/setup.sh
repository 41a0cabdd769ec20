#!/bin/sh
# Makes .venv and what a command needs on this machine: setup.sh demo|dev|test
# Installs only what changed since last time. Says in a plain sentence what it cannot do.
set -eu
cd "$(dirname "$0")/.."
what=${1:-dev}

debian_root() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

fetched=no
install() { # install PACKAGE… with Debian's own tool; the lists are fetched once
    if [ $fetched = no ]; then apt-get update -qq >/dev/null; fetched=yes; fi
    echo "Installing $* …" >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo "$name"; return; fi
    done
    echo "Laget needs Python 3.11 or newer, and none was found. Install it, or name it: make PYTHON=…" >&2
    exit 1
}

make_venv() {
    if .venv/bin/python -m pip --version >/dev/null 2>&1; then return; fi
    rm -rf .venv
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        if ! debian_root; then
            echo "Python's venv is missing. On Debian and Ubuntu: sudo apt-get install python3-venv" >&2
            exit 1
        fi
        install python3-venv
    fi
    echo "Making .venv …" >&2
    "$python" -m venv .venv
}

stamp() { cat "$@" pyproject.toml scripts/setup.sh | sha256sum | cut -c1-64; }

install_packages() { # what is for tests has all that is for the demo
    runtime=$(stamp requirements.txt)
    all=$(stamp requirements.txt requirements-dev.txt)
    here=$(cat .venv/laget-installed 2>/dev/null || true)
    case $what in
        demo) if [ "$here" = "$runtime" ] || [ "$here" = "$all" ]; then return; fi; file=requirements.txt; now=$runtime ;;
        *) if [ "$here" = "$all" ]; then return; fi; file=requirements-dev.txt; now=$all ;;
    esac
    echo "Installing $file …" >&2
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r "$file"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps \
        --config-settings editable_mode=compat -e .
    echo "$now" > .venv/laget-installed
}

find_browser() {
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
        if [ -n "$name" ] && command -v "$name" >/dev/null; then return; fi
    done
    if debian_root && install chromium fonts-liberation; then return; fi
    echo "No Chromium was found, so the journeys are skipped. Install one, or name it: CHROMIUM=/path make test" >&2
}

find_postgres() {
    if ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1; then return; fi
    if debian_root; then
        mkdir -p /etc/postgresql-common/createcluster.d
        echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.d/laget.conf
        if install postgresql-15; then return; fi
    fi
    echo "No other PostgreSQL was found, so the locks are tested on the embedded one only." >&2
}

enough_node() { command -v npm >/dev/null && node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null; }

find_provider() { # the real OpenID provider of the tests of sign-in; pinned in package.json, no lock file
    have=tests/signin/node_modules/oidc-provider/package.json
    want=$(sed -n 's/.*"oidc-provider": "\([^"]*\)".*/\1/p' tests/signin/package.json)
    if grep -q "\"version\": \"$want\"" "$have" 2>/dev/null && enough_node; then return; fi
    if ! enough_node && debian_root && apt-cache policy nodejs | grep -qE 'Candidate: (2[0-9]|[3-9][0-9])\.'; then
        install nodejs npm || true
    fi
    if enough_node; then
        echo "Installing oidc-provider $want for the tests …" >&2
        if (cd tests/signin && npm install --no-package-lock --no-audit --no-fund --ignore-scripts --silent); then return; fi
    fi
    echo "Without Node.js 20 or newer and its package oidc-provider, sign-in is not tested against a real provider." >&2
}

make_venv
install_packages
if [ "$what" = test ]; then
    find_browser
    find_postgres
    find_provider
fi
