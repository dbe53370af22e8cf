#!/usr/bin/env python3
"""Compares `./inscape project` with the other tools found on this machine, on the same files.

    python3 bench/compare.py                      every row; about two hours on two cores
    python3 bench/compare.py --rows small         a minute: proves that everything is in place
    python3 bench/compare.py --rows tsne-10000x784,umap-70000x50 --rounds 2 --output table.md

Each run is a process of its own that reads the .npy file, computes and writes the result; ours and theirs take
turns. Measured: processor seconds (user + system, with all children), wall seconds, peak memory; the best run by
processor seconds counts. The layouts are then judged by one piece of code: neighborhood hit (k = 6, all rows),
trustworthiness (k = 7, a sample of 5,000), and the exact divergence from one common P (perplexity 30) or the
stress-1. Peers: scikit-learn, umap-learn, Rtsne, uwot; openTSNE where --python has it; FIt-SNE where FITSNE names
its folder. Needs a system Python with NumPy and a build: mvn -DskipTests -pl bench -am package
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PEERS = ROOT / "bench" / "peers"
TSNE = {"perplexity": 30, "iterations": 750, "early": 250}
OURS_TSNE = ["--method", "tsne", "--perplexity", "30", "--iterations", "750",
             "--schedule-exaggeration-iterations", "250", "--schedule-exaggeration", "12",
             "--schedule-early-momentum", "0.5", "--schedule-late-momentum", "0.8"]
OURS_UMAP = ["--method", "umap", "--neighbors", "15", "--min-dist", "0.1"]
OURS_SMACOF = ["--method", "smacof", "--iterations", "300", "--tolerance", "0", "--start", "random"]


def tsne_peers(*names):
    every = {
        "opentsne-exact": ("opentsne.py", dict(TSNE, search="exact")),
        "opentsne-annoy": ("opentsne.py", dict(TSNE, search="annoy")),
        "fitsne": ("fitsne.py", TSNE),
        "sklearn": ("sklearn_tsne.py", dict(TSNE, method="barnes_hut")),
        "sklearn-exact": ("sklearn_tsne.py", dict(TSNE, method="exact")),
        "rtsne": ("rtsne.R", TSNE),
    }
    return {name: every[name] for name in names}


UMAP_PEERS = {"uwot": ("uwot.R", {"neighbors": 15}), "umap-learn": ("umap_learn.py", {"neighbors": 15})}
SMACOF_PEERS = {"sklearn": ("sklearn_smacof.py", {"iterations": 300})}

# name: (data, kind, our arguments, peers, peers only with --slow)
ROWS = {
    "tsne-10000x784": ("mnist-10000x784", "tsne", OURS_TSNE,
                       tsne_peers("opentsne-exact", "opentsne-annoy", "fitsne", "sklearn", "rtsne"), {}),
    "tsne-70000x50": ("mnist-70000x50", "tsne", OURS_TSNE,
                      tsne_peers("opentsne-annoy", "fitsne"), tsne_peers("sklearn", "rtsne")),
    "umap-10000x784": ("mnist-10000x784", "umap", OURS_UMAP, UMAP_PEERS, {}),
    "umap-70000x50": ("mnist-70000x50", "umap", OURS_UMAP, UMAP_PEERS, {}),
    "tsne-exact-2000x784": ("mnist-2000x784", "tsne", OURS_TSNE, tsne_peers("sklearn-exact"), {}),
    "smacof-2000x784": ("mnist-2000x784", "mds", OURS_SMACOF, SMACOF_PEERS, {}),
    "neighbors-70000x50": ("mnist-70000x50", "neighbors", [],
                           {"sklearn": ("sklearn_neighbors.py", {"neighbors": 90})}, {}),
}
SMALL = {
    "small-tsne-1000x50": ("mnist-1000x50", "tsne", OURS_TSNE,
                           tsne_peers("opentsne-exact", "fitsne", "sklearn", "sklearn-exact", "rtsne"), {}),
    "small-umap-1000x50": ("mnist-1000x50", "umap", OURS_UMAP, UMAP_PEERS, {}),
    "small-smacof-1000x50": ("mnist-1000x50", "mds", OURS_SMACOF, SMACOF_PEERS, {}),
    "small-neighbors-1000x50": ("mnist-1000x50", "neighbors", [],
                                {"sklearn": ("sklearn_neighbors.py", {"neighbors": 90})}, {}),
}


def say(text):
    print(text, file=sys.stderr, flush=True)


class Machine:
    """How things are started here."""

    def __init__(self, options):
        self.options = options
        self.jdk = subprocess.run([ROOT / "inscape", "--print-jdk"], capture_output=True, text=True, check=True).stdout.strip()
        self.classes = ROOT / "bench" / "target" / "classes"
        if not (self.classes / "io/inscape/bench/LayoutScores.class").exists() or not (ROOT / "app/target/inscape.jar").exists():
            sys.exit("compare.py needs a build: mvn -DskipTests -pl bench -am package")
        # The launcher builds when sources are newer than the build: here, and not inside a measurement.
        subprocess.run([ROOT / "inscape", "--version"], check=True, stdout=subprocess.DEVNULL)
        self.environment = dict(os.environ)
        threads = str(options.threads)
        for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
            self.environment[name] = threads

    def bench(self, name, *arguments):
        path = "%s:%s/app/target/inscape.jar:%s/app/target/lib/*" % (self.classes, ROOT, ROOT)
        return [self.jdk + "/bin/java", "--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
                "-cp", path, "io.inscape.bench." + name, *map(str, arguments)]

    def peer(self, script, *arguments):
        program = ["Rscript", "--vanilla"] if script.endswith(".R") else [self.options.python]
        return [*program, str(PEERS / script), *map(str, arguments)]

    def version(self, script):
        """What a peer calls itself, or None where it is not installed."""
        try:
            found = subprocess.run(self.peer(script, "--check"), capture_output=True, text=True, timeout=120,
                                   env=self.environment)
        except (OSError, subprocess.TimeoutExpired):
            return None
        return found.stdout.strip() if found.returncode == 0 else None

    def measure(self, command):
        """Runs a command; returns processor and wall seconds, MiB, and what it says should be left out."""
        begin = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   env=self.environment, start_new_session=True)
        try:
            out, err = self.drain(process)
            _, status, usage = os.wait4(process.pid, 0)
        except TimeoutError:
            os.killpg(process.pid, signal.SIGKILL)
            os.wait4(process.pid, 0)
            return None, "longer than %d s" % self.options.limit
        wall = time.monotonic() - begin
        if status != 0:
            return None, "failed: " + (err.strip().splitlines() or ["no message"])[-1][:200]
        left_out = sum(float(line.split()[-1]) for line in out.splitlines() if line.startswith("left out "))
        unit = 1 if sys.platform == "darwin" else 1024
        return {"cpu": usage.ru_utime + usage.ru_stime, "wall": wall, "mib": usage.ru_maxrss * unit / 2**20,
                "left_out": left_out, "out": out}, None

    def drain(self, process):
        """Reads both streams to their ends without waiting for the process, which wait4 does."""
        import threading
        texts = {}

        def read(name, stream):
            texts[name] = stream.read()

        readers = [threading.Thread(target=read, args=pair, daemon=True)
                   for pair in (("out", process.stdout), ("err", process.stderr))]
        for reader in readers:
            reader.start()
        end = time.monotonic() + self.options.limit
        for reader in readers:
            reader.join(max(0, end - time.monotonic()))
            if reader.is_alive():
                raise TimeoutError
        return texts["out"], texts["err"]


def prepare(machine, folder):
    if not (folder / "mnist-1000x50.npy").exists():
        say("writing MNIST to " + str(folder))
        subprocess.run(machine.bench("ComparisonData", folder), check=True)
        subprocess.run(machine.peer("prepare.py", folder), check=True, env=machine.environment)


def compare(machine, name, row, folder):
    data, kind, ours, peers, slow = row
    options = machine.options
    if options.slow:
        peers = {**peers, **slow}
    vectors = folder / (data + ".npy")
    tools, notes = {}, []
    ours_out = folder / (name + ".inscape.npy")
    command = (machine.bench("NeighborRun", vectors, ours_out, options.threads, 90) if kind == "neighbors" else
               [str(ROOT / "inscape"), "project", str(vectors), *ours, "--quality", "none", "--json", "--quiet",
                "--threads", str(options.threads), "--output", str(ours_out)])
    tools["inscape"] = (command, ours_out, "Inscape " + commit())
    for peer, (script, settings) in peers.items():
        if options.peers and peer not in options.peers.split(","):
            continue
        version = machine.version(script)
        if version is None:
            notes.append(peer + " is not installed")
            continue
        out = folder / ("%s.%s.npy" % (name, peer))
        pairs = ["%s=%s" % pair for pair in settings.items()]
        tools[peer] = (machine.peer(script, vectors, out, options.threads, *pairs), out, version)
    best = {}
    for round_number in range(options.rounds):
        for tool, (command, out, _) in tools.items():
            if tool in best and best[tool] is None:
                continue
            found, problem = machine.measure(command)
            if problem:
                notes.append("%s: %s" % (tool, problem))
                best[tool] = None
                continue
            say("%s, round %d, %s: %.1f CPU s, %.1f s" % (name, round_number + 1, tool, found["cpu"], found["wall"]))
            if tool not in best or found["cpu"] < best[tool]["cpu"]:
                best[tool] = found
    results = {tool: dict(found, version=tools[tool][2]) for tool, found in best.items() if found}
    judge(machine, kind, data, folder, results, {tool: tools[tool][1] for tool in results})
    return results, notes


def judge(machine, kind, data, folder, results, outputs):
    if kind == "neighbors":
        exact = outputs.get("sklearn")
        for tool, out in outputs.items():
            if exact and tool != "sklearn":
                printed = subprocess.run(machine.peer("recall.py", out, exact), capture_output=True, text=True, check=True)
                results[tool]["recall"] = float(printed.stdout)
        return
    order = list(results)
    printed = subprocess.run(
        machine.bench("LayoutScores", folder / (data + ".npy"), folder / (data + "-labels.npy"),
                      *(outputs[tool] for tool in order)), capture_output=True, text=True)
    if printed.returncode != 0:
        sys.exit("judging the layouts failed: " + printed.stderr)
    for tool, line in zip(order, printed.stdout.splitlines()):
        results[tool].update(zip(("nh6", "trust", "kl", "stress1"), map(float, line.split())))


def commit():
    found = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return found.stdout.strip() or "of unknown commit"


def table(name, row, results, notes):
    kind = row[1]
    columns = {"tsne": ["nh6", "trust", "kl"], "umap": ["nh6", "trust"], "mds": ["nh6", "trust", "stress1"],
               "neighbors": ["recall"]}[kind]
    left_out = any(result["left_out"] for result in results.values())
    titles = {"nh6": "NH6", "trust": "trust", "kl": "KL", "stress1": "stress-1", "recall": "recall"}
    head = [name, "CPU s", *(["of that compiling"] if left_out else []), "ratio", "wall s", "MiB",
            *(titles[column] for column in columns)]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    theirs = [result["cpu"] - result["left_out"] for tool, result in results.items() if tool != "inscape"]
    for tool, result in results.items():
        cells = [result["version"] if tool == "inscape" else "%s (%s)" % (tool, result["version"]), "%.1f" % result["cpu"]]
        if left_out:
            cells.append("%.1f" % result["left_out"] if result["left_out"] else "")
        cells.append("%.2f" % (result["cpu"] / min(theirs)) if tool == "inscape" and theirs else "")
        cells += ["%.1f" % result["wall"], "%.0f" % result["mib"]]
        cells += ["%.4f" % result[column] if column in result else "" for column in columns]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines + ["", *("* " + note for note in notes), ""])


def machine_words(threads):
    model = platform.processor() or platform.machine()
    memory = ""
    try:
        with open("/proc/cpuinfo") as lines:
            model = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
        memory = ", %.0f GiB" % (os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
    except (OSError, StopIteration, ValueError):
        pass
    return "%s, %s cores%s, %s; %d threads; load before the first run %.1f" % (
        model, os.cpu_count(), memory, platform.platform(), threads, os.getloadavg()[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="all", help="all, small, or names with commas: " + ", ".join(ROWS))
    parser.add_argument("--peers", help="only these, with commas; default: all that are installed")
    parser.add_argument("--slow", action="store_true", help="also the peers that take more than ten minutes")
    parser.add_argument("--rounds", type=int, default=2, help="runs of each tool, in turns; the best counts")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--limit", type=int, default=1800, help="seconds that one run may take")
    parser.add_argument("--python", default="/usr/bin/python3", help="the Python that has the peers")
    parser.add_argument("--folder", default="/tmp/inscape-compare", help="where data and layouts go (about 300 MB)")
    parser.add_argument("--output", help="the Markdown table; default: standard output")
    options = parser.parse_args()
    known = {**ROWS, **SMALL}
    names = {"all": list(ROWS), "small": list(SMALL)}.get(options.rows, options.rows.split(","))
    for name in names:
        if name not in known:
            parser.error("no row %s; there are %s" % (name, ", ".join(known)))
    machine = Machine(options)
    folder = pathlib.Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    prepare(machine, folder)
    words = "Measured %s on %s. `python3 bench/compare.py --rows %s --rounds %d`. Ratio: processor seconds to those of the best peer%s" % (
        datetime.date.today().isoformat(), machine_words(options.threads), options.rows, options.rounds,
        " (compiling left out).")
    text = words + "\n\n"
    everything = {}
    for name in names:
        results, notes = compare(machine, name, known[name], folder)
        everything[name] = {"results": {tool: {key: value for key, value in result.items() if key != "out"}
                                        for tool, result in results.items()}, "notes": notes}
        if "inscape" in results and known[name][1] != "neighbors":
            report = json.loads(results["inscape"]["out"])
            notes.append("Inscape's CPU seconds by stage: " + ", ".join(
                "%s %.1f" % pair for pair in report["cpuSeconds"].items())
                + "; " + ", ".join("%s %s" % pair for pair in report["details"].items()))
        text += table(name, known[name], results, notes) + "\n"
    (folder / "results.json").write_text(json.dumps(everything, indent=1))
    if options.output:
        pathlib.Path(options.output).write_text(text)
    else:
        print(text)


if __name__ == "__main__":
    main()
