#!/usr/bin/env bash
# Publishes the safety core as one native program, native/build/control/edgemas-control. Without it the core runs on .NET's own runtime.
# Usage: scripts/build-control.sh [--force]
source "$(dirname "$0")/lib.sh"

build="$STATE/control"
case "${1:-}" in
  "") ;;
  --force) rm -rf "$build" ;;
  *) say "usage: $0 [--force]"; exit 2 ;;
esac
key=$(cd "$ROOT" && find src/EdgeMas.{Core,Control,Devices,SafetyCore} Directory.Build.props scripts/build-control.sh -type f -not -path '*/bin/*' -not -path '*/obj/*' -print0 |
  LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
if fresh control "$key" && [ -x "$build/edgemas-control" ]; then
  say "  control: ${build#"$ROOT"/}/edgemas-control is up to date"
  exit 0
fi
command -v gcc >/dev/null || fail "gcc is missing: scripts/setup.sh --control installs it, or: apt-get install --no-install-recommends gcc libc6-dev zlib1g-dev"
case $(uname -m) in aarch64) rid=linux-arm64 ;; *) rid=linux-x64 ;; esac
step "the safety core as a native program"
quiet "dotnet publish of edgemas-control" dotnet publish "$ROOT/src/EdgeMas.SafetyCore/EdgeMas.SafetyCore.csproj" -c Release -r "$rid" \
  -p:EdgeMasNative=true -p:CppCompilerAndLinker=gcc -nologo -v q -o "$build"
stamp control "$key"
