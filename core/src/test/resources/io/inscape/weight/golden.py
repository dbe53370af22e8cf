"""Makes golden.txt: what NumPy says about weights that WeightCases makes in the same way.

Run with: python3 golden.py > golden.txt
Lines: case, size, bins, first and last edge as bits (or -), mean, variance, quartiles, counts.
"""

import sys

import numpy as np

MASK = (1 << 32) - 1


def numbers(seed, count):
    """A linear congruential generator; 24 bits each, in [0, 1)."""
    state = seed
    out = np.empty(count)
    for at in range(count):
        state = (state * 1664525 + 1013904223) & MASK
        out[at] = (state >> 8) / 16777216.0
    return out


def case(name, count):
    u = numbers(sum(name.encode()), 4 * count).reshape(count, 4)
    bell = ((u[:, 0] + u[:, 1]) + u[:, 2]) + u[:, 3] - 2.0
    values = {
        "uniform": (u[:, 0] * 2.0 - 1.0) * 0.0288,
        "bell": bell * 0.05,
        "narrow": 0.97 + bell * 0.0017320508,
        "lattice": np.floor(u[:, 0] * 129.0) / 64.0 - 1.0,
        "tails": bell * bell * bell * (1.0 / (u[:, 1] + 0.001)),
        "close": 1.0 + np.floor(u[:, 0] * 1025.0) / 8388608.0,
        "same": u[:, 0] * 0.0 + 0.25,
    }[name]
    return values.astype(np.float32)


def bits(value):
    return "-" if value is None else str(int(np.float32(value).view(np.int32)))


print("# NumPy", np.__version__, "Python", sys.version.split()[0])
for name in ["uniform", "bell", "narrow", "lattice", "tails", "close", "same"]:
    for size in [1, 7, 1000, 20000]:
        w = case(name, size)
        d = w.astype(np.float64)
        for bins in [1, 10, 64, 100]:
            for ends in [None, (-0.0131, 0.0177)]:
                span = None if ends is None else (np.float32(ends[0]), np.float32(ends[1]))
                counts, _ = np.histogram(w, bins, span)
                first, last = (None, None) if span is None else span
                line = [name, size, bins, bits(first), bits(last), repr(float(d.mean())), repr(float(d.var()))]
                line += [repr(float(q)) for q in np.quantile(d, [0.25, 0.5, 0.75])]
                print(*line, ",".join(map(str, counts)))
        edges = np.array([-1.0, -0.5, -0.01, 0.0, 0.0, 0.015625, 0.25, 0.97, 1.0])
        counts, _ = np.histogram(w, edges)
        print(name, size, "edges", "-", "-", "-", "-", "-", "-", "-", ",".join(map(str, counts)))
