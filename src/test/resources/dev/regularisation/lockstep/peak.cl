#define UNROLL _Pragma("unroll")

/* Nothing but fused multiply-adds, in as many chains as hide their latency: what a device can do at most. */
kernel void peak(global real *result, int rounds) {
    real a = REAL(0.999), b = (real) ITEM * REAL(1e-9);
    real c[16];
    UNROLL for (int k = 0; k < 16; k++) c[k] = b + k;
    for (int i = 0; i < rounds; i++) {
        UNROLL for (int k = 0; k < 16; k++) c[k] = fma(c[k], a, b);
    }
    real sum = 0;
    UNROLL for (int k = 0; k < 16; k++) sum += c[k];
    result[ITEM] = sum;
}
