"""Importances by scikit-learn 1.2.1 (numpy 1.24) of one-vs-rest forests of 1,000 extremely randomized trees on the data that
ClassForestTest.Golden draws: mean and standard deviation over 12 seeds.  python3 extra_trees.py > extra_trees.csv"""
import numpy as np
from sklearn.ensemble import ExtraTreesClassifier

ROWS, UNITS = 300, 12


def uniform(number):
    number = (number + 1) * 2654435769 % 2**32
    for factor in (0x85EBCA6B, 0xC2B2AE35):
        number = (number ^ number >> 15) * factor % 2**32
    return np.float32(number >> 8) / np.float32(2**24)


u = np.array([[uniform(i * UNITS + j) for j in range(UNITS)] for i in range(ROWS)], dtype=np.float32)
x = u.copy()
x[:, 6:] = np.maximum(0, u[:, 6:] - np.float32(0.5))
x[:, 11] = 0.5
y = np.where(u[:, 0] > 0.75, 0, np.where(u[:, 1] + u[:, 7] > 1.25, 1, 2))
print("class,unit,mean,deviation")
for c in range(3):
    values = [ExtraTreesClassifier(1000, max_features="sqrt", random_state=s).fit(x, y == c).feature_importances_ for s in range(12)]
    for j in range(UNITS):
        print(f"{c},{j},{np.mean(values, 0)[j]:.7f},{np.std(values, 0, ddof=1)[j]:.7f}")
