"""Makes the comparison's arrays: prepare.py FOLDER, which holds mnist-70000x784.npy (the test images last)."""
import sys

import numpy

folder = sys.argv[1]
pixels = numpy.load(folder + "/mnist-70000x784.npy", mmap_mode="r")
labels = numpy.load(folder + "/mnist-70000-labels.npy")


def save(name, rows, classes):
    numpy.save("%s/%s.npy" % (folder, name), numpy.ascontiguousarray(rows, dtype="float32"))
    numpy.save("%s/%s-labels.npy" % (folder, name), classes.astype("int32"))


whole = numpy.asarray(pixels, dtype="float32")
centred = whole - whole.mean(axis=0)
values, vectors = numpy.linalg.eigh((centred.T @ centred).astype("float64"))
components = centred @ vectors[:, ::-1][:, :50].astype("float32")
chosen = numpy.random.default_rng(0).permutation(10000)[:2000] + 60000
save("mnist-70000x50", components, labels)
save("mnist-10000x784", whole[60000:], labels[60000:])
save("mnist-2000x784", whole[chosen], labels[chosen])
save("mnist-1000x50", components[chosen[:1000]], labels[chosen[:1000]])
