"""What the Python peers share: reading, writing, and saying which version ran.

A peer is started as `peer.py --check`, which prints its version or fails, or as
`peer.py DATA.npy OUT.npy THREADS [SETTING=VALUE ...]`. It may print one line `left out SECONDS`: processor
seconds that are no fair part of the comparison (such as compiling itself), told in a column of their own.
"""
import os
import sys


def main(version, run):
    if sys.argv[1] == "--check":
        print(version())
        return
    import numpy
    data = numpy.load(sys.argv[1])
    settings = dict(setting.split("=", 1) for setting in sys.argv[4:])
    result = run(data, int(sys.argv[3]), settings)
    if result.dtype.kind == "f":
        result = result.astype("float32")
    numpy.save(sys.argv[2], numpy.ascontiguousarray(result))


def cpu_seconds():
    times = os.times()
    return times.user + times.system
