#!/usr/bin/env bash
# Sets up what is missing, then runs every test. The last line gives the totals. Options are names of test projects (Core, Mqtt, …): none for all.
source "$(dirname "$0")/lib.sh"
"$ROOT/scripts/setup.sh" --tests
export EDGEMAS_SHARED="${EDGEMAS_SHARED:-$ROOT/../shared}"

passed=0 failed=0 skipped=0
logs="$STATE/tests"; mkdir -p "$logs"
for project in "$ROOT"/tests/*.Tests "$ROOT"/tests/EdgeMas.EndToEnd; do
  name=$(basename "$project")
  if [ $# -gt 0 ]; then
    chosen=false
    for wanted in "$@"; do case $name in EdgeMas."$wanted"|EdgeMas."$wanted".Tests) chosen=true ;; esac; done
    $chosen || continue
  fi
  program="$project/bin/Release/net10.0/$name"
  [ -x "$program" ] || fail "$name is not built"
  log="$logs/$name.log"
  started=$SECONDS code=0
  (cd "$project" && timeout 1200 "$program" --no-progress --no-ansi) >"$log" 2>&1 </dev/null || code=$?
  count() { sed -n "s/^ *$1: \([0-9]*\).*/\1/p" "$log" | tail -n 1; }
  p=$(count succeeded) f=$(count failed) s=$(count skipped)
  if [ -z "$p" ]; then p=0; f=1; s=0; fi                      # the runner itself broke
  [ "$code" = 0 ] || [ "$f" != 0 ] || [ "$code" = 8 ] || f=1   # 8: no test ran
  printf '%-32s %4d passed %3d failed %3d skipped  %4d s\n' "$name" "$p" "$f" "$s" $((SECONDS - started))
  grep -E '^skipped ' "$log" -A 1 | sed 's/^/    /' || true
  [ "$f" = 0 ] || { grep -vE '^(passed|skipped) ' "$log" | tail -n 120; }
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done
if [ $# = 0 ] && [ "${EDGEMAS_SKIP_ARM64:-}" != 1 ]; then
  if arm=$("$ROOT/scripts/test-arm64.sh"); then :; else failed=$((failed + 1)); fi
  printf '%s\n' "$arm"
  passed=$((passed + $(printf '%s\n' "$arm" | grep -c '^  same' || true)))
fi
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" = 0 ]
