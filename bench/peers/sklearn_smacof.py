"""scikit-learn's metric MDS by SMACOF, from a random start, all iterations."""
from common import main


def version():
    import sklearn
    return "scikit-learn " + sklearn.__version__


def run(data, threads, settings):
    from sklearn.manifold import MDS
    return MDS(n_init=1, max_iter=int(settings["iterations"]), eps=0, n_jobs=threads, random_state=0).fit_transform(data)


main(version, run)
