#!/usr/bin/env bash
# Runs the tests under the address, thread and undefined-behaviour sanitizers, each in a build folder of its own.
#
#   Tests/Scripts/sanitizers.sh [address|thread|undefined…]
#
# The undefined-behaviour sanitizer is for C: it checks the C target, which the tests reach through the embedded model;
# Swift traps on its own undefined behaviour. The test that trains the standard model anew is left out: it takes long,
# and does nothing that smaller trainings do not.
set -euo pipefail
cd "$(dirname "$0")/../.."
kinds=("$@")
[ ${#kinds[@]} -gt 0 ] || kinds=(address thread undefined)

# Any report fails the run. Leaks of a process that ends by a signal are none.
export ASAN_OPTIONS=halt_on_error=1:detect_leaks=0 TSAN_OPTIONS=halt_on_error=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
status=0
for kind in "${kinds[@]}"; do
  log=.build/sanitize-$kind.log
  if swift test -c release -Xswiftc -enable-testing --scratch-path ".build/sanitize-$kind" --sanitize="$kind" \
    --skip StandardModelTests >"$log" 2>&1 && ! grep -q 'Sanitizer:\|runtime error:' "$log"; then
    echo "$kind: $(grep -o 'Test run with .*' "$log" | tail -1)"
  else
    status=1
    grep -n 'Sanitizer:\|runtime error:\|✘\|error:' "$log" | head -20
    echo "$kind: a finding; see $log"
  fi
done
exit $status
