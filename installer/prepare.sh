# The set-up shared by run and test, read by them: system packages, .venv, the program in it.
# Everything is done only when it is missing or its list has changed, so a second start costs nothing.

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

# Debian packages of the named lists that are not installed (a package that provides the name counts).
missing_packages() {
    present=$(dpkg-query -W -f '${db:Status-Status},${Package},${Provides}\n' |
        sed -n 's/ *([^)]*)//g; s/^installed,//p' | tr -d ' ' | tr ',' '\n' | sort -u)
    if python3 -c 'import ensurepip, venv' 2>/dev/null; then
        present="$present
python3-venv"
    fi
    cat "$@" | grep -v '^#' | while read -r package; do
        printf '%s\n' "$present" | grep -qx -e "$package" || printf '%s\n' "$package"
    done | paste -s -d ' ' -
}

install_packages() {
    command -v apt-get >/dev/null || return 0  # not Debian: the system's own packages are the person's to choose
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    [ "$(id -u)" = 0 ] || stop "This needs some system packages first: sudo apt-get install -y --no-install-recommends $missing"
    say "Installing system packages: $missing"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q >&2 || say "The package lists could not be brought up to date; going on with those that are here."
    # shellcheck disable=SC2086  # a list of words
    apt-get install -q -y --no-install-recommends $missing >&2 </dev/null || stop "The system packages could not be installed."
}

# make_venv REQUIREMENTS: .venv holding exactly those packages and the program itself, from this folder.
make_venv() {
    stamp=".venv/made-from-$(basename "$1")"
    wanted=$(pwd; cat "$1" pyproject.toml | cksum)
    if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && .venv/bin/python -c '' 2>/dev/null; then return 0; fi
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || stop "This needs Python 3.11 or newer as python3."
    .venv/bin/python -m pip --version >/dev/null 2>&1 || python3 -m venv --clear .venv || stop "Python could not make .venv."
    say "Installing Python packages into .venv"
    .venv/bin/python -m pip install -q --require-hashes --only-binary :all: -r "$1" >&2 &&
        .venv/bin/python -m pip install -q --no-deps --no-build-isolation -e . >&2 ||
        stop "The Python packages could not be installed."
    .venv/bin/python -m compileall -q counter_app db resources ui  # a third of a second of each start
    printf '%s\n' "$wanted" >"$stamp"
}
