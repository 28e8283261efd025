#!/usr/bin/env bash
# Measures the grammar engine on JSON Schemas in use: fetches the pinned npm packages that ship them (about 600 MB unpacked, into native/build), cuts out their
# schemas, lets ajv judge instances, and holds the verdicts of 'edgemas grammar eval' against it. Exit code 1 where one is wrong.
# Options: names of collections (github-api github-webhooks kubernetes vega-lite eslint files): none for all. Needs node.
source "$(dirname "$0")/lib.sh"

case ${1:-} in -h|--help) sed -n '2,4p' "$0" | sed 's/^# //'; exit 0 ;; esac
command -v node >/dev/null || fail "node is missing: run scripts/setup.sh"
edgemas="$PROGRAM"
[ -x "$edgemas" ] || fail "EdgeMas is not built: run scripts/setup.sh"
source_folder="$ROOT/tests/EdgeMas.Benchmarks/Grammar/Collections"
folder="$STATE/grammar-collections"
mkdir -p "$folder"

key=$(sha256sum "$source_folder/package-lock.json" | cut -d' ' -f1)
if ! fresh grammar-collections "$key" || [ ! -d "$folder/node_modules" ]; then
  step "public packages with schemas from npm"
  cp "$source_folder/package.json" "$source_folder/package-lock.json" "$source_folder/.npmrc" "$folder/"
  quiet "npm packages" npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error
  stamp grammar-collections "$key"
fi

step "schemas, and ajv's verdicts on instances (about two minutes)"
node --stack-size=4000 "$source_folder/collect.mjs" "$folder" "$@" >"$folder/schemas.jsonl"
step "the grammars' verdicts"
"$edgemas" grammar eval "$folder/schemas.jsonl" >"$folder/answers.jsonl"
node "$source_folder/summarize.mjs" "$folder/schemas.jsonl" "$folder/answers.jsonl"
