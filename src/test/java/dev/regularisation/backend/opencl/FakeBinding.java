package dev.regularisation.backend.opencl;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.lwjgl.opencl.CL10;
import org.lwjgl.opencl.CL12;

/** Devices that say what a test wants and compute nothing. Where a machine has no OpenCL library they are there too. */
class FakeBinding extends Binding {

    static final long WHOLE_ARITHMETIC = CL10.CL_FP_DENORM | CL10.CL_FP_INF_NAN | CL10.CL_FP_ROUND_TO_NEAREST | CL10.CL_FP_FMA
            | CL12.CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT;

    private final List<String> names;
    private final Map<Integer, Long> numbers = new HashMap<>();
    private final Map<Integer, Long> types = new HashMap<>();
    private final AtomicLong handles = new AtomicLong(100);

    /** One driver with devices of these names, GPUs unless {@link #withType} says otherwise. */
    FakeBinding(String... names) {
        this.names = List.of(names);
        numbers.put(CL10.CL_DEVICE_SINGLE_FP_CONFIG, WHOLE_ARITHMETIC);
        numbers.put(CL12.CL_DEVICE_DOUBLE_FP_CONFIG, WHOLE_ARITHMETIC);
        numbers.put(CL10.CL_DEVICE_GLOBAL_MEM_SIZE, 1L << 34);
        numbers.put(CL10.CL_DEVICE_MAX_MEM_ALLOC_SIZE, 1L << 32);
        numbers.put(CL10.CL_DEVICE_LOCAL_MEM_SIZE, 1L << 15);
        numbers.put(CL10.CL_DEVICE_MAX_COMPUTE_UNITS, 2L);
    }

    /** The same with another answer about every device. */
    FakeBinding with(int what, long answer) {
        numbers.put(what, answer);
        return this;
    }

    /** The same with one device, by its place among the names, of another type. */
    FakeBinding withType(int device, long type) {
        types.put(device, type);
        return this;
    }

    @Override
    long[] platforms() {
        return new long[] {1};
    }

    @Override
    long[] devices(long platform) {
        long[] devices = new long[names.size()];
        for (int i = 0; i < devices.length; i++) {
            devices[i] = i;
        }
        return devices;
    }

    @Override
    String text(long device, int what) {
        return what == CL10.CL_DEVICE_NAME ? names.get((int) device) : what == CL10.CL_DEVICE_VENDOR ? "Maker" : "1.0";
    }

    @Override
    long number(long device, int what) {
        return what == CL10.CL_DEVICE_TYPE ? types.getOrDefault((int) device, Long.valueOf(CL10.CL_DEVICE_TYPE_GPU))
                : numbers.getOrDefault(what, 0L);
    }

    @Override
    long context(long device) {
        return handles.incrementAndGet();
    }

    @Override
    long queue(long context, long device) {
        return handles.incrementAndGet();
    }

    @Override
    long program(long context, long device, String source, String options) {
        return handles.incrementAndGet();
    }

    @Override
    long kernel(long program, String name) {
        return handles.incrementAndGet();
    }

    @Override
    long buffer(long context, long bytes) {
        return handles.incrementAndGet();
    }

    @Override
    void argument(long kernel, int index, Object value) {
    }

    @Override
    void launch(long queue, long kernel, String name, long columns, long rows, long group) {
    }

    @Override
    void write(long queue, long buffer, long offset, ByteBuffer source, boolean wait) {
    }

    @Override
    void read(long queue, long buffer, long offset, ByteBuffer target, boolean wait) {
    }

    @Override
    void zero(long queue, long buffer, long bytes) {
    }

    @Override
    void flush(long queue) {
    }

    @Override
    void finish(long queue) {
    }

    @Override
    void releaseBuffer(long buffer) {
    }

    @Override
    void releaseKernel(long kernel) {
    }

    @Override
    void releaseProgram(long program) {
    }

    @Override
    void releaseQueue(long queue) {
    }
}
