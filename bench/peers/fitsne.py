"""FIt-SNE by its own Python wrapper; FITSNE names the folder of its source with bin/fast_tsne built."""
import os
import sys

from common import main

sys.path.append(os.environ.get("FITSNE", "."))


def version():
    import fast_tsne
    return "FIt-SNE " + getattr(fast_tsne, "__version__", "in " + os.environ.get("FITSNE", "."))


def run(data, threads, settings):
    import numpy
    from fast_tsne import fast_tsne
    early = int(settings["early"])
    return numpy.asarray(fast_tsne(
        data.astype("float64"), perplexity=float(settings["perplexity"]), max_iter=int(settings["iterations"]),
        early_exag_coeff=12, stop_early_exag_iter=early, mom_switch_iter=early, momentum=0.5, final_momentum=0.8,
        learning_rate=max(200, len(data) / 12), initialization="pca", nthreads=threads, seed=1))


main(version, run)
