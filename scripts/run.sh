#!/usr/bin/env bash
# Sets up what is missing, then runs the main job: a recorded human order and a typed one drive the simulated rover.
# Arguments are passed on to `edgemas run`, for example: ./scripts/run.sh --speed 4
source "$(dirname "$0")/lib.sh"
"$ROOT/scripts/setup.sh"
recording=/usr/share/pocketsphinx/test/data/goforward.raw
[ -f "$recording" ] || fail "$recording is missing: sudo apt-get install pocketsphinx-testdata"
exec "$ROOT/scripts/edgemas" run "$ROOT/configs/rover-sim.yaml" --raw "$recording" \
  --order "turn left, then look for the red ball and take a picture of it" --exit-after-orders "$@"
