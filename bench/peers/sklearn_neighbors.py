"""scikit-learn's exact nearest neighbours by brute force; writes their indices."""
from common import main


def version():
    import sklearn
    return "scikit-learn " + sklearn.__version__


def run(data, threads, settings):
    from sklearn.neighbors import NearestNeighbors
    k = int(settings["neighbors"])
    found = NearestNeighbors(n_neighbors=k, algorithm="brute", n_jobs=threads).fit(data).kneighbors(return_distance=False)
    return found.astype("int32")


main(version, run)
