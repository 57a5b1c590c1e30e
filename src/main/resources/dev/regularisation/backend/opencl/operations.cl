/*
 * The operations of dev.regularisation.backend.Backend: each kernel is the loop that defines it, a work-item for an element
 * of what is written. Matrices are row-major; with each comes the place of its first element in its buffer.
 */

kernel void affine(global const real *w, int w_at, global const real *b, int b_at, int biased, global const real *x, int x_at,
                   global real *z, int z_at, int inputs, int samples) {
    int s = ITEM, o = ROW;
    if (s >= samples) return;
    real sum = biased ? b[b_at + o] : REAL(0.0);
    for (int i = 0; i < inputs; i++) sum = fma(w[w_at + o * inputs + i], x[x_at + i * samples + s], sum);
    z[z_at + o * samples + s] = sum;
}

/* A source is given by the distance between its rows and between its columns, so that either may be transposed. */
kernel void gemm(global const real *a, int a_at, int a_row, int a_column, global const real *b, int b_at, int b_row, int b_column,
                 global real *c, int c_at, int terms, int columns) {
    int j = ITEM, i = ROW;
    if (j >= columns) return;
    real sum = 0;
    for (int k = 0; k < terms; k++) {
        sum = fma(a[a_at + i * a_row + k * a_column], b[b_at + k * b_row + j * b_column], sum);
    }
    c[c_at + i * columns + j] = sum;
}

kernel void row_sums(global const real *a, int a_at, global real *sums, int sums_at, int columns, int n) {
    int r = ITEM;
    if (r >= n) return;
    real sum = 0;
    for (int j = 0; j < columns; j++) sum += a[a_at + r * columns + j];
    sums[sums_at + r] = sum;
}

kernel void gather_columns(global const real *source, int source_at, int width, global const int *columns,
                           global real *target, int target_at, int n) {
    int j = ITEM, r = ROW;
    if (j < n) target[target_at + r * n + j] = source[source_at + r * width + columns[j]];
}

kernel void activate(int f, global const real *x, int x_at, global real *y, int y_at, int n) {
    int i = ITEM;
    if (i < n) y[y_at + i] = activation(f, x[x_at + i]);
}

kernel void activate_backward(int f, global const real *at, int at_at, global const real *dy, int dy_at,
                              global real *dx, int dx_at, int n) {
    int i = ITEM;
    if (i < n) dx[dx_at + i] = activation_gradient(f, at[at_at + i], dy[dy_at + i]);
}

kernel void multiply(global const real *a, int a_at, global const real *b, int b_at, global real *c, int c_at, int n) {
    int i = ITEM;
    if (i < n) c[c_at + i] = a[a_at + i] * b[b_at + i];
}

kernel void subtract(global const real *a, int a_at, global const real *b, int b_at, global real *c, int c_at, int n) {
    int i = ITEM;
    if (i < n) c[c_at + i] = a[a_at + i] - b[b_at + i];
}

kernel void scaled_difference(real factor, global const real *p, int p_at, global const real *y, int y_at,
                              global real *d, int d_at, int n) {
    int i = ITEM;
    if (i < n) d[d_at + i] = factor * (p[p_at + i] - y[y_at + i]);
}

kernel void axpy(real alpha, global const real *x, int x_at, global real *y, int y_at, int n) {
    int i = ITEM;
    if (i < n) y[y_at + i] = fma(alpha, x[x_at + i], y[y_at + i]);
}

kernel void add_sign(real alpha, global const real *x, int x_at, global real *y, int y_at, int n) {
    int i = ITEM;
    if (i >= n) return;
    real value = x[x_at + i];
    if (value != 0) y[y_at + i] += signed_as(value, alpha);
}

kernel void scale(real alpha, global real *x, int x_at, int n) {
    int i = ITEM;
    if (i < n) x[x_at + i] *= alpha;
}

kernel void adam(real rate1, real decay2, real rate2, real size, real scale2, real epsilon, global const real *g, int g_at,
                 global real *m, int m_at, global real *v, int v_at, global real *theta, int theta_at, int n) {
    int i = ITEM;
    if (i >= n) return;
    real first = m[m_at + i], second = v[v_at + i], parameter = theta[theta_at + i];
    adam_step(rate1, decay2, rate2, size, scale2, epsilon, g[g_at + i], &first, &second, &parameter);
    m[m_at + i] = first;
    v[v_at + i] = second;
    theta[theta_at + i] = parameter;
}
