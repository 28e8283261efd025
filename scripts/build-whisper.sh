#!/usr/bin/env bash
# Builds whisper.cpp as native/build/whisper/libwhisper.so, once. Needed only where a Whisper model is configured.
# Usage: scripts/build-whisper.sh [--force]
set -euo pipefail
cd "$(dirname "$0")/.."

source_dir=native/whisper
build_dir=native/build/whisper
library=$build_dir/libwhisper.so
stamp=$build_dir/stamp

case "${1:-}" in
  "") ;;
  --force) rm -rf "$build_dir" ;;
  *) echo "usage: $0 [--force]" >&2; exit 2 ;;
esac

wanted=$(cat "$source_dir/package-lock.json" "$source_dir/CMakeLists.txt" "$source_dir/exports.map" "$0" | sha256sum | cut -d' ' -f1)
if [[ -f $library && -f $stamp && $(cat "$stamp") == "$wanted" ]]; then
  echo "whisper: $library is up to date"
  exit 0
fi

missing=()
for tool in cmake cc c++ npm; do
  command -v "$tool" >/dev/null || missing+=("$tool")
done
if ((${#missing[@]})); then
  echo "whisper: missing ${missing[*]}. On Debian: apt-get install --no-install-recommends cmake gcc g++ make npm" >&2
  exit 1
fi

echo "whisper: 1/3 fetching the source (npm nodejs-whisper, pinned by $source_dir/package-lock.json)"
npm ci --prefix "$source_dir" --no-progress --loglevel=error

echo "whisper: 2/3 configuring"
mkdir -p "$build_dir"
cmake -S "$source_dir" -B "$build_dir/work" -DCMAKE_BUILD_TYPE=Release >"$build_dir/configure.log" 2>&1 ||
  { tail -n 20 "$build_dir/configure.log" >&2; echo "whisper: cmake failed, the whole log is $build_dir/configure.log" >&2; exit 1; }

echo "whisper: 3/3 building, some minutes"
nice -n 10 cmake --build "$build_dir/work" --target edgemas_whisper --parallel "${JOBS:-$(nproc)}" 2>"$build_dir/build.log" |
  grep --line-buffered -E '^\[ *[0-9]+%\]' ||
  { tail -n 20 "$build_dir/build.log" >&2; echo "whisper: the build failed, the whole log is $build_dir/build.log" >&2; exit 1; }

cp "$build_dir/work/libwhisper.so" "$library.new"
mv "$library.new" "$library"
echo "$wanted" >"$stamp"
echo "whisper: built $library ($(du -h "$library" | cut -f1))"
