#!/usr/bin/env python3
"""Drive `chaff label` through a real pseudo-terminal, as a person at a keyboard: label-terminal.py CHAFF

Labels lines, undoes, searches, applies a label to a run, ends, goes on again; hangs up and kills the annotator in the middle; and
trains on what it wrote. Waits for what must appear on the screen, never for a time.
"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios

PAGE = """Home
Sport
The bridge at Eelmouth will shut to all traffic on Monday, engineers said.
Nobody was hurt, the harbour master said on Sunday night.

Subscribe now for £1 a week
Sign in
© 2025 Saltmarsh Courier Ltd.
"""
DEADLINE = 30  # seconds without what is waited for: then something is broken


class Annotator:
    """A `chaff label` in a terminal of 80 columns and 24 rows."""

    def __init__(self, words, stdin=None):
        self.seen = ""
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            if stdin is not None:
                os.dup2(os.open(stdin, os.O_RDONLY), 0)
            os.execv(words[0], words)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def screen(self):
        """The last whole frame, as lines."""
        frames = self.seen.split("\x1b[H")
        frame = next((f for f in reversed(frames) if f.endswith("\x1b[J")), "")
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", frame).split("\r\n")

    def read(self):
        ready, _, _ = select.select([self.terminal], [], [], DEADLINE)
        if not ready:
            raise SystemExit("nothing on the screen:\n" + "\n".join(self.screen()))
        try:
            data = os.read(self.terminal, 65536)
        except OSError:  # Linux: the other end is closed
            data = b""
        self.seen += data.decode("utf-8", "replace")
        return bool(data)

    def wait(self, text):
        """Reads until the screen, or the terminal after it was given back, shows a text."""
        while not any(text in line for line in self.screen()) and text not in self.seen.partition("\x1b[?1049l")[2]:
            if not self.read():
                raise SystemExit(f"ended before it showed {text!r}:\n{self.seen}")

    def press(self, keys, then):
        os.write(self.terminal, keys.encode())
        self.wait(then)

    def key(self, label):
        """The key of a label, as the legend shows it."""
        for line in self.screen():
            found = re.search(r"(?:^|  )(\S) " + re.escape(label), line)
            if found:
                return found.group(1)
        raise SystemExit(f"no key for {label}:\n" + "\n".join(self.screen()))

    def end(self):
        """Waits for the end; the status as waitpid gives it."""
        while self.read():
            pass
        _, status = os.waitpid(self.process, 0)
        os.close(self.terminal)
        return status


def check(condition, what):
    if not condition:
        raise SystemExit("wrong: " + what)
    print("ok:", what)


def rows(path):
    return [row.rstrip("\n").split("\t") for row in open(path, encoding="utf-8") if "\t" in row]


def main(chaff):
    chaff = os.path.abspath(chaff)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.chdir(folder)
        open("page.txt", "w", encoding="utf-8").write(PAGE)
        command = [chaff, "label", "page.txt", "--order", "page", "--output", "mine.tsv"]

        # One key a label; the arrow keys; undo; a run; a search.
        annotator = Annotator(command)
        annotator.wait("0/7 lines")
        check(all(len(line) <= 80 for line in annotator.screen()), "80 columns are enough")
        annotator.press("\r", "1/7 lines")
        menu, body = annotator.key("navigation/menu"), annotator.key("content/body")
        annotator.press(menu, "2/7 lines")
        check([row[0] for row in rows("mine.tsv")][1] == "navigation/menu", "a label is in the file at once")
        annotator.press("u", "1/7 lines")
        check([row[0] for row in rows("mine.tsv")][1] == "skip", "an undone label is out of it")
        annotator.press(menu, "2/7 lines")
        annotator.press("v\x1b[B" + body, "4/7 lines")
        check([row[0] for row in rows("mine.tsv")][2:4] == ["content/body"] * 2, "a run takes one label")
        annotator.press("/saltm", "/saltm_")
        annotator.press("\r", ">?")
        annotator.press("s", "5/7 lines")
        check(rows("mine.tsv")[6] == ["skip", "© 2025 Saltmarsh Courier Ltd."], "a search finds its line")
        annotator.press("q", "5 of 7 lines labelled: mine.tsv")
        check(annotator.end() == 0, "q ends with 0")

        # Goes on where it was left, in another size of terminal.
        annotator = Annotator(command)
        annotator.wait("5/7 lines")
        fcntl.ioctl(annotator.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 60, 0, 0))
        os.kill(annotator.process, signal.SIGWINCH)
        annotator.press("\x0c", "5/7 lines")
        before = open("mine.tsv", "rb").read()
        annotator.press("\r", "6/7 lines")
        after = open("mine.tsv", "rb").read()
        check(before != after, "a resumed page is labelled on")

        # A second annotator is kept out, and the first one is hung up on: nothing is lost.
        second = Annotator(command)
        check(os.waitstatus_to_exitcode(second.end()) == 73, "one annotator at a time")
        check("another chaff label is at work" in second.seen, "and it is told why")
        os.close(annotator.terminal)
        _, status = os.waitpid(annotator.process, 0)
        check(os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGHUP, "a hang-up ends it")
        check(open("mine.tsv", "rb").read() == after, "a hang-up loses nothing")

        # Killed without warning, right after a step.
        annotator = Annotator(command)
        annotator.wait("6/7 lines")
        annotator.press("\r", "7/7 lines")
        os.kill(annotator.process, signal.SIGKILL)
        annotator.end()
        check(sum(1 for row in rows("mine.tsv")) == 7 and "# open" not in open("mine.tsv", encoding="utf-8").read(), "a kill loses nothing")

        # The terminal is given back on SIGTERM, and what is kept is what a script sees.
        annotator = Annotator(command)
        annotator.wait("7/7 lines")
        os.kill(annotator.process, signal.SIGTERM)
        status = annotator.end()
        check("\x1b[?1049l" in annotator.seen and os.WTERMSIG(status) == signal.SIGTERM, "SIGTERM gives the terminal back")

        # JSON Lines from standard input, keys from the terminal; the least certain line first.
        lines = ['{"url": "https://example.org/%d", "text": "Home\\nThe vote passed by 7 to 2 late on Monday, %d."}' % (n, n) for n in (1, 2)]
        open("pages.jsonl", "w").write("\n".join(lines) + "\n")
        annotator = Annotator([chaff, "label", "-", "--input", "jsonl", "--output", "json.tsv"], stdin="pages.jsonl")
        annotator.wait("standard input:1 (1/2)")
        annotator.press("\r", "1/4 in all")
        annotator.press("\r", "2/4 in all")
        annotator.press("\x03", "2 of 4 lines labelled: json.tsv")
        check(annotator.end() == 0, "JSON Lines through standard input")

        for data in ("mine.tsv", "json.tsv"):
            subprocess.run([chaff, "train", data, "--base", "standard", "--output", "own.chaffmodel"], check=True, stdout=subprocess.DEVNULL)
        print("ok: what was labelled can be taught")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
