#!/usr/bin/env bash
# Builds the fuzz targets of Tests/Fuzz with libFuzzer and the address sanitizer, and runs each.
#
#   Tests/Scripts/fuzz.sh [--runs N | --seconds N] [TARGET…]
#
# Without N each target has 20,000 runs, as in .ci/run. Inputs begin with those in Tests/Fuzz/Seeds/TARGET and grow in
# .build/fuzz/corpus; a finding is left in .build/fuzz and belongs in Tests/Fuzz/Seeds, where a test runs it for good.
set -euo pipefail
cd "$(dirname "$0")/../.."

limit=(-runs=20000)
case "${1:-}" in
  --runs) limit=("-runs=$2"); shift 2 ;;
  --seconds) limit=("-max_total_time=$2"); shift 2 ;;
esac
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(Model Labelled JSON Text Scanner)

build=.build/fuzz
mkdir -p "$build"
flags=(-O -wmo -swift-version 6 -enable-upcoming-feature ExistentialAny -package-name chaff -parse-as-library
  -sanitize=fuzzer,address -I "$build" -Xcc "-fmodule-map-file=Sources/CStandardModel/include/module.modulemap"
  -Xcc "-fmodule-map-file=Sources/CByteMask/include/module.modulemap")

# Whether something under the folders is newer than what was built of it.
stale() {
  local built=$1
  shift
  [ ! -e "$built" ] || find "$@" -newer "$built" \( -name '*.swift' -o -name '*.c' -o -name '*.chaffmodel' \) | grep -q .
}
# The linker warns of symbols of the sanitizer's own.
quietly() { "$@" 2> >(grep -v 'Cannot export local symbol' >&2); }

modules=(Chaff JSONText ChaffTraining)
objects=("$build/CStandardModel.o" "$build"/{Chaff,JSONText,ChaffTraining}.o)
if stale "$build/modules" Sources/{CStandardModel,Chaff,JSONText,ChaffTraining}; then
  "$(dirname "$(readlink -f "$(command -v swiftc)")")/clang" -c -O2 -fsanitize=address -I Sources/CStandardModel/include \
    Sources/CStandardModel/standard.c -o "$build/CStandardModel.o"
  for module in "${modules[@]}"; do
    swiftc "${flags[@]}" -module-name "$module" -emit-module -emit-module-path "$build/$module.swiftmodule" \
      -c $(find "Sources/$module" -name '*.swift' | LC_ALL=C sort) -o "$build/$module.o"
  done
  touch "$build/modules"
fi
for target in "${targets[@]}" ModelSeeds; do
  if ! stale "$build/$target" Tests/Fuzz Tests/ChaffTests/Support && [ "$build/$target" -nt "$build/modules" ]; then continue; fi
  case $target in
    ModelSeeds) quietly swiftc "${flags[@]/#-sanitize=*/-sanitize=address}" -module-name ModelSeeds Tests/Fuzz/ModelSeeds.swift \
      "${objects[@]}" -o "$build/ModelSeeds" ;;
    Scanner) quietly swiftc "${flags[@]}" -module-name ScannerTarget Tests/Fuzz/ScannerTarget.swift \
      Tests/ChaffTests/Support/{Bytes,RecordingSink,ReferenceTokenizer}.swift "${objects[@]}" -o "$build/Scanner" ;;
    *) quietly swiftc "${flags[@]}" -module-name "${target}Target" "Tests/Fuzz/${target}Target.swift" \
      "${objects[@]}" -o "$build/$target" ;;
  esac
done
mkdir -p "$build"/corpus/{Model,Labelled}
"$build/ModelSeeds" "$build"/corpus/{Model,Labelled}

status=0
for target in "${targets[@]}"; do
  corpus="$build/corpus/$target"
  seeds="Tests/Fuzz/Seeds/$target"
  mkdir -p "$corpus" "$seeds"
  log="$build/$target.log"
  if "$build/$target" "${limit[@]}" -seed=1 -max_len=8192 -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 \
    -artifact_prefix="$build/$target-" "$corpus" "$seeds" >"$log" 2>&1; then
    covered=$(grep -o 'cov: [0-9]*' "$log" | tail -1)
    of=$(grep -o '([0-9]* inline 8-bit counters)\|([0-9]* PCs)\|Loaded 1 modules *([0-9]*' "$log" | grep -o '[0-9]*' | tail -1)
    runs=$(grep 'number_of_executed_units' "$log" | grep -o '[0-9]*$')
    echo "$target: $runs runs, ${covered:-cov: ?} of ${of:-?} edges, no finding"
  else
    status=1
    tail -40 "$log"
    echo "$target: a finding; see $log"
  fi
done
exit $status
