#!/usr/bin/env bash
# Makes the studies of golden/study in a folder, by default there. Rows that are there are kept, so that an interrupted run goes
# on where it stopped; whoever changes what runs do makes them in an empty folder. It takes about two hours on two threads.
set -euo pipefail
cd "$(dirname "$0")/.."
folder="${1:-golden/study}"

mvn -B -ntp -q package
regularisation() { java -jar target/regularisation-*-SNAPSHOT.jar "$@"; }

regularisation study --no-plots --seeds 1000 --train-sizes 200,400 --out "$folder/post"
regularisation study --no-plots --seeds 200 --train-sizes 100,800,1600 --out "$folder/curve"

# What rounding does to the post's own runs, and what PyTorch's draws on other processors; L2 by hand takes weight decay's steps.
neighbours() { regularisation study --no-plots --first-seed 42 --seeds 1 --train-sizes 200 --out "$folder/neighbours" "$@"; }
each=linear,mlp,mlp-weight-decay,mlp-l1,mlp-minibatch,mlp-dropout
neighbours --methods "$each" --neighbours 100
neighbours --methods "$each" --settings streams=torch-libm
neighbours --methods mlp-dropout --settings streams=torch-mkl

# Other plans over 100 seeds, judged on 1,000 validation samples.
variants() { regularisation study --no-plots --seeds 100 --validation-size 1000 --out "$folder/variants" "$@"; }
variants --methods mlp,mlp-minibatch
variants --methods mlp --settings activation_l1=0.021
variants --methods mlp-minibatch --settings weight_decay=1.0E-4
# Sizes of minibatches, after as many epochs each, and after as many steps.
variants --methods mlp,mlp-minibatch --settings epochs=167 --batch-size 8,16,64
variants --methods mlp --settings epochs=80 --batch-size 8
variants --methods mlp-minibatch --settings epochs=334
variants --methods mlp --settings epochs=668 --batch-size 64
variants --methods mlp --settings epochs=2004
# Growth in longer runs, and what decays do about it.
variants --methods mlp-minibatch,mlp-dropout --settings epochs=3000
variants --methods mlp-minibatch,mlp-dropout --settings "weight_decay=1.0E-4 epochs=3000"
variants --methods mlp-dropout --settings "weight_decay=0.001 epochs=3000"
