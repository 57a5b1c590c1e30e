/*
 * What dev.regularisation.backend.opencl.SelfTest asks of a device: one operation on many triples of numbers. Every line must
 * have the bits that Java has for it.
 */
kernel void self_test(int operation, global const real *a, global const real *b, global const real *c, global real *result,
                      int n) {
    int i = ITEM;
    if (i >= n) return;
    real x = a[i], y = b[i], z = c[i], w = 0;
    switch (operation) {
        case 0: w = x + y; break;
        case 1: w = x - y; break;
        case 2: w = x * y; break;
        case 3: w = DIVIDE(x, y); break;
        case 4: w = ROOT(x); break;
        case 5: w = fma(x, y, z); break;
        case 6: w = x * y + z; break;
        case 7: w = (x + y) - x; break;
        case 8: w = DIVIDE(x, y) * z; break;
        case 9: w = ((x + y) + z) + x; break;
        case 10: w = x * REAL(0.0) + z; break;
        case 11: w = relu(x); break;
        case 12: if (x != 0) w = signed_as(x, fabs(y)); break;
        case 13: w = hyperbolic_tangent(x); break;
        case 14: w = sigmoid(x); break;
        case 15: w = silu(x); break;
    }
    result[i] = w;
}

#if REAL_BITS == 64 || defined(cl_khr_fp64)
/* A sum of squares in binary64, in order, as losses are added up. */
kernel void self_test_sum(global const real *a, global double *result, int n) {
    int i = ITEM;
    if (i >= n) return;
    double sum = 0;
    for (int k = 0; k <= i % 16 && i + k < n; k++) {
        double d = (double) a[i + k];
        sum += d * d;
    }
    result[i] = sum;
}
#endif
