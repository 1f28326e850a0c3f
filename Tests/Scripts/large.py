#!/usr/bin/env python3
"""Sends chaff inputs without measure and tells its peak memory; every row must come out.

    Tests/Scripts/large.py CHAFF [--tenth] [CASE…]

--tenth makes everything a tenth as large. Text comes and goes through pipes; labelled data needs some 600 MB of disk
under $TMPDIR. What is said to be bounded must stay below 40 MiB, or the run ends with 1."""
import os, random, subprocess, sys, tempfile, threading, time

chaff = os.path.abspath(sys.argv[1])
arguments = sys.argv[2:]
part = 10 if "--tenth" in arguments else 1
wanted = [argument for argument in arguments if argument != "--tenth"]
BOUND = 40 << 20
BLOCK = 1 << 20
failed = False


def fill(piece, size):
    """Blocks of a piece that is repeated, of `size` bytes about, whole pieces only."""
    block = piece * max(1, BLOCK // len(piece))
    for _ in range(max(1, size // len(block))):
        yield block


def run(words, source):
    """Feeds blocks to chaff; its exit code, lines and bytes out, peak memory in bytes and seconds."""
    process = subprocess.Popen([chaff, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    sent = [0, 0]

    def feed():
        for block in source:
            sent[0] += len(block)
            sent[1] += block.count(b"\n")
            process.stdin.write(block)
        process.stdin.close()

    begin = time.monotonic()
    feeder = threading.Thread(target=feed)
    feeder.start()
    lines = size = 0
    while block := process.stdout.read1(BLOCK):
        lines += block.count(b"\n")
        size += len(block)
    feeder.join()
    _, status, usage = os.wait4(process.pid, 0)
    return os.waitstatus_to_exitcode(status), sent, (size, lines), usage.ru_maxrss << 10, time.monotonic() - begin


def tell(name, verb, peak, seconds, isGood, isBounded):
    global failed
    isBad = not isGood or (isBounded and peak > BOUND)
    failed |= isBad
    print(f"{name:44} {verb:28} {peak / (1 << 20):8.1f} MiB {seconds:7.1f} s{'   FAILED' if isBad else ''}", flush=True)


def text(name, make, isBounded=True, verbs=(["classify"], ["clean", "--threshold", "0"])):
    if wanted and not any(word in name for word in wanted):
        return
    for words in verbs:
        code, sent, out, peak, seconds = run(words, make())
        # A last line without a line feed gets one from classify, and none from clean.
        isGood = code == 0 and (out == tuple(sent) if words[0] == "clean" else out[1] == max(1, sent[1]))
        tell(name, " ".join(words), peak, seconds, isGood, isBounded)


def labelled(name, rows, page, options=()):
    if wanted and not any(word in name for word in wanted):
        return
    random.seed(1)
    words = ["".join(random.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(2 + index % 9)) for index in range(30_000)]
    lines = []
    for index in range(20_000):
        label = ("content/body", "navigation/menu", "registration/paywall", "navigation/related")[index % 4]
        lines.append(f"{label}\t{' '.join(random.choices(words[index % 4 * 5_000:], k=2 + index % 13))}\n")
    with tempfile.TemporaryDirectory() as folder:
        data, model = os.path.join(folder, "data.tsv"), os.path.join(folder, "model")
        with open(data, "w") as file:
            for first in range(0, rows, page):
                file.writelines(random.choices(lines, k=min(page, rows - first)))
                file.write("\n")
        size = os.path.getsize(data)
        code, _, _, peak, seconds = run(["train", data, "--output", model, *options], iter(()))
        tell(f"{name}, {size >> 20} MiB", "train", peak, seconds, code == 0 and os.path.exists(model), False)


mega = 1_000_000 // part
if part > 1:
    print("a tenth of what is said:")
text("one line of 1 GB", lambda: fill(b"word and more ", 1000 * mega))
text("one word of 1 GB", lambda: fill(b"x", 1000 * mega))
text("combining marks, 100 MB", lambda: fill("\u0301".encode(), 100 * mega))
text("bytes that are no UTF-8, 100 MB", lambda: fill(b"\xff\xc3\xe2\x82 ", 100 * mega))
text("100 million blank lines", lambda: fill(b"\n", 100 * mega))
text("a page of a million lines", lambda: fill(b"Sign up to our newsletter, or read on: the vote was 7 to 2.\n", 60 * mega))
text("an object of 100 MB", lambda: iter([b'{"text": "', *fill(b"Sign up\\n", 100 * mega), b'"}\n']), False,
     (["classify", "--input", "jsonl"],))
labelled("a million rows on one page", mega, mega)
labelled("ten million rows", 10 * mega, 50)
sys.exit(1 if failed else 0)
