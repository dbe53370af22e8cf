"""openTSNE with its FFT; search=exact or search=annoy."""
from common import main


def version():
    import openTSNE
    return "openTSNE " + openTSNE.__version__


def run(data, threads, settings):
    from openTSNE import TSNE
    early = int(settings["early"])
    return TSNE(perplexity=float(settings["perplexity"]), n_iter=int(settings["iterations"]) - early,
                early_exaggeration_iter=early, early_exaggeration=12, initial_momentum=0.5, final_momentum=0.8,
                initialization="pca", neighbors=settings["search"], negative_gradient_method="fft",
                n_jobs=threads, random_state=0).fit(data)


main(version, run)
