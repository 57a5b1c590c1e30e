#!/usr/bin/env python3
"""Reference values for plans that the post does not have: other networks, problems, sizes, seeds, rules and penalties.

Writes beside this file
  cases.json           the plans, in the terms of oracle.py, with `noise` and `validation` besides;
  cases-training.json  their training curves, from oracle.train, in float32 and float64;
  cases-data.json      data sets of other dimensions, sizes, noises and seeds.
Made with torch 2.13.0+cpu on x86-64 (AVX-512 machine), one thread.
"""
import json
import torch
import oracle

EPOCHS = 40
CASES = {
    "deep and narrow": dict(layers=[50, 8, 8, 8, 8, 1], train=150, seed=7),
    "shallow and wide": dict(layers=[50, 96, 1], optimiser="sgd", lr=0.05, train=100, seed=1),
    "bottleneck without noise": dict(layers=[50, 1, 1], train=33, seed=5, noise=0.0, validation=17),
    "three dimensions": dict(layers=[3, 16, 16, 1], train=40, seed=3, noise=0.5, validation=1234),
    "one dimension, AdamW": dict(layers=[1, 8, 1], optimiser="adamw", weight_decay=0.1, train=20, seed=11, validation=401),
    "linear by gradient descent": dict(layers=[50, 1], optimiser="sgd", lr=0.05, train=60, seed=-1),
    "gradient descent, decay, 20 left over": dict(optimiser="sgd", lr=0.02, weight_decay=0.05, batch=30),
    "AdamW decays apart": dict(optimiser="adamw", weight_decay=0.3, train=120),
    "Adam, decay, 15 left over": dict(weight_decay=0.02, batch=17, train=100, seed=8),
    "L1 and L2 together": dict(l1=0.004, l2=0.03, train=250, seed=13),
    "dropout 0.3 in minibatches": dict(dropout=0.3, batch=64, seed=17),
    "dropout 0.5, seed above 32 bits": dict(layers=[50, 40, 20, 10, 1], dropout=0.5, seed=2 ** 40 + 3),
    "a sample at a time": dict(layers=[16, 5, 1], optimiser="sgd", lr=0.01, batch=1, train=30, seed=19, validation=800),
    "everything at once": dict(layers=[17, 12, 7, 1], optimiser="adamw", lr=0.003, weight_decay=0.05, l1=0.001, l2=0.002,
                               dropout=0.2, batch=9, train=64, seed=23, noise=1.5, validation=399),
}
DATA = [dict(dims=d, train=n, validation=v, noise=e, s=s) for d, n, v, e, s in (
    (1, 5, 16, 0.2, 0), (3, 16, 33, 0.0, 7), (15, 200, 100, 0.2, 42), (16, 10, 17, 1.5, -1), (17, 33, 1000, 0.5, 2 ** 40 + 3),
    (50, 1, 1, 0.2, 42), (100, 50, 20, 1e-3, 1), (2, 15, 15, 3.0, 2 ** 31))]


def train(case, dtype):
    dims = case.get("layers", [50])[0]
    post = oracle.data
    oracle.data = lambda n, s: post(n, s, dims, case.get("validation", 10_000), case.get("noise", 0.2))
    try:
        return oracle.train(case | dict(epochs=EPOCHS), dtype)
    finally:
        oracle.data = post


def data(problem):
    w, b, (x, y, e), (vx, vy, ve) = oracle.data(**problem)
    arrays = dict(true_weights=w, intercept=b, train_x=x, train_noise=e, train_y=y, validation_x=vx, validation_noise=ve,
                  validation_y=vy)
    return problem | {k: oracle.sha(t) for k, t in arrays.items()}


def write(name, value):
    (oracle.HERE / name).write_text(json.dumps(value, indent=1) + "\n")


if __name__ == "__main__":
    write("cases.json", CASES)
    write("cases-data.json", [data(p) for p in DATA])
    write("cases-training.json", {f"{k} {d}": train(c, getattr(torch, d)) for k, c in CASES.items()
                                  for d in ("float32", "float64")})
