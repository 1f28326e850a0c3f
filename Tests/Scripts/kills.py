#!/usr/bin/env python3
"""Kills `chaff train` while it works and while it writes; the old or the new model must be whole each time.

    Tests/Scripts/kills.py CHAFF [TIMES]

Two data sets are trained in turn to the same path. Two runs of three are killed as soon as the temporary file is there
(or a few hundred microseconds later), the others at any moment of the run. After SIGINT, SIGTERM, SIGHUP and SIGQUIT no
temporary file may be left; SIGKILL cannot be answered, so there only the model counts. At last, pairs of runs write the same path
at once."""
import collections, os, random, resource, signal, subprocess, sys, tempfile, time

chaff = os.path.abspath(sys.argv[1])
times = int(sys.argv[2]) if len(sys.argv) > 2 else 240
random.seed(20261127)
SIGNALS = [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT]


def data(path, letter):
    with open(path, "w") as file:
        for page in range(2):
            for row in range(40):
                words = " ".join(f"{letter}{spell(row * 100 + word)}" for word in range(100))
                file.write(f"{'content' if row % 2 else 'navigation'}\t{words}\n")
            file.write("\n")


def spell(number):
    return "".join(chr(97 + int(digit)) for digit in str(number))


def command(source, output):
    return [chaff, "train", source, "--output", output, "--minimum-pages", "1", "--iterations", "0"]


def prepare():
    for number in SIGNALS[1:]:
        signal.signal(number, signal.SIG_DFL)
    # SIGQUIT would leave the process's memory in a file.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def start(source, output):
    return subprocess.Popen(command(source, output), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=prepare)


def temporaries(folder):
    return [name for name in os.listdir(folder) if name.endswith(".tmp")]


def whole(path):
    with open(path, "rb") as file:
        return file.read()


with tempfile.TemporaryDirectory() as folder:
    sources = [os.path.join(folder, name) for name in ("a.tsv", "b.tsv")]
    for source, letter in zip(sources, "xy"):
        data(source, letter)
    models = os.path.join(folder, "models")
    os.mkdir(models)
    target = os.path.join(models, "m.chaffmodel")
    good, took = [], []
    for source in sources:
        begin = time.monotonic()
        subprocess.run(command(source, target), check=True, stdout=subprocess.DEVNULL)
        took.append(time.monotonic() - begin)
        good.append(whole(target))
    assert good[0] != good[1], "else this shows nothing"
    print(f"models of {len(good[0]):,} bytes, trained in {max(took):.2f} s")

    tally = collections.Counter()
    for number in range(times):
        number_of_signal = SIGNALS[number % len(SIGNALS)]
        before = whole(target)
        run = start(sources[number % 2], target)
        if number % 3:
            while run.poll() is None and not temporaries(models):
                pass
            time.sleep(random.choice([0, 0, 0.0002, 0.0005, 0.001, 0.002]))
        else:
            time.sleep(random.uniform(0, max(took)))
        run.send_signal(number_of_signal)
        run.wait()
        after = whole(target)
        assert after in good, f"run {number}: the model is neither the old nor the new one"
        left = temporaries(models)
        if number_of_signal != signal.SIGKILL:
            assert not left, f"run {number}: {signal.Signals(number_of_signal).name} left {left}"
            assert run.returncode in (0, -number_of_signal), f"run {number}: ended with {run.returncode}"
        for name in left:
            os.remove(os.path.join(models, name))
        state = "ended before" if run.returncode == 0 else "new model" if after != before else "old model"
        tally[signal.Signals(number_of_signal).name, state, "temporary file left" if left else ""] += 1
    for key, count in sorted(tally.items()):
        print(f"{count:4}  {', '.join(part for part in key if part)}")
    killed = sum(count for (_, state, _), count in tally.items() if state != "ended before")
    print(f"{killed} of {times} runs were killed; the model was whole each time")

    for _ in range(20):
        runs = [start(source, target) for source in sources]
        assert [run.wait() for run in runs] == [0, 0]
        assert whole(target) in good and not temporaries(models)
    print("20 pairs of runs wrote the same path at once; the model was one of the two each time")

    for name in ("SIGHUP", "SIGINT", "SIGQUIT"):
        # What was ignored when the run began stays ignored, as nohup wants.
        run = subprocess.Popen(command(sources[0], target), stdout=subprocess.DEVNULL,
                               preexec_fn=lambda: signal.signal(getattr(signal, name), signal.SIG_IGN))
        while run.poll() is None:
            run.send_signal(getattr(signal, name))
            time.sleep(0.001)
        assert run.returncode == 0 and whole(target) == good[0], name
