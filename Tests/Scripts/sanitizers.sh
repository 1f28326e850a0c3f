#!/usr/bin/env bash
# Runs the tests under the address, thread and undefined-behaviour sanitizers, each in a build folder of its own.
#
#   Tests/Scripts/sanitizers.sh [address|thread|undefined…]
#
# The undefined-behaviour sanitizer is for C: it checks the C targets, in Swift's modules too, into which their functions
# are inlined; what it finds is a trap, since Swift does not link its messages on Linux. Swift traps on its own undefined
# behaviour. The tests that train the standard model anew are left out: they take long, and do nothing that smaller
# trainings do not; and under the thread sanitizer the test that limits the size of files, which that cannot bear itself.
set -euo pipefail
cd "$(dirname "$0")/../.."
kinds=("$@")
[ ${#kinds[@]} -gt 0 ] || kinds=(address thread undefined)

# Any report fails the run. Leaks of a process that ends by a signal are none.
export ASAN_OPTIONS=halt_on_error=1:detect_leaks=0 TSAN_OPTIONS=halt_on_error=1
status=0
for kind in "${kinds[@]}"; do
  log=.build/sanitize-$kind.log
  mkdir -p .build
  options=("--sanitize=$kind")
  [ "$kind" != thread ] || options+=(--skip modelThatDoesNotFit)
  [ "$kind" != undefined ] || options=(-Xcc -fsanitize=undefined -Xcc -fsanitize-trap=undefined)
  if swift test -c release -Xswiftc -enable-testing --scratch-path ".build/sanitize-$kind" "${options[@]}" \
    --skip StandardModelTests >"$log" 2>&1 && ! grep -q 'Sanitizer:' "$log"; then
    echo "$kind: $(grep -o 'Test run with .*' "$log" | tail -1)"
  else
    status=1
    grep -n 'Sanitizer:\|✘\|error:\|Program crashed' "$log" | head -20
    echo "$kind: a finding; see $log"
  fi
done
exit $status
