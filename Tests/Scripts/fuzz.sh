#!/usr/bin/env bash
# Builds the checks of Tests/Checks with libFuzzer and the address sanitizer, and lets it make up bytes for each.
#
#   Tests/Scripts/fuzz.sh [--runs N | --seconds N] [TARGET…]
#
# Without N each target has 20,000 runs. Inputs begin with those in Tests/Fuzz/Seeds/TARGET and grow in
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
mkdir -p "$build"/corpus/{Model,Labelled}
flags=(-O -wmo -swift-version 6 -enable-upcoming-feature ExistentialAny -package-name chaff -parse-as-library
  -I "$build" -Xcc "-fmodule-map-file=Sources/CStandardModel/include/module.modulemap"
  -Xcc "-fmodule-map-file=Sources/CLanes/include/module.modulemap")
fuzzer=-sanitize=fuzzer,address

# The linker warns of symbols of the sanitizer's own.
quietly() { "$@" 2> >(grep -v 'Cannot export local symbol' >&2); }

sources=(Sources/{CLanes,CStandardModel,Chaff,JSONText,ChaffTraining} Tests/{Checks,Fuzz} Tests/Scripts/fuzz.sh)
if [ ! -e "$build/built" ] || [ -n "$(find "${sources[@]}" -type f -newer "$build/built" -print -quit)" ]; then
  objects=()
  for module in CStandardModel CLanes; do
    for source in "Sources/$module"/*.c; do
      object=$build/$module-$(basename "$source" .c).o
      "$(dirname "$(readlink -f "$(command -v swiftc)")")/clang" -c -O2 -fsanitize=address -I "Sources/$module/include" \
        "$source" -o "$object"
      objects+=("$object")
    done
  done
  for module in Chaff JSONText ChaffTraining ChaffChecks; do
    folder=Sources/$module
    [ "$module" != ChaffChecks ] || folder=Tests/Checks
    swiftc "${flags[@]}" "$fuzzer" -module-name "$module" -emit-module -emit-module-path "$build/$module.swiftmodule" \
      -c $(find "$folder" -name '*.swift' | LC_ALL=C sort) -o "$build/$module.o"
    objects+=("$build/$module.o")
  done
  quietly swiftc "${flags[@]}" "$fuzzer" -module-name Target Tests/Fuzz/Target.swift "${objects[@]}" -o "$build/Target"
  quietly swiftc "${flags[@]}" -sanitize=address -module-name ModelSeeds Tests/Fuzz/ModelSeeds.swift "${objects[@]}" \
    -o "$build/ModelSeeds"
  touch "$build/built"
fi
# Models and parts of a format that has been left behind would only be refused.
rm -f "$build"/corpus/{Model,Labelled}/{tiny,wide,lone}
"$build/ModelSeeds" "$build"/corpus/{Model,Labelled}

status=0
for target in "${targets[@]}"; do
  corpus="$build/corpus/$target"
  seeds="Tests/Fuzz/Seeds/$target"
  mkdir -p "$corpus"
  folders=("$corpus")
  [ ! -d "$seeds" ] || folders+=("$seeds")
  log="$build/$target.log"
  # The slow tokenizer is slow.
  longest=8192
  [ "$target" != Scanner ] || longest=1024
  # The program runs the check that it is named after.
  ln -f "$build/Target" "$build/$target"
  if "$build/$target" "${limit[@]}" -seed=1 -max_len=$longest -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 \
    -artifact_prefix="$build/$target-" "${folders[@]}" >"$log" 2>&1; then
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
