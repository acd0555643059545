# Parts of a check: each runs within its limit, all run even when one failed. Sourced by scripts/test.
# shellcheck shell=bash

INSTALL_LIMIT=240 # seconds
OUTCOMES=()
FAILED=0
RUNNING=

# Runs a command as a part of this name; its outcome is kept for `report`.
part() { # NAME SECONDS COMMAND…
    printf '\n== %s\n' "$1"
    attempt "$@"
}

attempt() { # NAME SECONDS COMMAND…
    local name=$1 limit=$2 code=0
    shift 2
    within "$limit" "$@" || code=$?
    case $code in
        0) outcome "$name" passed ;;
        124 | 137) failure "$name" "over its limit of $limit s" ;;
        *) failure "$name" "exit code $code" ;;
    esac
}

# Tests that need programs from outside Python: installs the Debian packages where it can, else skips the part by name.
system_part() { # NAME SECONDS PACKAGES EXPRESSION
    local name=$1 limit=$2 packages=$3 expression=$4 code=0
    printf '\n== %s (%s)\n' "$name" "$packages"
    within "$limit" pytest --collect-only -q -m "$expression" >/dev/null || code=$?
    if [ "$code" = 5 ]; then
        outcome "$name" "no tests yet"
    elif has_packages "$packages"; then
        attempt "$name" "$limit" pytest -m "$expression"
    elif [ "${CI:-}" = true ]; then
        failure "$name" "$packages could not be installed"
    else
        outcome "$name" "skipped: install $packages to run it"
    fi
}

# Whether the packages are there, after trying to install those that are not.
has_packages() { # PACKAGES
    local missing
    missing=$(missing_packages "$1")
    [ -z "$missing" ] && return
    can_install && install_packages "$missing" && [ -z "$(missing_packages "$1")" ]
}

missing_packages() { # PACKAGES
    local package
    for package in $1; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s ' "$package"
    done
}

can_install() { command -v apt-get >/dev/null && { is_root || sudo -n true 2>/dev/null; }; }

install_packages() { # PACKAGES
    local names
    read -ra names <<<"$1"
    printf 'installing %s\n' "$1"
    twice as_root apt-get update -qq &&
        twice as_root apt-get install -y -qq --no-install-recommends "${names[@]}" >/dev/null
}

is_root() { [ "$(id -u)" = 0 ]; }

as_root() {
    if is_root; then
        within "$INSTALL_LIMIT" env DEBIAN_FRONTEND=noninteractive "$@"
    else
        within "$INSTALL_LIMIT" sudo -n env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

# A command with a time limit in seconds (none where `timeout` is missing); 124 when it took longer.
# It runs beside this shell so that an interruption reaches it at once.
within() { # SECONDS COMMAND…
    local limit=$1
    shift
    if command -v timeout >/dev/null; then
        timeout -k 10 "$limit" "$@" &
    else
        "$@" &
    fi
    RUNNING=$!
    wait "$RUNNING"
}

stop() { # EXIT-CODE
    [ -z "$RUNNING" ] || kill "$RUNNING" 2>/dev/null
    exit "$1"
}
trap 'stop 130' INT
trap 'stop 143' TERM

outcome() { OUTCOMES+=("$(printf '%-14s %s' "$1" "$2")"); } # NAME WORDS

failure() { # NAME WORDS
    outcome "$1" "FAILED: $2"
    FAILED=1
}

# What every part came to; 1 when one failed.
report() {
    printf '\n'
    printf '%s\n' "${OUTCOMES[@]}"
    return "$FAILED"
}
