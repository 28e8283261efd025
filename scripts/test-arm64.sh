#!/usr/bin/env bash
# Publishes EdgeMas for linux-arm64 (self-contained) and runs it under Debian's qemu-user as a Cortex-A76: the planner, a detector, and an
# order driven over the embedded broker must end as on this machine. A line "  same: …" for each agreement; exit code 1 at the first difference.
source "$(dirname "$0")/lib.sh"
work="$STATE/arm64"
mkdir -p "$work"

if [ "$(uname -m)" = aarch64 ]; then
  echo "arm64: this machine is one; the tests above ran on it"
  exit 0
fi
packages=(qemu-user-static libc6-arm64-cross libstdc++6-arm64-cross libgcc-s1-arm64-cross libgomp1-arm64-cross libjpeg-turbo-progs)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  [ "$(id -u)" = 0 ] || fail "missing Debian packages; install them with: sudo apt-get install --no-install-recommends ${missing[*]}"
  quiet "package lists" apt-get update
  quiet "qemu and the arm64 libraries" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
fi

# The guest's root: the cross libraries, and a cpuinfo of a Cortex-A76, without which ONNX Runtime crashes.
sysroot="$work/sysroot"
if [ ! -f "$sysroot/proc/cpuinfo" ]; then
  rm -rf "$sysroot"; mkdir -p "$sysroot/proc"
  cp -a /usr/aarch64-linux-gnu/. "$sysroot/"
  printf 'processor\t: 0\nBogoMIPS\t: 108.00\nFeatures\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp\nCPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x4\nCPU part\t: 0xd0b\nCPU revision\t: 1\n\n' >"$sysroot/proc/cpuinfo"
fi

# .NET's cryptography (the broker's passwords) wants OpenSSL, of which Debian has no -cross package: the arm64 package, unpacked beside the others.
if [ ! -e "$sysroot/lib/libssl.so.3" ]; then
  apt_arm64=(apt-get -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::State::Lists="$work/lists" -o Debug::NoLocking=1)
  mkdir -p "$work/lists/partial" "$work/debs"
  fetch() { "${apt_arm64[@]}" update && cd "$work/debs" && { "${apt_arm64[@]}" download libssl3 || "${apt_arm64[@]}" download libssl3t64; } && dpkg -x libssl3*.deb "$work/debs/root"; }
  quiet "OpenSSL for arm64" fetch
  cp -a "$work"/debs/root/usr/lib/aarch64-linux-gnu/lib*.so.3 "$sysroot/lib/"
fi

key=$(sources_sum)
publish="$work/publish"
if ! fresh arm64 "$key" || [ ! -x "$publish/edgemas" ]; then
  quiet "dotnet publish linux-arm64" dotnet publish "$ROOT/src/EdgeMas.Host/EdgeMas.Host.csproj" -c Release -r linux-arm64 --self-contained \
    -o "$publish" -nologo -v q -clp:NoSummary -p:DebugType=none
  stamp arm64 "$key"
fi
arm64=(timeout 600 qemu-aarch64-static -cpu cortex-a76 -L "$sysroot" -E DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 -E EDGEMAS_NATIVE="$ROOT/native" -E EDGEMAS_MODELS="$ROOT/models" "$publish/edgemas")
here=("$ROOT/scripts/edgemas")

compare() { # LABEL FILE_HERE FILE_ARM64
  if cmp -s "$2" "$3"; then printf '  same: %s\n' "$1"; else printf '  differs: %s\n' "$1"; diff "$2" "$3" | head -n 20; exit 1; fi
}

printf '%s\n' \
  '{"user":"go forward ten meters","tools":[{"name":"drive","parameters":{"distance_m":"number"}},{"name":"turn","parameters":{"angle_deg":"number"}}],"places":["dock"]}' \
  '{"user":"turn left, then look for the red ball and take a picture of it","tools":[{"name":"drive","parameters":{"distance_m":"number"}},{"name":"turn","parameters":{"angle_deg":"number"}},{"name":"look_for","parameters":{"object":"thing"}},{"name":"take_photo","parameters":{}}],"places":["dock"]}' \
  >"$work/orders.jsonl"
"${here[@]}" plan --json --batch - <"$work/orders.jsonl" >"$work/plan.here"
"${arm64[@]}" plan --json --batch - <"$work/orders.jsonl" >"$work/plan.arm64"
compare "two plans of the in-box planner" "$work/plan.here" "$work/plan.arm64"

# A detector on a photo, as PPM: OpenCV, which reads JPEG, is not in the arm64 build. Sums of floating-point numbers differ in their last digits.
shared="${EDGEMAS_SHARED:-$ROOT/../shared}"
if [ -f "$shared/models/yolox_nano.onnx" ] && [ -f "$shared/media/dog.jpg" ]; then
  djpeg -pnm "$shared/media/dog.jpg" >"$work/dog.ppm"
  detect=(vision detect "$work/dog.ppm" --detectors yolox --model "$shared/models/yolox_nano.onnx" --json)
  "${here[@]}" "${detect[@]}" >"$work/detect.here"
  "${arm64[@]}" "${detect[@]}" >"$work/detect.arm64"
  node -e '
    const [here, there] = process.argv.slice(1).map(file => JSON.parse(require("fs").readFileSync(file, "utf8")).detections);
    const near = (a, b) => a.label === b.label && Math.abs(a.confidence - b.confidence) <= 0.01 && ["x", "y", "width", "height"].every(k => Math.abs(a[k] - b[k]) <= 1);
    const same = here.length > 0 && here.length === there.length && here.every((seen, i) => near(seen, there[i]));
    if (!same) console.log("  differs: a detector on a photo\n" + JSON.stringify(here) + "\n" + JSON.stringify(there));
    process.exit(same ? 0 : 1);' "$work/detect.here" "$work/detect.arm64"
  printf '  same: %s\n' "boxes of yolox_nano on a photo"
else
  printf '  skipped: the detector is not compared: %s has no models/yolox_nano.onnx and media/dog.jpg (set EDGEMAS_SHARED)\n' "$shared"
fi

# The whole robot: embedded broker, link, agents, control loop, simulated yard. Times differ under emulation; what was planned and done must not.
digest() { tail -n 1 "$1" | node -e '
  const s = JSON.parse(require("fs").readFileSync(0, "utf8")).summary;
  console.log(JSON.stringify({ plan: s.plan, status: s.status, steps: s.steps.map(t => [t.name, t.state]),
    crossed_the_broker: s.broker_messages > 20, turned: Math.abs(s.truth.heading - Math.PI / 2) < 0.05 }));'; }
for machine in here arm64; do
  declare -n run=$machine
  rm -rf "$work/data.$machine"
  "${run[@]}" run "$ROOT/configs/rover-sim.yaml" --order "turn left" --headless --json --data "$work/data.$machine" >"$work/run.$machine.jsonl" 2>"$work/run.$machine.log" </dev/null \
    || { tail -n 5 "$work/run.$machine.log" >&2; fail "the run on $machine failed"; }
  digest "$work/run.$machine.jsonl" >"$work/run.$machine"
  rm -rf "$work/data.$machine"
done
compare "an order driven over the embedded broker" "$work/run.here" "$work/run.arm64"
