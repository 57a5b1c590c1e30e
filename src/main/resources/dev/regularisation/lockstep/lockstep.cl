/*
 * Many runs of one network at once, in lockstep, an epoch at a time: dev.regularisation.training.TrainingLoop for the post's
 * kind of run, with the bits of cpu. The program has defined FEATURES, HIDDEN1 and HIDDEN2, 0 both for a linear model,
 * TILE, and UNROLLED for a GPU. arithmetic.cl stands before this file.
 *
 * Every number has its one chain of operations: work is shared among samples where samples are independent, and among
 * parameters where a sum runs over samples in order. Each run has its own rows of every array; indices that run over runs or
 * over samples of many runs need more than 32 bits.
 */
#if HIDDEN2 > 0
#define BIAS1 (FEATURES * HIDDEN1)
#define WEIGHTS2 (BIAS1 + HIDDEN1)
#define BIAS2 (WEIGHTS2 + HIDDEN1 * HIDDEN2)
#define WEIGHTS3 (BIAS2 + HIDDEN2)
#define BIAS3 (WEIGHTS3 + HIDDEN2)
#define PARAMETERS (BIAS3 + 1)
#else
#define PARAMETERS (FEATURES + 1)
#endif

/* A sample's activations and gradients of a batch: outputs and gradients of both hidden layers, and the prediction's. */
#define OUTPUTS2 HIDDEN1
#define GRADIENTS1 (OUTPUTS2 + HIDDEN2)
#define GRADIENTS2 (GRADIENTS1 + HIDDEN1)
#define GRADIENT3 (GRADIENTS2 + HIDDEN2)
#define SCRATCH (GRADIENT3 + 1)

/* A sample's dropout mask, a bit for a unit, the layers one after the other. */
#define MASK2 ((HIDDEN1 + 31) / 32)
#define MASK_WORDS (MASK2 + (HIDDEN2 + 31) / 32)

/* What is said of each run, in whole numbers and in real ones: dev.regularisation.lockstep.RunTable. */
#define DATA 0
#define ORDER 1
#define MASK 2
#define BATCH 3
#define STEPS 4
#define WHOLE_COUNT 5
#define LOSS_FACTOR 0
#define KEPT_SCALE 1
#define L2_STRENGTH 2
#define L1_STRENGTH 3
#define WEIGHT_DECAY 4
#define RATE1 5
#define DECAY2 6
#define RATE2 7
#define EPSILON 8
#define REAL_COUNT 9

/*
 * How work is shared. Neighbouring work-items of a GPU read what lies side by side, have a sum each of what runs over samples,
 * and fetch weights together. A work-item of a processor takes vectors and whole rows, and no kernel that need not has a
 * barrier: around one a compiler may keep every work-item's sums in memory.
 */
#ifdef UNROLLED
#define UNROLL _Pragma("unroll")
#define STRIDE GROUP_SIZE
#define SUMS1 HIDDEN1
#define SUMS2 1
#define EACH_SUM(sums, o, statement) UNROLL for (int o = 0; o < (sums); o++) { statement; }
#define LANES(from) ((lanes) ((from)[0], (from)[STRIDE], (from)[2 * STRIDE], (from)[3 * STRIDE]))
#define BLOCK (GROUP_SIZE * TILE)
#define FIRST_SAMPLE ((int) get_group_id(0) * BLOCK + LOCAL_ITEM)
#define SHARE(numbers) 1
#define LARGEST_SHARE 1
#define WEIGHTS local
#define FETCH(w, theta) \
    local real w[PARAMETERS]; \
    for (int k = LOCAL_ITEM; k < PARAMETERS; k += GROUP_SIZE) w[k] = (theta)[k]; \
    barrier(CLK_LOCAL_MEM_FENCE);
#else
#define UNROLL
#define STRIDE 1
#define SUMS1 (HIDDEN1 % 5 == 0 ? 5 : 1)
#define SUMS2 (HIDDEN2 % 5 == 0 ? 5 : 1)
/* Written out, since sums stay in registers where their places are known, and a compiler may leave loops as they are. */
#define WITH(o, at, statement) { const int o = at; statement; }
#define EACH_SUM(sums, o, statement) WITH(o, 0, statement) \
    if ((sums) == 5) { WITH(o, 1, statement) WITH(o, 2, statement) WITH(o, 3, statement) WITH(o, 4, statement) }
#define LANES(from) LOAD(from)
#define BLOCK TILE
#define FIRST_SAMPLE (ITEM * TILE)
#define SHARE(numbers) ((numbers) <= 256 ? (numbers) : 1)
#define LARGEST_SHARE 256
#define WEIGHTS global
#define FETCH(w, theta) global const real *w = theta;
#endif

/* Shares of the parameters, in their order: rows of as many as a layer has inputs, and of biases of as many as it has units. */
#if HIDDEN2 > 0
#define SHARES1 (BIAS1 / SHARE(FEATURES))
#define SHARES2 (SHARES1 + (BIAS2 - BIAS1) / SHARE(HIDDEN1))
#define SHARES (SHARES2 + (BIAS3 - BIAS2) / SHARE(HIDDEN2) + 1)
#else
#define SHARES (FEATURES / SHARE(FEATURES) + 1)
#endif
#define LOCAL_ITEM ((int) get_local_id(0))
#define GROUP_SIZE ((int) get_local_size(0))

static inline real dropped(real z, global const uint *mask, int layer, int unit, real scale) {
    return z * ((mask[layer + unit / 32] >> (unit % 32)) & 1 ? scale : REAL(0.0));
}

/* The forward pass of one sample, its features one after the other. Without a mask, null, nothing is dropped. */
#if HIDDEN2 > 0
static inline real forward(local const real *w, global const real *x, global const uint *mask, real scale, real *h1, real *h2) {
    UNROLL for (int o = 0; o < HIDDEN1; o++) h1[o] = w[BIAS1 + o];
    for (int i = 0; i < FEATURES; i++) {
        real feature = x[i];
        UNROLL for (int o = 0; o < HIDDEN1; o++) h1[o] = fma(w[o * FEATURES + i], feature, h1[o]);
    }
    if (mask) {
        UNROLL for (int o = 0; o < HIDDEN1; o++) h1[o] = dropped(h1[o], mask, 0, o, scale);
    }
    UNROLL for (int o = 0; o < HIDDEN1; o++) h1[o] = relu(h1[o]);
    UNROLL for (int o = 0; o < HIDDEN2; o++) {
        real sum = w[BIAS2 + o];
        UNROLL for (int i = 0; i < HIDDEN1; i++) sum = fma(w[WEIGHTS2 + o * HIDDEN1 + i], h1[i], sum);
        h2[o] = relu(mask ? dropped(sum, mask, MASK2, o, scale) : sum);
    }
    real p = w[BIAS3];
    UNROLL for (int i = 0; i < HIDDEN2; i++) p = fma(w[WEIGHTS3 + i], h2[i], p);
    return p;
}
#else
static inline real forward(local const real *w, global const real *x) {
    real p = w[FEATURES];
    for (int i = 0; i < FEATURES; i++) p = fma(w[i], x[i], p);
    return p;
}
#endif

/* Forward and backward of the samples of a batch, a work-item for a sample; what gradients are made of goes into scratch. */
static inline void pass(local const real *w, global const real *train_x, global const real *train_y, global const int *order,
                        global const uint *masks, int batch, real factor, real scale, global real *scratch,
                        global real *difference) {
    for (int s = LOCAL_ITEM; s < batch; s += GROUP_SIZE) {
        global const real *x = train_x + (size_t) order[s] * FEATURES;
        global real *kept = scratch + (size_t) s * SCRATCH;
#if HIDDEN2 > 0
        real h1[HIDDEN1], h2[HIDDEN2];
        global const uint *mask = masks ? masks + (size_t) s * MASK_WORDS : 0;
        real d = forward(w, x, mask, scale, h1, h2) - train_y[order[s]];
        real g = factor * d;
        UNROLL for (int i = 0; i < HIDDEN1; i++) kept[i] = h1[i];
        UNROLL for (int i = 0; i < HIDDEN2; i++) {
            real below = fma(w[WEIGHTS3 + i], g, REAL(0.0));
            kept[OUTPUTS2 + i] = h2[i];
            below = h2[i] <= 0 ? REAL(0.0) : below;
            h2[i] = mask ? dropped(below, mask, MASK2, i, scale) : below;
            kept[GRADIENTS2 + i] = h2[i];
        }
        for (int i = 0; i < HIDDEN1; i++) {
            real below = 0;
            UNROLL for (int o = 0; o < HIDDEN2; o++) below = fma(w[WEIGHTS2 + o * HIDDEN1 + i], h2[o], below);
            below = kept[i] <= 0 ? REAL(0.0) : below;
            kept[GRADIENTS1 + i] = mask ? dropped(below, mask, 0, i, scale) : below;
        }
#else
        real d = forward(w, x) - train_y[order[s]];
        real g = factor * d;
#endif
        difference[s] = d;
        kept[GRADIENT3] = g;
    }
}

/*
 * Gradients of parameters that lie side by side, chains over the samples of a batch in order: of each sample one scalar, 1
 * where there are none, times the numbers of a row, which is among what a pass has left, or of the samples where an order is.
 */
static inline void chains(int count, global const real *scalars, global const real *rows, global const int *order, int batch,
                          real *sum) {
    UNROLL for (int j = 0; j < count; j++) sum[j] = 0;
    for (int s = 0; s < batch; s++) {
        real scalar = scalars ? scalars[(size_t) s * SCRATCH] : REAL(1.0);
        global const real *row = rows + (order ? (size_t) order[s] * FEATURES : (size_t) s * SCRATCH);
        UNROLL for (int j = 0; j < count; j++) sum[j] = fma(scalar, row[j], sum[j]);
    }
}

/* The first parameter of a share. */
static inline int first_of(int share) {
#if HIDDEN2 > 0
    if (share >= SHARES2) return BIAS2 + (share - SHARES2) * SHARE(HIDDEN2);
    if (share >= SHARES1) return BIAS1 + (share - SHARES1) * SHARE(HIDDEN1);
#endif
    return share * SHARE(FEATURES);
}

/* Those of the parameters of the share from k on; how many there are. */
static inline int gradients(int k, global const real *train_x, global const int *order, int batch,
                            global const real *scratch, real *sum) {
#if HIDDEN2 > 0
    if (k < BIAS1) {
        chains(SHARE(FEATURES), scratch + GRADIENTS1 + k / FEATURES, train_x + k % FEATURES, order, batch, sum);
        return SHARE(FEATURES);
    }
    if (k < WEIGHTS2) {
        chains(SHARE(HIDDEN1), 0, scratch + GRADIENTS1 + (k - BIAS1), 0, batch, sum);
        return SHARE(HIDDEN1);
    }
    if (k < BIAS2) {
        int j = k - WEIGHTS2;
        chains(SHARE(HIDDEN1), scratch + GRADIENTS2 + j / HIDDEN1, scratch + j % HIDDEN1, 0, batch, sum);
        return SHARE(HIDDEN1);
    }
    if (k < WEIGHTS3) {
        chains(SHARE(HIDDEN2), 0, scratch + GRADIENTS2 + (k - BIAS2), 0, batch, sum);
        return SHARE(HIDDEN2);
    }
    if (k < BIAS3) {
        chains(SHARE(HIDDEN2), scratch + GRADIENT3, scratch + OUTPUTS2 + (k - WEIGHTS3), 0, batch, sum);
        return SHARE(HIDDEN2);
    }
#else
    if (k < FEATURES) {
        chains(SHARE(FEATURES), scratch + GRADIENT3, train_x + k, order, batch, sum);
        return SHARE(FEATURES);
    }
#endif
    chains(1, 0, scratch + GRADIENT3, 0, batch, sum);
    return 1;
}

/*
 * A shuffled pass in training mode, a work-group for a run: batches one after the other, each of them a pass, then a step of
 * Adam, a work-item for a share of the parameters. Of epoch 0, not stepping, the losses alone count.
 */
kernel void train_epoch(global real *restrict theta, global real *restrict first, global real *restrict second,
                        global const real *train_x, global const real *train_y, global const int *orders, global const uint *masks,
                        global const int *wholes, global const real *reals, global const real *steps, int steps_each,
                        global real *scratch, int largest_batch, global real *differences, int n, int epoch) {
    local real w[PARAMETERS];
    size_t run = get_group_id(0);
    global const int *whole = wholes + run * WHOLE_COUNT;
    global const real *own = reals + run * REAL_COUNT;
    theta += run * PARAMETERS;
    first += run * PARAMETERS;
    second += run * PARAMETERS;
    train_x += (size_t) whole[DATA] * n * FEATURES;
    train_y += (size_t) whole[DATA] * n;
    scratch += run * largest_batch * SCRATCH;
    differences += run * n;
    global const int *order = orders + (size_t) whole[ORDER] * n;
    global const uint *mask = whole[MASK] < 0 ? 0 : masks + (size_t) whole[MASK] * n * MASK_WORDS;
    int batch = whole[BATCH];
    int batches = n / batch;
    real l2 = own[L2_STRENGTH], l1 = own[L1_STRENGTH], decay = own[WEIGHT_DECAY];
    real rate1 = own[RATE1], decay2 = own[DECAY2], rate2 = own[RATE2], epsilon = own[EPSILON];
    for (int k = LOCAL_ITEM; k < PARAMETERS; k += GROUP_SIZE) w[k] = theta[k];
    for (int b = 0; b < batches; b++) {
        int from = b * batch;
        barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
        pass(w, train_x, train_y, order + from, mask ? mask + (size_t) from * MASK_WORDS : 0, batch, own[LOSS_FACTOR],
             own[KEPT_SCALE], scratch, differences + from);
        barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
        if (epoch > 0) {
            global const real *step = steps + ((size_t) whole[STEPS] * steps_each + (epoch - 1) * batches + b) * 2;
            for (int share = LOCAL_ITEM; share < SHARES; share += GROUP_SIZE) {
                real sum[LARGEST_SHARE];
                int k = first_of(share);
                int count = gradients(k, train_x, order + from, batch, scratch, sum);
                UNROLL for (int j = 0; j < min(count, LARGEST_SHARE); j++) {
                    real parameter = w[k + j];
                    real g = sum[j];
                    if (l2 != 0) g = fma(l2, parameter, g);
                    if (l1 != 0 && parameter != 0) g += signed_as(parameter, l1);
                    if (decay != 0) g = fma(decay, parameter, g);
                    real m = first[k + j], v = second[k + j];
                    adam_step(rate1, decay2, rate2, step[0], step[1], epsilon, g, &m, &v, &parameter);
                    first[k + j] = m;
                    second[k + j] = v;
                    w[k + j] = parameter;
                    theta[k + j] = parameter;
                }
            }
        }
    }
}

/* Samples of a work-item, one beside the other. */
typedef NUMBERED(real, TILE) lanes;
#define LOAD(from) NUMBERED(vload, TILE)(0, from)
#define STORE(numbers, to) NUMBERED(vstore, TILE)(numbers, 0, to)
#define ALL(number) ((lanes) (number))

static inline lanes relu_all(lanes x) {
    return x <= ALL(0) ? ALL(0) : x;
}

/* A unit's outputs for samples from a first one on; the last of n stands for those beyond. */
static inline lanes dropped_all(lanes z, global const uint *masks, int from, int n, int layer, int unit, real scale) {
    real each[TILE];
    STORE(z, each);
    for (int t = 0; t < TILE; t++) {
        each[t] = dropped(each[t], masks + (size_t) min(from + t * STRIDE, n - 1) * MASK_WORDS, layer, unit, scale);
    }
    return LOAD(each);
}

/*
 * Differences of predictions and labels of the validation samples, TILE samples for a work-item, so that a weight is loaded
 * once for as many operations; a row of work-groups for a run. Samples come in blocks, in which a feature's numbers stand one
 * after the other: those of one feature all in a row would lie a power of two apart, and of such a cache holds few.
 */
static inline void evaluate(WEIGHTS const real *w, global const real *x, global const real *y, int n, global const uint *masks,
                            real scale, size_t run, size_t runs, global real *differences) {
    int from = FIRST_SAMPLE;
    lanes p;
    x += (size_t) (from / BLOCK) * BLOCK * FEATURES + from % BLOCK;
#if HIDDEN2 > 0
    lanes h1[HIDDEN1];
    /* As many outputs at a time as leave their sums in registers, and each input is loaded once for all of them. */
    for (int first = 0; first < HIDDEN1; first += SUMS1) {
        lanes sum[SUMS1];
        EACH_SUM(SUMS1, o, sum[o] = ALL(w[BIAS1 + first + o]))
        for (int i = 0; i < FEATURES; i++) {
            lanes feature = LANES(x + i * BLOCK);
            EACH_SUM(SUMS1, o, sum[o] = fma(ALL(w[(first + o) * FEATURES + i]), feature, sum[o]))
        }
        EACH_SUM(SUMS1, o, h1[first + o] = sum[o])
    }
    UNROLL for (int o = 0; o < HIDDEN1; o++) {
        h1[o] = relu_all(masks ? dropped_all(h1[o], masks, from, n, 0, o, scale) : h1[o]);
    }
    p = ALL(w[BIAS3]);
    for (int first = 0; first < HIDDEN2; first += SUMS2) {
        lanes sum[SUMS2];
        EACH_SUM(SUMS2, o, sum[o] = ALL(w[BIAS2 + first + o]))
        UNROLL for (int i = 0; i < HIDDEN1; i++) {
            lanes output = h1[i];
            EACH_SUM(SUMS2, o, sum[o] = fma(ALL(w[WEIGHTS2 + (first + o) * HIDDEN1 + i]), output, sum[o]))
        }
        /* These outputs are complete, and the last layer takes its inputs in this order: no second array. */
        EACH_SUM(SUMS2, o, lanes h2 = masks ? dropped_all(sum[o], masks, from, n, MASK2, first + o, scale) : sum[o];
                 p = fma(ALL(w[WEIGHTS3 + first + o]), relu_all(h2), p))
    }
#else
    p = ALL(w[FEATURES]);
    for (int i = 0; i < FEATURES; i++) p = fma(ALL(w[i]), LANES(x + i * BLOCK), p);
#endif
    real each[TILE];
    STORE(p, each);
    for (int t = 0; t < TILE; t++) {
        int s = from + t * STRIDE;
        if (s < n) differences[s * runs + run] = each[t] - y[s];
    }
}

kernel void validate(global const real *theta, global const real *x, global const real *y, global const int *wholes, int n,
                     int padded, global real *differences) {
    size_t run = get_group_id(1);
    FETCH(w, theta + run * PARAMETERS)
    size_t data = wholes[run * WHOLE_COUNT + DATA];
    evaluate(w, x + data * padded * FEATURES, y + data * n, n, 0, 0, run, get_num_groups(1), differences);
}

/* The same in training mode, as the post validates its initial model. */
kernel void validate_dropping(global const real *theta, global const real *x, global const real *y, global const int *wholes,
                              int n, int padded, global real *differences, global const uint *masks,
                              global const real *reals) {
    size_t run = get_group_id(1);
    FETCH(w, theta + run * PARAMETERS)
    size_t data = wholes[run * WHOLE_COUNT + DATA];
    int mask = wholes[run * WHOLE_COUNT + MASK];
    evaluate(w, x + data * padded * FEATURES, y + data * n, n,
             mask < 0 ? 0 : masks + (size_t) mask * n * MASK_WORDS, reals[run * REAL_COUNT + KEPT_SCALE], run,
             get_num_groups(1), differences);
}

/* Mean losses, a work-item for a run: squares added up in binary64 in the order of the samples, by batches in training. */
kernel void losses(global const real *train_differences, int n, global const int *wholes,
                   global const real *validation_differences, int validation_n, int runs, global double *result) {
    int run = ITEM;
    if (run >= runs) return;
    int batch = wholes[run * WHOLE_COUNT + BATCH];
    int batches = n / batch;
    double mean = 0;
    for (int b = 0; b < batches; b++) {
        double sum = 0;
        for (int s = 0; s < batch; s++) {
            double d = (double) train_differences[(size_t) run * n + b * batch + s];
            sum += d * d;
        }
        mean += sum / batch;
    }
    double sum = 0;
    for (int s = 0; s < validation_n; s++) {
        double d = (double) validation_differences[(size_t) s * runs + run];
        sum += d * d;
    }
    result[2 * run] = mean / batches;
    result[2 * run + 1] = sum / validation_n;
}
