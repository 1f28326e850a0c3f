#!/usr/bin/env python3
"""Run every shell command of a README, in order, as a reader would: readme.py README.md [FOLDER]

Fenced blocks that begin with ```sh are run with `bash -e` from FOLDER, or else the README's own; `$ ` prompts are not used. Each must end
with 0. A block that begins with the comment `# not run:` is shown, with its reason, and passed over.
"""
import os
import re
import subprocess
import sys


def main(path, folder):
    text = open(path, encoding="utf-8").read()
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.M | re.S)
    if not blocks:
        sys.exit(f"{path}: no commands found")
    folder = folder or os.path.dirname(os.path.abspath(path))
    environment = dict(os.environ, NO_COLOR="1")
    for number, block in enumerate(blocks, 1):
        print(f"--- README block {number}:\n{block}", flush=True)
        if block.startswith("# not run:"):
            continue
        done = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", block], cwd=folder, env=environment, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            sys.exit(f"{path}: block {number} ended with {done.returncode}")
    print(f"{len(blocks)} blocks of commands ran")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2] if len(sys.argv) == 3 else None)
