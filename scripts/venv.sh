# Makes .venv and installs the package there, once: a second call only compares the stamp. Sourced by the scripts beside it.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
VENV=$ROOT/.venv
PIP_OPTIONS=(--quiet --quiet --no-input --disable-pip-version-check)

# The one of two wordings that the locale asks for.
words() { # ENGLISH CHINESE
    case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
        zh*) printf '%s\n' "$2" ;;
        *) printf '%s\n' "$1" ;;
    esac
}

# One line on stderr, and the end.
fail() { # ENGLISH CHINESE
    printf '%s: %s\n' "${0##*/}" "$(words "$@")" >&2
    exit 2
}

# The package as an editable install in .venv, with the extra named (none: what the program itself needs).
install_package() { # [EXTRA]
    local extra=${1:-}
    is_installed "$extra" && return
    is_usable_venv || make_venv
    rm -f "$VENV"/installed*
    printf '%s: %s\n' "${0##*/}" "$(words "installing into .venv …" "正在安装到 .venv …")" >&2
    twice "$VENV/bin/python" -m pip install "${PIP_OPTIONS[@]}" -c "$ROOT/constraints.txt" -e "$ROOT${extra:+[$extra]}" ||
        fail "pip could not install the package (its words are above); check the connection and call again" \
            "pip 未能安装（原因见上）；请检查网络后重试"
    stamp >"$VENV/installed${extra:+-$extra}"
}

# Whether .venv holds what this checkout asks for now; whatever has the development tools has the program too, and what
# has more extras than they need has them.
is_installed() { # EXTRA
    local file
    [ -x "$VENV/bin/python" ] || return 1
    for file in "$VENV/installed${1:+-$1}" "$VENV/installed-dev" "$VENV/installed-dev,"*; do
        case $file in *-dev) [[ $1 != *,* ]] || continue ;; esac
        [ -f "$file" ] && stamp | cmp -s - "$file" && return 0
    done
    return 1
}

# What an install depends on: the folder, the dependencies and their versions.
stamp() { printf '%s\n' "$ROOT" && cat "$ROOT/pyproject.toml" "$ROOT/constraints.txt"; }

# A .venv that was moved, half made or made by a Python that has gone is none.
is_usable_venv() {
    [ -x "$VENV/bin/python" ] && head -n 2 "$VENV/bin/pip" 2>/dev/null | grep -qF "$VENV/" &&
        "$VENV/bin/python" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

make_venv() {
    local python
    python=$(find_python) || exit
    "$python" -m venv --clear "$VENV" ||
        fail "$python could not make $VENV (its words are above)" "$python 未能建立 $VENV（原因见上）"
}

# The first Python that is new enough and can make a venv.
find_python() {
    local name version found=
    for name in python3.13 python3.12 python3.11 python3; do
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        "$name" -c 'import ensurepip, venv' 2>/dev/null && command -v "$name" && return
        found=${found:-$name}
    done
    [ -n "$found" ] ||
        fail "no Python 3.11 or newer here; install one (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.13)" \
            "未找到 Python 3.11 及以上版本；请安装（Debian、Ubuntu：apt install python3 python3-venv；macOS：brew install python@3.13）"
    version=$("$found" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    fail "$found has no venv module; install it (Debian, Ubuntu: apt install python$version-venv)" \
        "$found 缺少 venv 模块；请安装（Debian、Ubuntu：apt install python$version-venv）"
}

# What comes over the network is tried again once.
twice() { "$@" || { sleep 3 && "$@"; }; }
