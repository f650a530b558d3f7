#!/bin/sh
# Make .venv from the hashed requirements, and see that the system's libraries are there.
#
#   tools/setup.sh run    what `make run` needs
#   tools/setup.sh dev    what `make test` and `make check` need on top
#
# What is in place already is skipped in a few milliseconds. As root on Debian or Ubuntu missing libraries are installed,
# otherwise the line that installs them is printed.
set -eu
cd "$(dirname "$0")/.."
kind=${1:-run}

sum_of() { cat "requirements/$1.txt" | cksum; }
is_current() { [ -x .venv/bin/python ] && [ "$(cat ".venv/.installed-$1" 2>/dev/null)" = "$(sum_of "$1")" ]; }

find_python() {
    for candidate in ${PYTHON:-} python3.11 python3.12 python3.13 python3 /usr/bin/python3; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    echo "Python 3.11 or later is needed, and none was found. Install it, or name it: make setup PYTHON=/path/to/python3" >&2
    exit 1
}

install_hashed() {
    # An office's network may look into TLS under a certificate that only the system knows: try that second.
    set -- pip install --quiet --require-hashes --python .venv/bin/python -r "requirements/$kind.txt"
    .venv/bin/uv "$@" 2>.venv/install.log || .venv/bin/uv --system-certs "$@" && return
    cat .venv/install.log >&2
    exit 1
}

if ! is_current "$kind"; then
    if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
        python=$(find_python)
        if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
            "$python" tools/system_packages.py venv
        fi
        echo "Making .venv with $python"
        "$python" -m venv --clear .venv
    fi
    if [ ! -x .venv/bin/uv ]; then
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
    fi
    echo "Installing requirements/$kind.txt"
    install_hashed
    sum_of "$kind" >".venv/.installed-$kind"
    if [ "$kind" = dev ]; then sum_of run >.venv/.installed-run; fi
fi

.venv/bin/python tools/system_packages.py "$kind"
