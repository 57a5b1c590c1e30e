/*
 * The arithmetic of all kernels: IEEE 754, each operation written is one correct rounding. The program that is built has
 * defined REAL_BITS, 32 or 64, and CORRECT_DIVISION where the device divides and takes roots in binary32 correctly rounded.
 */
#pragma OPENCL FP_CONTRACT OFF
#ifdef cl_khr_fp64
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#endif

/* A name with a number that is a macro itself: NUMBERED(vload, WIDTH). */
#define NUMBERED(name, number) JOINED(name, number)
#define JOINED(name, number) name##number

#if REAL_BITS == 64
typedef double real;
typedef double4 real4;
typedef double16 real16;
typedef long bits;
#define REAL(literal) literal
#define AS_REAL(x) as_double(x)
#define AS_BITS(x) as_long(x)
#else
typedef float real;
typedef float4 real4;
typedef float16 real16;
typedef int bits;
#define REAL(literal) literal##f
#define AS_REAL(x) as_float(x)
#define AS_BITS(x) as_int(x)
#endif

/* Binary64 has more than twice the digits of binary32: rounded twice, a quotient or root is what it is rounded once. */
#if REAL_BITS == 64 || defined(CORRECT_DIVISION)
#define DIVIDE(a, b) ((a) / (b))
#define ROOT(a) sqrt(a)
#else
#define DIVIDE(a, b) ((float) ((double) (a) / (double) (b)))
#define ROOT(a) ((float) sqrt((double) (a)))
#endif

/* Work-groups are of one fixed size, so that a kernel is compiled once; items beyond the end do nothing. */
#define ITEM ((int) get_global_id(0))
#define ROW ((int) get_global_id(1))

/* The rectifier of a contract in which NaN stays NaN, which the maximum of OpenCL C loses. */
static inline real relu(real x) {
    return x <= 0 ? REAL(0.0) : x;
}

/* alpha sign(x), for x that is not 0; the sign of OpenCL C loses NaN. */
static inline real signed_as(real x, real alpha) {
    return isnan(x) ? x : x < 0 ? -alpha : alpha;
}

/* One step of Adam for one parameter: dev.regularisation.backend.AdamStep. */
static inline void adam_step(real rate1, real decay2, real rate2, real size, real scale2, real epsilon,
                             real g, real *m, real *v, real *theta) {
    real first = fma(rate1, g - *m, *m);
    real second = fma(rate2 * g, g, decay2 * *v);
    *m = first;
    *v = second;
    *theta -= DIVIDE(size * first, DIVIDE(ROOT(second), scale2) + epsilon);
}
