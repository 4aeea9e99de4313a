#!/bin/sh
# macOS: signs the application that build.spec makes (BUNDLE) and puts it into a disk image.
# WRITTEN, NEVER RUN: there was no such machine.
#
# usage: image.sh VERSION [IDENTITY [PROFILE]]
#   IDENTITY   "Developer ID Application: …"; without it the signature is ad hoc, and another Mac asks before opening
#   PROFILE    of `xcrun notarytool store-credentials`; without it nothing is sent to be notarized
#
# Before it: python3 -m venv .venv-build, the two `pip install` of the Makefile's .venv-build/ready, then
#   .venv-build/bin/pyinstaller --noconfirm --distpath build/frozen --workpath build/work build.spec
# on the architecture that it is for (a wheel of both exists for few of the libraries).
#
# To check on a first run: the program finds its resources in Contents/Resources (PyInstaller links them from
# Contents/Frameworks); a dossier opened from the Finder comes as an event, not as an argument (argv_emulation is off);
# the licences and the bill of materials are copied below, since they are written beside the folder's program.
set -eu
cd "$(dirname "$0")/../../.."
version=${1:?usage: image.sh VERSION [IDENTITY [PROFILE]]}
identity=${2:--}
profile=${3-}
application=build/frozen/Permanence.app
image=build/permanence-$version-macos-$(uname -m).dmg

cp build/frozen/permanence/THIRD-PARTY.txt build/frozen/permanence/permanence.cdx.json "$application/Contents/Resources/"
codesign --force --deep --options runtime $([ "$identity" = - ] || echo --timestamp) \
    --entitlements resources/packaging/macos/entitlements.plist --sign "$identity" "$application"
codesign --verify --deep --strict "$application"

stage=$(mktemp -d)
cp -R "$application" "$stage/"
ln -s /Applications "$stage/Applications"
hdiutil create -volname Permanence -srcfolder "$stage" -format UDZO -ov "$image"
rm -rf "$stage"
if [ -n "$profile" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$profile" --wait
    xcrun stapler staple "$image"
fi
echo "$image"
