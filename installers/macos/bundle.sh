#!/bin/sh
# The package for macOS, by one command: a signed bundle, signed again as a package, and notarised by Apple.
# NOT RUN YET: written on a machine without macOS. Needs Python 3.11 to 3.14, Xcode's tools, and in the environment
#   HOMEWARD_SIGN_APP     "Developer ID Application: …"
#   HOMEWARD_SIGN_PACKAGE "Developer ID Installer: …"
#   HOMEWARD_NOTARY       the profile that "xcrun notarytool store-credentials" keeps in the keychain
# Without the first two it makes a bundle for this machine alone, and says so.
set -eu
cd "$(dirname "$0")/../.."
environment=out/environments/macos
python=$environment/bin/python
[ -x "$python" ] || python3 -m venv "$environment"
"$python" -m pip install -q --require-hashes -r requirements-desktop.lock
"$python" -m pip install -q --require-hashes -r requirements-make.lock
"$python" -m pip install -q --no-deps --no-build-isolation --force-reinstall .
version=$("$python" -c 'import casework; print(casework.VERSION)')
"$python" -m PyInstaller -y --log-level WARN --distpath out/pyinstaller --workpath out/pyinstaller/work build.spec
app=out/pyinstaller/Homeward.app
mkdir -p out/dist
if [ -z "${HOMEWARD_SIGN_APP:-}" ] || [ -z "${HOMEWARD_SIGN_PACKAGE:-}" ]; then
    echo "$app is not signed: no other Mac will open it. Set HOMEWARD_SIGN_APP and HOMEWARD_SIGN_PACKAGE." >&2
    exit 1
fi
# What is innermost first, since a signature covers what is signed below it.
find "$app/Contents" -type f \( -name '*.so' -o -name '*.dylib' -o -perm -u+x \) -print0 |
    xargs -0 codesign --force --timestamp --options runtime --sign "$HOMEWARD_SIGN_APP"
codesign --force --timestamp --options runtime --entitlements installers/macos/entitlements.plist \
    --sign "$HOMEWARD_SIGN_APP" "$app"
codesign --verify --deep --strict "$app"
package=out/dist/homeward-$version.pkg
productbuild --component "$app" /Applications --version "$version" --sign "$HOMEWARD_SIGN_PACKAGE" "$package"
xcrun notarytool submit "$package" --keychain-profile "$HOMEWARD_NOTARY" --wait
xcrun stapler staple "$package"
echo "$package"
