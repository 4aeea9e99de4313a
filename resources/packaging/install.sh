#!/bin/sh
# Installs Permanence for the user who runs it, without an administrator, and takes it away again.
#
# usage: sh install.sh [--uninstall]
#
# It stands beside `program` (the frozen folder), `share` (menu, icons, type of file) and `version`.
#   DATA/permanence-app/VERSION    the program; the version before stays, for one step back
#   DATA/permanence-app/current    a link to the one in use: changed in one go, an old one runs on until it is closed
# `permanence pack install` lays a signed update out in the same way, and `permanence pack back` goes one step back.
# where DATA is XDG_DATA_HOME, else ~/.local/share. What the user writes is in DATA/permanence, and is never touched.
set -eu

die() {
    echo "$1" >&2
    exit 1
}

: "${HOME:?}"
data=${XDG_DATA_HOME:-$HOME/.local/share}
state=${XDG_STATE_HOME:-$HOME/.local/state}
app=$data/permanence-app
command=$HOME/.local/bin/permanence

# Menus and types of files are read anew; where these are missing, at the next session.
refresh() {
    command -v update-mime-database >/dev/null && update-mime-database "$data/mime" 2>/dev/null || :
    command -v update-desktop-database >/dev/null && update-desktop-database -q "$data/applications" 2>/dev/null || :
}

uninstall() {
    [ -d "$app" ] || die "Permanence n’est pas installé dans $app."
    rm -rf "$app"
    if [ -L "$command" ]; then
        case $(readlink "$command") in "$app"/*) rm -f "$command" ;; esac
    fi
    rm -f "$data/applications/permanence.desktop" "$data/mime/packages/permanence.xml"
    rm -f "$data"/icons/hicolor/*/apps/permanence.png "$data"/icons/hicolor/*/apps/permanence.svg
    refresh
    echo "Permanence est retiré."
    for kept in "$data/permanence:les brouillons, chiffrés" "$state/permanence:les rapports d’erreur"; do
        [ ! -e "${kept%:*}" ] || echo "Reste, et n’a pas été touché : ${kept%:*} (${kept##*:})"
    done
}

install() {
    here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
    [ -x "$here/program/permanence" ] || die "Le dossier « program » manque à côté de install.sh."
    version=$(cat "$here/version")
    mkdir -p "$app" "$data/applications" "$data/mime/packages" "$data/icons/hicolor" "$(dirname "$command")"

    # Copied, tried, and only then put in place.
    new=$app/.new
    rm -rf "$new"
    cp -R "$here/program" "$new" || { rm -rf "$new"; die "La copie a échoué : la place manque peut-être. Rien n’a changé."; }
    if ! "$new/permanence" doctor >/dev/null; then
        rm -rf "$new"
        die "Le programme ne démarre pas sur ce poste (il lui faut un Linux aussi récent que Debian 12). Rien n’a changé."
    fi
    before=$(readlink "$app/current" || :)
    rm -rf "${app:?}/$version.old"
    [ ! -e "$app/$version" ] || mv "$app/$version" "$app/$version.old"
    mv "$new" "$app/$version"
    ln -s "$version" "$app/current.new"
    mv -T "$app/current.new" "$app/current"
    rm -rf "${app:?}/$version.old"
    for old in "$app"/[0-9]*; do
        case ${old##*/} in "$version" | "$before") ;; *) rm -rf "$old" ;; esac
    done

    cp "$here/install.sh" "$app/install.sh"
    if [ -L "$command" ] || [ ! -e "$command" ]; then
        ln -sfn "$app/current/permanence" "$command"
    fi
    # The menu does not look where ~/.local/bin is.
    sed "s|^Exec=permanence|Exec=\"$app/current/permanence\"|" "$here/share/permanence.desktop" \
        >"$data/applications/permanence.desktop"
    cp "$here/share/permanence.xml" "$data/mime/packages/permanence.xml"
    cp -R "$here/share/hicolor/." "$data/icons/hicolor/"
    refresh
    echo "Permanence $version est installé dans $app, et dans le menu."
    echo "Pour le retirer : sh $app/install.sh --uninstall"
}

case ${1-} in
    '') install ;;
    --uninstall) uninstall ;;
    *) die "usage : sh install.sh [--uninstall]" ;;
esac
