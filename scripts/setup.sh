#!/usr/bin/env bash
# Makes this checkout ready: Debian packages, npm packages (pinned by native/package-lock.json), .NET restore and build.
# Does only what is left to do. Options: --tests also builds the tests and what they need; --whisper builds whisper.cpp;
# --llama builds llama.cpp's backend for this processor with attention for many agents; --control builds the safety core as a native program, which needs gcc;
# --native builds EdgeMas itself so as well: it starts in 12 ms instead of 68 and has no compiler at run time, and takes minutes and 2 GB of memory to build.
source "$(dirname "$0")/lib.sh"

tests=false whisper=false llama=false control=false native=false
for argument in "$@"; do
  case $argument in
    --tests) tests=true ;;
    --whisper) whisper=true ;;
    --llama) llama=true ;;
    --control) control=true ;;
    --native) native=true control=true ;;
    -h|--help) sed -n '2,5p' "$0" | sed 's/^# //'; exit 0 ;;
    *) say "unknown option '$argument'; see $0 --help"; exit 2 ;;
  esac
done
$tests && llama=true # what is used is tested

# --- Debian packages -------------------------------------------------------------------------------------------------
packages=(ca-certificates nodejs npm pocketsphinx-testdata pocketsphinx-en-us libpocketsphinx3 libespeak-ng1 espeak-ng-data
  libasound2 libasound2-plugins libgtk-3-0 libdrm2 libatomic1 libgomp1 iproute2)
$tests && packages+=(mosquitto mosquitto-clients sox tmux libtest-json-schema-acceptance-perl)
$whisper && packages+=(cmake g++ make)
$llama && packages+=(cmake gcc g++ make git openssl)
$control && packages+=(gcc libc6-dev zlib1g-dev)
command -v node >/dev/null && command -v npm >/dev/null && packages=("${packages[@]/nodejs/}") && packages=("${packages[@]/npm/}")

# Newer Debian and Ubuntu name some libraries with the suffix t64; a program that is there counts as its package.
installed() { [[ $(dpkg-query -W -f=' ${db:Status-Status} ' "$1" "$1t64" 2>/dev/null || true) == *" installed "* ]]; }
available() { apt-cache show "$1" >/dev/null 2>&1; }
missing=()
for package in "${packages[@]}"; do
  [ -z "$package" ] || installed "$package" || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  sudo=()
  [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null && sudo=(sudo); }
  if [ "$(id -u)" != 0 ] && [ ${#sudo[@]} = 0 ]; then
    say "these Debian packages are missing and need root: ${missing[*]}"
    fail "install them with: sudo apt-get install --no-install-recommends ${missing[*]}"
  fi
  step "Debian packages: ${missing[*]}"
  quiet "package lists" "${sudo[@]}" apt-get update
  wanted=()
  for package in "${missing[@]}"; do
    if available "$package"; then wanted+=("$package"); elif available "${package}t64"; then wanted+=("${package}t64"); else wanted+=("$package"); fi
  done
  quiet "Debian packages" "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${wanted[@]}"
fi

command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0"
(cd "$ROOT" && dotnet --version >/dev/null 2>&1) || fail "no .NET SDK here satisfies global.json: $(cd "$ROOT" && dotnet --version 2>&1 | head -n 3)"

# --- Native libraries and models from npm ----------------------------------------------------------------------------
npm_key=$(sha256sum "$ROOT/native/package-lock.json" | cut -d' ' -f1)
if ! fresh npm "$npm_key" || [ ! -d "$ROOT/native/node_modules" ]; then
  step "llama.cpp and the voice detector from npm"
  quiet "npm packages" npm ci --prefix "$ROOT/native" --ignore-scripts --no-audit --no-fund --loglevel=error
  stamp npm "$npm_key"
fi

if $whisper; then
  "$ROOT/scripts/build-whisper.sh"
fi

if $llama || [ -f "$STATE/llama.stamp" ]; then # one that is there is kept up to date: the engine prefers it
  "$ROOT/scripts/build-llama.sh"
fi

if $tests; then
  ajv="$ROOT/tests/EdgeMas.Grammar.Tests/Ajv" # the validator that verdicts are compared with
  ajv_key=$(sha256sum "$ajv/package-lock.json" | cut -d' ' -f1)
  if ! fresh ajv "$ajv_key" || [ ! -d "$ajv/node_modules" ]; then
    step "ajv from npm, for tests"
    quiet "ajv" npm ci --prefix "$ajv" --ignore-scripts --no-audit --no-fund --loglevel=error
    stamp ajv "$ajv_key"
  fi
fi

# --- .NET ------------------------------------------------------------------------------------------------------------
# Compiled ahead: a small computer starts sooner, and no compiler takes a core from the model's first answers.
form=portable
if $native || [[ $(cat "$STATE/build.stamp" 2>/dev/null) == native* ]]; then form=native; fi # without the stamp the next set-up makes the portable one again
build_key="$form $(sources_sum)"
if ! fresh build "$build_key" || [ ! -x "$PROGRAM" ]; then
  step "EdgeMas itself ($form: .NET restore, build and compilation ahead)"
  case $form in
    native) how=(-p:EdgeMasNative=true -p:IlcInstructionSet=native -p:CppCompilerAndLinker=gcc -p:CopyOutputSymbolsToPublishDirectory=false) ;;
    *) how=(--no-self-contained -p:PublishReadyToRun=true) ;;
  esac
  rm -rf "$(dirname "$PROGRAM")"
  quiet "dotnet publish" dotnet publish "$ROOT/src/EdgeMas.Host/EdgeMas.Host.csproj" -c Release -r "$PLATFORM" "${how[@]}" -o "$(dirname "$PROGRAM")" -nologo -v q -clp:NoSummary
  stamp build "$build_key"
fi
if $control || [ -x "$STATE/control/edgemas-control" ]; then # one that is there is kept up to date: the host prefers it
  "$ROOT/scripts/build-control.sh"
fi
if $tests; then
  tests_key=$(sources_sum tests)
  if ! fresh tests "$tests_key"; then
    step "tests (.NET restore and build)"
    quiet "dotnet build of the tests" dotnet build "$ROOT/EdgeMas.sln" -c Release -nologo -v q -clp:NoSummary
    stamp tests "$tests_key"
  fi
fi
