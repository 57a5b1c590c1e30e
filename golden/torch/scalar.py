#!/usr/bin/env python3
"""Normals of PyTorch's kernels without vectors, which take logarithm, sine and cosine from the C library.

    ATEN_CPU_CAPABILITY=default python3 scalar.py > scalar.json
"""
import json
import platform
import torch

assert torch.backends.cpu.get_cpu_capability() == "DEFAULT", "set ATEN_CPU_CAPABILITY=default"
torch.set_num_threads(1)
out = {"torch": torch.__version__, "cpu_capability": "DEFAULT", "libc": " ".join(platform.libc_ver())}
for seed, n in ((42, 200), (7, 320)):
    torch.manual_seed(seed)
    values = torch.randn(n)
    out[f"seed {seed}: randn {n}"] = {"values": [float(v).hex() for v in values],
                                      "next_int64": torch.empty((), dtype=torch.int64).random_().item()}
print(json.dumps(out, indent=1).replace('",\n   "', '", "'))
