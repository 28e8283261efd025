# Shared by the scripts: where things are, and how they speak. Source it; do not run it.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
STATE="$ROOT/native/build"
PROGRAM="$STATE/edgemas/edgemas"
case "$(uname -m)" in aarch64) PLATFORM=linux-arm64 ;; *) PLATFORM=linux-x64 ;; esac
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true

say() { printf '%s\n' "$*" >&2; }
step() { printf '\033[1m• %s\033[0m\n' "$*" >&2; }
[ -t 2 ] || step() { printf -- '- %s\n' "$*" >&2; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# Runs a long command with its output in a log; shows seconds while it runs and the log's end when it fails.
# quiet LABEL COMMAND…
quiet() {
  local label=$1; shift
  local log; log="$STATE/$(printf '%s' "$label" | tr -c 'a-zA-Z0-9\n' '-').log"
  mkdir -p "$STATE"
  local started=$SECONDS
  "$@" >"$log" 2>&1 &
  local job=$!
  while kill -0 "$job" 2>/dev/null; do
    [ -t 2 ] && printf '\r  %s … %ss ' "$label" $((SECONDS - started)) >&2
    sleep 0.2
  done
  if wait "$job"; then
    [ -t 2 ] && printf '\r\033[K' >&2
    say "  $label: done in $((SECONDS - started)) s"
  else
    [ -t 2 ] && printf '\n' >&2
    tail -n 30 "$log" >&2
    fail "$label failed; the whole output is in ${log#"$ROOT"/}"
  fi
}

# A stamp says that a set-up step was done for exactly these inputs.
# fresh NAME KEY: true when NAME was last stamped with KEY
fresh() { [ -f "$STATE/$1.stamp" ] && [ "$(cat "$STATE/$1.stamp")" = "$2" ]; }
stamp() { mkdir -p "$STATE"; printf '%s' "$2" >"$STATE/$1.stamp"; }

# One sum over the names and contents of what a build reads.
sources_sum() {
  (cd "$ROOT" && find src tests/EdgeMas.Testing Directory.Build.props Directory.Packages.props global.json BannedSymbols.txt .editorconfig "$@" \
    -type f \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.json' -o -name '*.txt' -o -name '.editorconfig' \) \
    -not -path '*/bin/*' -not -path '*/obj/*' -not -path '*/node_modules/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
}
