#!/usr/bin/env python3
"""Corners of PyTorch's random streams that oracle.py does not reach. Writes edges.json beside this file.

    python3 edges.py
"""
import json, pathlib
import torch

torch.set_num_threads(1)

def hexes(t):
    return [float(v).hex() for v in t.flatten().tolist()]

def int64_draw():
    return torch.empty((), dtype=torch.int64).random_().item()

out = {"torch": torch.__version__, "cpu_capability": torch.backends.cpu.get_cpu_capability()}

# Between a and the float32 just above it every value rounds to one of the two; a second interval holds four floats.
torch.manual_seed(42)
out["uniform_ from 1 to 1 + 2^-23"] = dict(values=hexes(torch.empty(16).uniform_(1, 1 + 2 ** -23)))
torch.manual_seed(42)
out["uniform_ from -8 to -8 + 2^-19"] = dict(values=hexes(torch.empty(16).uniform_(-8, -8 + 2 ** -19)))

# With seed 123 uniform 1207474 is 0: radius 0, multiplied by a cosine above 0 and a sine below 0.
torch.manual_seed(123)
out["randn with seed 123, elements 1207472 to 1207487"] = dict(values=hexes(torch.randn(1_207_488)[1_207_472:]))

# The normal kept by a short randn outlives a long one, and other draws.
torch.manual_seed(42)
parts = [torch.randn(3), torch.randn(20), torch.rand(2), torch.randn(2)]
out["randn 3, randn 20, rand 2, randn 2"] = dict(values=hexes(torch.cat(parts)), next_int64=int64_draw())

# Certain outcomes take draws all the same.
for p in (0.0, 1.0):
    torch.manual_seed(42)
    out[f"bernoulli_ of 5 with p = {p}"] = dict(values=hexes(torch.empty(5).bernoulli_(p)), next_int64=int64_draw())

# Nothing, or nothing to choose from, takes none.
torch.manual_seed(42)
for f in (lambda: torch.randn(0), lambda: torch.rand(0), lambda: torch.randperm(0), lambda: torch.randperm(1)):
    f()
out["randn 0, rand 0, randperm 0, randperm 1"] = dict(next_int64=int64_draw())

(pathlib.Path(__file__).parent / "edges.json").write_text(json.dumps(out, indent=1) + "\n")
