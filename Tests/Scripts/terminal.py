#!/usr/bin/env python3
"""Run chaff's verbs in pseudo-terminals of several widths, as people see them: terminal.py CHAFF DATA

Lines fit, columns of East Asian text and of emoji included (counted here by Python's own tables), and stay aligned; colours come on a
terminal, and neither in a pipe nor with NO_COLOR or `--color never`; bars come on standard error while something takes long, if that is a
terminal, and are taken away.
"""
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unicodedata

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
WIDE_PAGE = """首頁 新聞 財經 體育 娛樂 副刊 論壇 電子報 訂閱 登入
サイト内の記事をすべて読むには会員登録が必要です。月額980円でいつでも解約できます。
교량은 월요일부터 모든 차량의 통행이 금지된다고 항만 당국이 밝혔다. 공사는 열 주가 걸린다.
🚢🌊 Ferry news ✅ every Friday 📧 in your inbox 👩‍👩‍👧 for families ⚡ fast and free of charge for ever
Z̵̢͎͗a̸l̷g̶o̴ ก็็็็ combining marks é ü õ take no column of their own, however many of them there are in a line
Subscribe now for £1 a week
"""


def columns(text):
    """Columns that a terminal gives a text."""
    return sum(0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def run(words, width=80, terminal=("out", "err"), pause=0, **environment):
    """What a command writes: to a terminal of so many columns, and to pipes; and how it ends.

    Nothing is read for the first `pause` seconds, so that a command that writes much takes longer, however fast it is."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    clean = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, env={**clean, **environment},
                               stdout=slave if "out" in terminal else subprocess.PIPE,
                               stderr=slave if "err" in terminal else subprocess.PIPE)
    os.close(slave)
    pipes = {stream.fileno(): stream for stream in (process.stdout, process.stderr) if stream}
    seen, open_ends = {end: bytearray() for end in (master, *pipes)}, {master, *pipes}
    time.sleep(pause)
    while open_ends:
        for end in select.select(list(open_ends), [], [])[0]:
            try:
                data = os.read(end, 1 << 16)
            except OSError:  # Linux: the other end of a terminal is closed
                data = b""
            seen[end] += data
            if not data:
                open_ends.remove(end)
    os.close(master)
    for stream in pipes.values():
        stream.close()
    texts = {end: data.decode().replace("\r\n", "\n") for end, data in seen.items()}
    return texts.pop(master), list(texts.values()), process.wait()


def check(condition, what):
    if not condition:
        sys.exit("terminal: " + what)


def fits(chaff, data, folder):
    wide, small, one, model = (os.path.join(folder, name) for name in ("wide.txt", "small.tsv", "one.tsv", "model"))
    with open(wide, "w", encoding="utf-8") as file:
        file.write(WIDE_PAGE)
    with open(small, "w", encoding="utf-8") as file:
        for page in range(4):
            for label, text in zip(("網站/選單", "registration/paywall", "content/body", "donation/appeal"), WIDE_PAGE.split("\n")):
                file.write(f"{label}\t{text} {page}\n")
            file.write("\n")
    with open(small, encoding="utf-8") as pages, open(one, "w", encoding="utf-8") as file:
        file.write(pages.read().split("\n\n")[0] + "\n")
    subprocess.run([chaff, "train", small, "--output", model], check=True, stdout=subprocess.DEVNULL)
    article = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Samples", "article.txt")
    commands = [["classify", article], ["classify", wide], ["classify", wide, "--model", model], ["classify", wide, "--reasons", "3"],
                ["explain", wide, "--features", "5"], ["explain", wide, "--model", model],
                ["evaluate", data, "--errors", "2"], ["evaluate", data, "--compare", model], ["evaluate", small, "--model", model, "--errors", "3"],
                ["evaluate", small, "--cross-validate", "2"], ["inspect", model], ["inspect"], ["check", data], ["check", one, "--any-label"]]
    lines = 0
    for width in (40, 60, 80, 132):
        for words in commands:
            text, _, code = run([chaff, *words], width)
            check(code == 0, f"{words} ended with {code}: {text}")
            check("\x1b[" in text, f"{words}: no colours")
            bare = re.sub("\r[^\n]*\x1b\\[K", "", COLOUR.sub("", text))
            for line in bare.split("\n"):
                lines += 1
                check(columns(line) <= width, f"{words}: {columns(line)} columns of {width}: {line}")
    # What stands behind a label begins in one column, whatever columns the label takes.
    text = COLOUR.sub("", run([chaff, "classify", wide, "--model", model], 132)[0])
    starts = {columns(line[:line.index("%")]) for line in text.split("\n") if "%" in line}
    check(len(starts) == 1 and "網站/選單" in text, f"labels of wide letters are not aligned: {text}")
    text = COLOUR.sub("", run([chaff, "evaluate", small, "--model", model, "--color", "never"], 132)[0])
    table = text[text.index("kind "):].split("\n\n")[0].split("\n")
    check(len({columns(line) for line in table}) == 1, f"a table of wide letters is not aligned: {table}")
    print(f"ok: {lines:,} lines of {len(commands)} commands fit 40, 60, 80 and 132 columns, in colours")


def colours(chaff):
    page = ["sh", "-c", f"printf 'Home\\nSubscribe now for a pound a week\\n' | {chaff} \"$@\"", "chaff"]
    for verb in (["classify"], ["explain"]):
        check("\x1b[" in run(page + verb)[0], f"{verb}: no colours on a terminal")
        check("\x1b[" not in run(page + verb, NO_COLOR="1")[0], f"{verb}: colours in spite of NO_COLOR")
        check("\x1b[" in run(page + verb, NO_COLOR="")[0], f"{verb}: an empty NO_COLOR counts")
        check("\x1b[" in run(page + verb + ["--color", "always"], NO_COLOR="1")[0], f"{verb}: --color always does not count")
        check("\x1b[" not in run(page + verb + ["--color", "never"])[0], f"{verb}: colours in spite of --color never")
        piped = run(page + verb, terminal=("err",))[1][0]
        check(piped and "\x1b[" not in piped, f"{verb}: colours in a pipe")
    print("ok: colours on terminals only, and never with NO_COLOR or --color never")


def bars(chaff, data, folder):
    long = os.path.join(folder, "long.txt")
    with open(long, "w", encoding="utf-8") as file:
        file.write((WIDE_PAGE + "The vote passed by 7 to 2 late on Monday, the council said.\n" * 40) * 10_000)
    lines = os.path.join(folder, "long.jsonl")
    with open(lines, "w", encoding="utf-8") as file:
        file.write('{"text": "Home\\nThe vote passed by 7 to 2 late on Monday, the council said."}\n' * 300_000)
    model, part = os.path.join(folder, "own"), os.path.join(folder, "part")
    subprocess.run([chaff, "count", data, "--output", part], check=True, stdout=subprocess.DEVNULL)
    much = ["--iterations", "400"]
    for words in (["classify", long], ["clean", lines], ["count", *[data] * 40, "--output", os.path.join(folder, "more")],
                  ["train", data, *much, "--output", model], ["merge", part, *much, "--output", model],
                  ["evaluate", data, "--cross-validate", "5"]):
        text, _, code = run([chaff, *words], terminal=("err",), pause=1)
        check(code == 0, f"{words} ended with {code}: {text}")
        shares = [int(share) for share in re.findall(r"\r[█░]{40} (\d+) %", text)]
        check(len(shares) > 3 and shares == sorted(shares), f"{words}: no bar that grows: {text!r}")
        check(text.endswith("\r\x1b[K"), f"{words}: the bar is left behind")
        text, pipes, code = run([chaff, *words], terminal=("out",))
        check(code == 0 and "█" not in pipes[0], f"{words}: a bar where standard error is no terminal")
    text = run([chaff, "classify", "missing.txt", long], terminal=("err",))[0]
    check(re.search(r"(^|\x1b\[K)chaff: missing.txt: ", text), f"a message stands behind a bar: {text!r}")
    print("ok: bars on standard error while it takes long, where that is a terminal; and they are taken away")


def main(chaff, data):
    chaff = os.path.abspath(chaff)
    with tempfile.TemporaryDirectory() as folder:
        fits(chaff, data, folder)
        colours(chaff)
        bars(chaff, data, folder)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
