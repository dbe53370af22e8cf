"""CPU seconds of scikit-learn's one-vs-rest forests of extremely randomized trees, and their importances.
python3 sklearn_extra_trees.py ACTIVATIONS.npy LABELS.npy [--units 512] [--trees 500] [--scores S.npy]"""
import argparse
import resource

import numpy as np
import sklearn
from sklearn.ensemble import ExtraTreesClassifier


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


parser = argparse.ArgumentParser()
parser.add_argument("activations")
parser.add_argument("labels")
parser.add_argument("--units", type=int)
parser.add_argument("--trees", type=int, default=500)
parser.add_argument("--scores")
given = parser.parse_args()
x = np.ascontiguousarray(np.load(given.activations)[:, :given.units], dtype=np.float32)
y = np.load(given.labels)
begun = cpu()
scores = [ExtraTreesClassifier(given.trees, max_features="sqrt", random_state=0).fit(x, y == c).feature_importances_ for c in np.unique(y)]
print(f"scikit-learn {sklearn.__version__}: {len(scores)} forests of {given.trees} trees on {x.shape}: {cpu() - begun:.2f} CPU seconds")
if given.scores:
    np.save(given.scores, np.array(scores, dtype=np.float32))
