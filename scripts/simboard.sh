#!/usr/bin/env bash
# Builds the simulated board's kernel (User-Mode Linux from Debian's linux-source-6.1) and its module into native/build/simboard, once: about 8 minutes on
# 2 cores, 3 GB of disk while it builds. Needed for `edgemas hil run --board simboard`. Usage: scripts/simboard.sh [--force]
source "$(dirname "$0")/lib.sh"
out="$STATE/simboard" sources="$ROOT/hardware/simboard"

case "${1:-}" in
  "") ;;
  --force) rm -f "$STATE/simboard.stamp" ;;
  *) say "usage: $0 [--force]"; exit 2 ;;
esac
[ "$(uname -m)" = x86_64 ] || fail "User-Mode Linux 6.1 runs on x86-64 computers only"
key=$(cat "$sources"/* "$0" | sha256sum | cut -d' ' -f1)
if [ -x "$out/linux-uml" ] && [ -f "$out/boardsim.ko" ] && fresh simboard "$key"; then
  say "simulated board: $out is up to date"
  exit 0
fi

archive=/usr/src/linux-source-6.1.tar.xz
missing=()
for tool in gcc make flex bison bc xz; do command -v "$tool" >/dev/null || missing+=("$tool"); done
if [ ! -f "$archive" ] || [ ${#missing[@]} -gt 0 ]; then
  fail "missing ${missing[*]:-$archive}: sudo apt-get install --no-install-recommends linux-source-6.1 flex bison bc xz-utils libelf-dev libssl-dev kmod gcc make"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
step "simulated board: unpacking the kernel's source"
quiet "unpack" tar -C "$work" -xf "$archive"
cd "$work/linux-source-6.1"

# User-Mode Linux as Debian ships it has too few interrupts for gpio-sim's edges, ticks 100 times a second (an edge needs a tick), and builds no sound.
sed -i 's/^#define NR_IRQS\t\t\tUM_LAST_SIGNAL_IRQ$/#define NR_IRQS\t\t\t(UM_LAST_SIGNAL_IRQ + 256)/' arch/um/include/asm/irq.h
sed -i 's/i = UM_FIRST_DYN_IRQ; i < NR_IRQS; i++/i = UM_FIRST_DYN_IRQ; i < UM_LAST_SIGNAL_IRQ; i++/' arch/um/kernel/irq.c
sed -i '/^config HZ$/,/default/s/default 100/default 1000/' arch/um/Kconfig
sed -i 's/^if !UML$/if HAS_IOMEM/' sound/Kconfig
grep -q 'UM_LAST_SIGNAL_IRQ + 256' arch/um/include/asm/irq.h && grep -q 'i < UM_LAST_SIGNAL_IRQ; i++) {' arch/um/kernel/irq.c ||
  fail "this linux-source-6.1 is not the one that the changes in $0 were made for"

cp "$sources/linux-uml.defconfig" .config
quiet "configure the kernel" make ARCH=um olddefconfig
quiet "build the kernel" nice -n 10 make ARCH=um -j"${JOBS:-$(nproc)}" linux modules
mkdir "$work/boardsim"
cp "$sources/boardsim.c" "$work/boardsim/"
echo 'obj-m := boardsim.o' >"$work/boardsim/Makefile"
quiet "build the module" make ARCH=um M="$work/boardsim" modules
mkdir -p "$out"
strip -o "$out/linux-uml" linux
strip --strip-debug -o "$out/boardsim.ko" "$work/boardsim/boardsim.ko"
stamp simboard "$key"
say "simulated board: built $out ($(du -sh "$out" | cut -f1)); try: scripts/edgemas hil run --all --board simboard"
