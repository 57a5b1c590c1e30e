#!/usr/bin/env python3
"""More curves from PyTorch, in the manner of options.py: sizes, seeds and combinations that options.json does not have.

    python3 options-more.py      # writes options-more.json: the cases below, 30 epochs each, float32 and float64

Made with torch 2.13.0+cpu on x86-64, one thread. The loop is that of options.py. A case may ask besides for
  no_bias        Linear(bias=False), which draws no biases;
  activation_l1  lambda sum |h| / n over hidden activations h and the n samples of a batch, part of what is minimised and of no
                 reported loss; PyTorch differentiates it.
"""
import json
import torch
import options
import oracle

DIABETES = dict(csv="../../src/docs/data/diabetes.csv", target="progression")
CASES = {
    "no bias": dict(activation="tanh", layers=[50, 20, 1], no_bias=True, seed=-1),
    "linear, no bias, momentum": dict(
        layers=[50, 1], no_bias=True, optimiser="sgd", lr=0.02, momentum=0.9, train=120, seed=2 ** 40 + 3),
    "sigmoid, mean absolute error, nesterov": dict(
        activation="sigmoid", loss="mae", layers=[20, 12, 1], optimiser="sgd", lr=0.1, momentum=0.9, nesterov=True, train=64,
        seed=101),
    "silu, L1 on weights, 8 left over": dict(activation="silu", l1=0.005, penalise="weights", batch=64, seed=-7),
    "leaky rectifier, huber, betas": dict(
        activation="leaky-relu", loss="huber", delta=2.0, betas=(0.7, 0.95), layers=[30, 16, 16, 1], train=150, seed=103),
    "three hidden layers, mean absolute error": dict(
        activation="tanh", loss="mae", layers=[50, 32, 16, 8, 1], weight_decay=0.02, train=333, seed=2 ** 31),
    "one hidden unit": dict(activation="silu", layers=[5, 1, 1], lr=0.05, train=40, seed=105),
    "sigmoid, a sample at a time": dict(
        activation="sigmoid", layers=[8, 6, 1], optimiser="sgd", lr=0.02, momentum=0.5, batch=1, train=30, seed=-(2 ** 33) - 5),
    "half dropped": dict(activation="tanh", dropout=0.5, batch=60, seed=107),
    "adamw, betas": dict(activation="silu", optimiser="adamw", betas=(0.95, 0.9), eps=1e-3, weight_decay=0.3, seed=109),
    "first beta below a half": dict(activation="tanh", betas=(0.3, 0.9), seed=111),
    "first beta a half": dict(activation="sigmoid", betas=(0.5, 0.999), optimiser="adamw", weight_decay=0.01, seed=113),
    "first beta zero": dict(activation="leaky-relu", betas=(0.0, 0.99), lr=0.003, seed=115),
    "second beta zero, large epsilon": dict(activation="silu", betas=(0.9, 0.0), eps=0.1, seed=117),
    "no epsilon": dict(activation="tanh", eps=0.0, l2=0.05, layers=[50, 10, 10, 1], seed=119),
    "huge delta": dict(loss="huber", delta=1e6, seed=121),
    "tiny delta": dict(activation="tanh", loss="huber", delta=1e-3, optimiser="sgd", lr=20.0, momentum=0.9, seed=123),
    "momentum, L1 and L2": dict(activation="leaky-relu", optimiser="sgd", momentum=0.9, l1=0.01, l2=0.02, seed=125),
    "nesterov, L2 on weights, dropout, 20 left over": dict(
        activation="sigmoid", optimiser="sgd", lr=0.02, momentum=0.7, nesterov=True, l2=0.03, penalise="weights", dropout=0.3,
        batch=45, seed=127),
    "no activation, no bias, L1": dict(activation="identity", no_bias=True, l1=0.02, layers=[16, 7, 1], train=50, seed=129),
    "L1 on activations": dict(activation="silu", activation_l1=0.05, dropout=0.1, seed=131),
    "diabetes, standardised": dict(DIABETES, standardise=True, train=300, activation="silu", lr=0.1, seed=133),
    "diabetes, as it is": dict(DIABETES, train=400, activation="leaky-relu", loss="huber", delta=10.0, seed=-135),
    "diabetes, linear, nesterov": dict(
        DIABETES, standardise=True, train=221, layers=[10, 1], optimiser="sgd", lr=0.05, momentum=0.8, nesterov=True,
        weight_decay=0.1, seed=137),
    "everything, no bias": dict(
        DIABETES, standardise=True, train=200, layers=[10, 14, 6, 1], activation="tanh", loss="huber", delta=20.0,
        optimiser="adamw", lr=0.01, betas=(0.4, 0.9), eps=1e-5, weight_decay=0.05, l1=0.001, l2=0.002, penalise="weights",
        dropout=0.2, batch=33, no_bias=True, seed=139),
}


class ActivationL1(torch.nn.Module):
    """The identity, with the gradient of the penalty added to what flows back."""

    def __init__(self, strength):
        super().__init__()
        self.strength = strength

    def forward(self, h):
        if h.requires_grad:
            at = h.detach().requires_grad_()
            (slope,) = torch.autograd.grad(self.strength * at.abs().sum(1).mean(), at)
            h.register_hook(lambda gradient: gradient + slope)
        return h


def network(c, dtype):
    torch.manual_seed(c["seed"])
    parts = []
    for i, (m, n) in enumerate(zip(c["layers"][:-1], c["layers"][1:])):
        parts.append(torch.nn.Linear(m, n, bias=not c.get("no_bias", False)))
        if i < len(c["layers"]) - 2:
            parts += [torch.nn.Dropout(c["dropout"]), options.ACTIVATION[c["activation"]]()]
            if c.get("activation_l1"):
                parts.append(ActivationL1(c["activation_l1"]))
    return torch.nn.Sequential(*parts).to(dtype)


if __name__ == "__main__":
    options.network = network
    out = {f"{k} {d}": options.train(dict(c, epochs=30), getattr(torch, d), oracle.HERE)
           for k, c in CASES.items() for d in ("float32", "float64")}
    (oracle.HERE / "options-more.json").write_text(json.dumps(out, indent=1) + "\n")
