#!/usr/bin/env bash
# Builds llama.cpp's backend for this processor with EdgeMas' attention in it (native/llama), once, as native/build/llama/libggml-cpu-*.so. Agents that write
# together are faster with it; without it llama.cpp computes as npm's package has it.
# Usage: scripts/build-llama.sh [--force]
source "$(dirname "$0")/lib.sh"

package=node-llama-cpp@3.22.1 # has llama.cpp's source as a git bundle, the one that the libraries in native/node_modules were built from
integrity=sha512-bltIipuWmc123H7tMIgDGKSsSrhmhlQYeVUC48XTjVW7XGJJiJJyCdlTMzQ/LiWoPkGDpcL4FviDpgw7qfTiDw==
build="$STATE/llama"

case "${1:-}" in
  "") ;;
  --force) rm -rf "$build" ;;
  -h|--help) sed -n '2,4p' "$0" | sed 's/^# //'; exit 0 ;;
  *) echo "usage: $0 [--force]" >&2; exit 2 ;;
esac

libraries="$ROOT/native/node_modules/@node-llama-cpp/$PLATFORM/bins/$PLATFORM"
[ -d "$libraries" ] || fail "${libraries#"$ROOT"/} is missing: ./scripts/setup.sh fetches it"

wanted=$(cat "$ROOT"/native/llama/* "$ROOT/native/package-lock.json" "$0" | sha256sum | cut -d' ' -f1)
if fresh llama "$wanted" && compgen -G "$build/libggml-cpu-*.so" >/dev/null; then
  say "  llama.cpp's backend is up to date: ${build#"$ROOT"/}"
  exit 0
fi

missing=()
for tool in cmake cc c++ make npm git; do
  command -v "$tool" >/dev/null || missing+=("$tool")
done
[ ${#missing[@]} = 0 ] || fail "missing ${missing[*]}. On Debian: apt-get install --no-install-recommends cmake gcc g++ make npm git"

step "llama.cpp's backend for this processor, with attention for many agents"
mkdir -p "$build"
rm -f "$build"/libggml-cpu-*.so # an old one must not be loaded while this one is built, nor after it failed
if [ ! -f "$build/source/ggml/CMakeLists.txt" ]; then
  quiet "source of llama.cpp (npm $package)" npm pack "$package" --pack-destination "$build" --silent
  archive=("$build"/node-llama-cpp-*.tgz)
  [ "sha512-$(openssl dgst -sha512 -binary "${archive[0]}" | base64 -w0)" = "$integrity" ] || fail "${archive[0]#"$ROOT"/} is not the pinned package"
  tar -xzf "${archive[0]}" -C "$build" package/llama/gitRelease.bundle
  rm -rf "$build/source"
  quiet "llama.cpp's files" git -c advice.detachedHead=false clone --quiet "$build/package/llama/gitRelease.bundle" "$build/source"
  rm -rf "${archive[0]}" "$build/package" "$build/source/.git"
fi
cc -O1 -o "$build/pick-variant" "$ROOT/native/llama/pick-variant.c" -ldl
variant=$("$build/pick-variant" "$libraries"/libggml-cpu-*.so) || fail "no backend of llama.cpp runs on this processor"
quiet "configuring $variant" cmake -S "$ROOT/native/llama" -B "$build/work" -DLLAMA_SOURCE="$build/source" -DVARIANT="$variant" -DCMAKE_BUILD_TYPE=Release
quiet "building $variant" nice -n 10 cmake --build "$build/work" --target "ggml-cpu-$variant" attention-check --parallel "${JOBS:-$(nproc)}"
"$build/work/bin/attention-check" "$build/work/bin/libggml-cpu-$variant.so" >"$build/check.log" 2>&1 || { cat "$build/check.log" >&2; fail "its attention is wrong; it is not used"; }
say "  $(cat "$build/check.log")"
cp "$build/work/bin/libggml-cpu-$variant.so" "$build/new.so"
mv "$build/new.so" "$build/libggml-cpu-$variant.so"
stamp llama "$wanted"
say "  built ${build#"$ROOT"/}/libggml-cpu-$variant.so"
