/*
 * Many runs of one network at once, in lockstep, an epoch at a time: dev.regularisation.training.TrainingLoop for the post's
 * kind of run, with the bits of cpu. The program has defined FEATURES, HIDDEN1 and HIDDEN2, 0 both for a linear model, TILE,
 * and UNROLLED for a GPU. arithmetic.cl stands before this file.
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

/* A GPU reads side by side what neighbouring work-items read, a processor what one of them does. */
#ifdef UNROLLED
#define UNROLL _Pragma("unroll")
#define STRIDE GROUP_SIZE
#define OUTPUTS HIDDEN1
#define FIRST_SAMPLE ((int) get_group_id(0) * GROUP_SIZE * TILE + LOCAL_ITEM)
#else
#define UNROLL
#define STRIDE 1
#define OUTPUTS (HIDDEN1 % 5 == 0 ? 5 : 1)
#define FIRST_SAMPLE (ITEM * TILE)
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

/* A gradient's chain over the samples of a batch, in order. */
static inline real product_sum(global const real *a, global const real *b, int batch) {
    real sum = 0;
    for (int s = 0; s < batch; s++) sum = fma(a[(size_t) s * SCRATCH], b[(size_t) s * SCRATCH], sum);
    return sum;
}

static inline real input_sum(global const real *a, global const real *train_x, global const int *order, int batch) {
    real sum = 0;
    for (int s = 0; s < batch; s++) sum = fma(a[(size_t) s * SCRATCH], train_x[(size_t) order[s] * FEATURES], sum);
    return sum;
}

static inline real plain_sum(global const real *a, int batch) {
    real sum = 0;
    for (int s = 0; s < batch; s++) sum += a[(size_t) s * SCRATCH];
    return sum;
}

/* The gradient of the loss for parameter k. */
static inline real gradient(int k, global const real *train_x, global const int *order, int batch, global const real *scratch) {
#if HIDDEN2 > 0
    if (k < BIAS1) return input_sum(scratch + GRADIENTS1 + k / FEATURES, train_x + k % FEATURES, order, batch);
    if (k < WEIGHTS2) return plain_sum(scratch + GRADIENTS1 + (k - BIAS1), batch);
    if (k < BIAS2) {
        int j = k - WEIGHTS2;
        return product_sum(scratch + GRADIENTS2 + j / HIDDEN1, scratch + j % HIDDEN1, batch);
    }
    if (k < WEIGHTS3) return plain_sum(scratch + GRADIENTS2 + (k - BIAS2), batch);
    if (k < BIAS3) return product_sum(scratch + GRADIENT3, scratch + OUTPUTS2 + (k - WEIGHTS3), batch);
#else
    if (k < FEATURES) return input_sum(scratch + GRADIENT3, train_x + k, order, batch);
#endif
    return plain_sum(scratch + GRADIENT3, batch);
}

/*
 * A shuffled pass in training mode, a work-group for a run: batches one after the other, each of them a pass, then a step of
 * Adam, a work-item for a parameter. Of epoch 0, not stepping, the losses alone count.
 */
kernel void train_epoch(global real *theta, global real *first, global real *second, global const real *train_x,
                        global const real *train_y, global const int *orders, global const uint *masks,
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
    for (int k = LOCAL_ITEM; k < PARAMETERS; k += GROUP_SIZE) w[k] = theta[k];
    for (int b = 0; b < batches; b++) {
        int from = b * batch;
        barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
        pass(w, train_x, train_y, order + from, mask ? mask + (size_t) from * MASK_WORDS : 0, batch, own[LOSS_FACTOR],
             own[KEPT_SCALE], scratch, differences + from);
        barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
        if (epoch > 0) {
            global const real *step = steps + ((size_t) whole[STEPS] * steps_each + (epoch - 1) * batches + b) * 2;
            for (int k = LOCAL_ITEM; k < PARAMETERS; k += GROUP_SIZE) {
                real parameter = w[k];
                real g = gradient(k, train_x, order + from, batch, scratch);
                if (own[L2_STRENGTH] != 0) g = fma(own[L2_STRENGTH], parameter, g);
                if (own[L1_STRENGTH] != 0 && parameter != 0) g += signed_as(parameter, own[L1_STRENGTH]);
                if (own[WEIGHT_DECAY] != 0) g = fma(own[WEIGHT_DECAY], parameter, g);
                real m = first[k], v = second[k];
                adam_step(own[RATE1], own[DECAY2], own[RATE2], step[0], step[1], own[EPSILON], g, &m, &v, &parameter);
                first[k] = m;
                second[k] = v;
                w[k] = parameter;
                theta[k] = parameter;
            }
        }
    }
}

#define EACH UNROLL for (int t = 0; t < TILE; t++)

/*
 * Differences of predictions and labels of the validation samples, TILE samples for a work-item, so that a weight is loaded
 * once for as many operations; a row of work-groups for a run. Here a feature's numbers stand one after the other, in rows of
 * {padded} numbers, which the work-items fill.
 */
static inline void evaluate(local const real *w, global const real *x, global const real *y, int n, int padded,
                            global const uint *masks, real scale, size_t run, size_t runs, global real *differences) {
    int from = FIRST_SAMPLE;
    real p[TILE];
#if HIDDEN2 > 0
    real h1[HIDDEN1][TILE];
    /* As many outputs at a time as leave their sums in registers, and each feature is loaded once for all of them. */
    for (int first = 0; first < HIDDEN1; first += OUTPUTS) {
        real sum[OUTPUTS][TILE];
        UNROLL for (int o = 0; o < OUTPUTS; o++) EACH sum[o][t] = w[BIAS1 + first + o];
        for (int i = 0; i < FEATURES; i++) {
            real feature[TILE];
            EACH feature[t] = x[(size_t) i * padded + from + t * STRIDE];
            UNROLL for (int o = 0; o < OUTPUTS; o++) {
                real weight = w[(first + o) * FEATURES + i];
                EACH sum[o][t] = fma(weight, feature[t], sum[o][t]);
            }
        }
        UNROLL for (int o = 0; o < OUTPUTS; o++) EACH h1[first + o][t] = sum[o][t];
    }
    if (masks) {
        EACH {
            global const uint *mask = masks + (size_t) min(from + t * STRIDE, n - 1) * MASK_WORDS;
            UNROLL for (int o = 0; o < HIDDEN1; o++) h1[o][t] = dropped(h1[o][t], mask, 0, o, scale);
        }
    }
    UNROLL for (int o = 0; o < HIDDEN1; o++) EACH h1[o][t] = relu(h1[o][t]);
    EACH p[t] = w[BIAS3];
    for (int o = 0; o < HIDDEN2; o++) {
        real sum[TILE];
        EACH sum[t] = w[BIAS2 + o];
        UNROLL for (int i = 0; i < HIDDEN1; i++) {
            real weight = w[WEIGHTS2 + o * HIDDEN1 + i];
            EACH sum[t] = fma(weight, h1[i][t], sum[t]);
        }
        if (masks) {
            EACH {
                global const uint *mask = masks + (size_t) min(from + t * STRIDE, n - 1) * MASK_WORDS;
                sum[t] = dropped(sum[t], mask, MASK2, o, scale);
            }
        }
        /* Output o is complete, and the last layer takes its inputs in this order: no second array. */
        real weight = w[WEIGHTS3 + o];
        EACH p[t] = fma(weight, relu(sum[t]), p[t]);
    }
#else
    EACH p[t] = w[FEATURES];
    for (int i = 0; i < FEATURES; i++) {
        real weight = w[i];
        EACH p[t] = fma(weight, x[(size_t) i * padded + from + t * STRIDE], p[t]);
    }
#endif
    EACH {
        int s = from + t * STRIDE;
        if (s < n) differences[s * runs + run] = p[t] - y[s];
    }
}

kernel void validate(global const real *theta, global const real *x, global const real *y, global const int *wholes, int n,
                     int padded, global real *differences) {
    local real w[PARAMETERS];
    size_t run = get_group_id(1);
    for (int k = LOCAL_ITEM; k < PARAMETERS; k += GROUP_SIZE) w[k] = theta[run * PARAMETERS + k];
    barrier(CLK_LOCAL_MEM_FENCE);
    size_t data = wholes[run * WHOLE_COUNT + DATA];
    evaluate(w, x + data * padded * FEATURES, y + data * n, n, padded, 0, 0, run, get_num_groups(1), differences);
}

/* The same in training mode, as the post validates its initial model. */
kernel void validate_dropping(global const real *theta, global const real *x, global const real *y, global const int *wholes,
                              int n, int padded, global real *differences, global const uint *masks,
                              global const real *reals) {
    local real w[PARAMETERS];
    size_t run = get_group_id(1);
    for (int k = LOCAL_ITEM; k < PARAMETERS; k += GROUP_SIZE) w[k] = theta[run * PARAMETERS + k];
    barrier(CLK_LOCAL_MEM_FENCE);
    size_t data = wholes[run * WHOLE_COUNT + DATA];
    int mask = wholes[run * WHOLE_COUNT + MASK];
    evaluate(w, x + data * padded * FEATURES, y + data * n, n, padded,
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
