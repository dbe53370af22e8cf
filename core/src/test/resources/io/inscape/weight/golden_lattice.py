"""Makes golden_lattice.txt: what NumPy counts in bins of the lattice, of the weights of golden.py.

Run with: python3 golden_lattice.py > golden_lattice.txt
Lines: case, size, k, first bin, bins, CRC-32 of the counts as little-endian int32, mean, variance,
quartiles, and the counts in bins eight times as wide.
"""

import math
import sys
import zlib

import numpy as np

MASK = (1 << 32) - 1


def numbers(seed, count):
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


def counts(w, k):
    first = math.floor(float(w.min()) * 2.0 ** -k)
    bins = math.floor(float(w.max()) * 2.0 ** -k) - first + 1
    edges = (first + np.arange(bins + 1)) * 2.0**k
    assert np.array_equal(edges, edges.astype(np.float32))
    return first, np.histogram(w, edges.astype(np.float32))[0]


print("# NumPy", np.__version__, "Python", sys.version.split()[0])
for name in ["uniform", "bell", "narrow", "lattice", "tails", "close", "same"]:
    for size in [1, 7, 1000, 20000, 150000]:
        w = case(name, size)
        d = w.astype(np.float64)
        k = math.frexp(float(np.abs(w).max()))[1] - 24
        while len(counts(w, k)[1]) > 1024:
            k += 1
        first, fine = counts(w, k)
        _, wide = counts(w, k + 3)
        line = [name, size, k, first, len(fine), zlib.crc32(fine.astype("<i4").tobytes())]
        line += [repr(float(d.mean())), repr(float(d.var()))]
        line += [repr(float(q)) for q in np.quantile(d, [0.25, 0.5, 0.75])]
        print(*line, ",".join(map(str, wide)))
