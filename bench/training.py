#!/usr/bin/python3
"""Trains the papers' networks with PyTorch's own front end and prints the images per second.

Usage: training.py NETWORK BATCH IMAGES THREADS    NETWORK is mlp or cnn; prints one number
Started by io.inscape.bench.TrainingBenchmark, which sets the thread variables and compares.
"""
import sys
import time

import torch
from torch import nn

name, batch, images, threads = sys.argv[1], *map(int, sys.argv[2:5])
torch.set_num_threads(threads)
torch.manual_seed(0)


def mlp():
    layers, width = [nn.Flatten()], 784
    for ratio in (0.2, 0.3, 0.4, 0.5):
        layers += [nn.Linear(width, 1000), nn.ReLU(), nn.Dropout(ratio)]
        width = 1000
    return nn.Sequential(*layers, nn.Linear(1000, 10))


def cnn():
    def block(a, b):
        return [nn.Conv2d(a, b, 3, padding=1), nn.ReLU(), nn.Conv2d(b, b, 3, padding=1), nn.ReLU(),
                nn.MaxPool2d(2), nn.Dropout(0.25)]
    return nn.Sequential(*block(1, 32), *block(32, 64), nn.Flatten(), nn.Linear(3136, 4096), nn.ReLU(),
                         nn.Dropout(0.5), nn.Linear(4096, 512), nn.ReLU(), nn.Linear(512, 10))


network = mlp() if name == "mlp" else cnn()
optimiser = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9)
criterion = nn.CrossEntropyLoss()
pixels = torch.rand(images, 1, 28, 28)
labels = torch.randint(0, 10, (images,))
best = 0.0
for epoch in range(2):  # the first warms up
    order = torch.randperm(images)
    begin = time.time()
    for start in range(0, images, batch):
        rows = order[start:start + batch]
        optimiser.zero_grad(set_to_none=True)
        criterion(network(pixels[rows]), labels[rows]).backward()
        optimiser.step()
    best = max(best, images / (time.time() - begin))
print(best)
