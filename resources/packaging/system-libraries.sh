#!/bin/sh
# Installs what the machine lacks of the system libraries that Qt and the tests need (Debian, Ubuntu).
# When it may not, it names them in one line and goes on: whatever does not need them still works.
#
# usage: system-libraries.sh screen|tests|frozen|package...
set -u
PATH=$PATH:/usr/sbin:/sbin

# What shows that it is there (a library, a command, another file), and the package that brings it.
screen='
libEGL.so.1:libegl1
libGL.so.1:libgl1
libglib-2.0.so.0:libglib2.0-0
libdbus-1.so.3:libdbus-1-3
libfontconfig.so.1:libfontconfig1
libxkbcommon.so.0:libxkbcommon0
libxcb-cursor.so.0:libxcb-cursor0
libxcb-icccm.so.4:libxcb-icccm4
libxcb-keysyms.so.1:libxcb-keysyms1
libxcb-shape.so.0:libxcb-shape0
libxkbcommon-x11.so.0:libxkbcommon-x11-0
libcups.so.2:libcups2
'
tests='
Xvfb:xvfb
pdftotext:poppler-utils
qpdf:qpdf
strace:strace
openbox:openbox
xdotool:xdotool
setxkbmap:x11-xkb-utils
dbus-daemon:dbus
/usr/libexec/at-spi-bus-launcher:at-spi2-core
/usr/lib/*/girepository-1.0/Atspi-2.0.typelib:gir1.2-atspi-2.0
/usr/lib/python3/dist-packages/gi/__init__.py:python3-gi
'
# What dpkg-shlibdeps must find to name its package, and the clean Debian that the package is tried in.
package='
libwayland-client.so.0:libwayland-client0
libwayland-cursor.so.0:libwayland-cursor0
dpkg-shlibdeps:dpkg-dev
debootstrap:debootstrap
'
# PyInstaller reads libraries with objdump and copies Python's own, which Debian ships apart.
version=$("${PYTHON:-python3}" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
frozen='
objdump:binutils
'
case $("${PYTHON:-python3}" -c 'import sys; print(sys.base_prefix)' 2>/dev/null) in
    /usr) frozen="$frozen libpython$version.so.1.0:libpython$version" ;;
esac

[ "$(uname -s)" = Linux ] || exit 0

libraries=$(ldconfig -p 2>/dev/null)
missing() {
    for entry in $wanted; do
        case ${entry%%:*} in
            *.so.*) case $libraries in *"${entry%%:*} "*) continue ;; esac ;;
            # Unquoted: the folder of the machine's kind is in the path.
            # shellcheck disable=SC2086
            /*) ls ${entry%%:*} >/dev/null 2>&1 && continue ;;
            *) command -v "${entry%%:*}" >/dev/null && continue ;;
        esac
        printf '%s ' "${entry#*:}"
    done
}

wanted=
for group; do
    case $group in
        screen) wanted="$wanted $screen" ;;
        tests) wanted="$wanted $tests" ;;
        frozen) wanted="$wanted $frozen" ;;
        package) wanted="$wanted $package" ;;
        *) echo "system-libraries.sh: $group ?" >&2; exit 2 ;;
    esac
done

packages=$(missing)
[ -n "$packages" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing system packages: $packages"
    export DEBIAN_FRONTEND=noninteractive
    log=$(mktemp)
    # Unquoted: one word a package.
    # shellcheck disable=SC2086
    { apt-get update && apt-get install --yes --no-install-recommends $packages; } >"$log" 2>&1 </dev/null \
        || tail -n 3 "$log" >&2
    rm -f "$log"
    libraries=$(ldconfig -p 2>/dev/null)
    packages=$(missing)
fi
[ -z "$packages" ] || echo "System packages to install (apt-get install): $packages" >&2
