"""scikit-learn's t-SNE: method=barnes_hut or method=exact."""
from common import main


def version():
    import sklearn
    return "scikit-learn " + sklearn.__version__


def run(data, threads, settings):
    from sklearn.manifold import TSNE
    return TSNE(perplexity=float(settings["perplexity"]), n_iter=int(settings["iterations"]), init="pca",
                learning_rate="auto", early_exaggeration=12, method=settings["method"], min_grad_norm=0,
                n_iter_without_progress=int(settings["iterations"]), n_jobs=threads,
                random_state=0).fit_transform(data)


main(version, run)
