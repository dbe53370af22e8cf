"""recall.py FOUND.npy EXACT.npy: the share of the exact neighbours that were found."""
import sys

import numpy

found, exact = numpy.load(sys.argv[1]), numpy.load(sys.argv[2])
hits = sum(len(numpy.intersect1d(mine, theirs)) for mine, theirs in zip(found, exact))
print(hits / exact.size)
