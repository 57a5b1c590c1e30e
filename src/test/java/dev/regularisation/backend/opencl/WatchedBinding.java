package dev.regularisation.backend.opencl;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Another binding, with a count of what is held of its devices, and with calls that fail when a test wants them to. */
final class WatchedBinding extends Binding {

    /** A call that can fail. */
    enum Call { BUFFER, LAUNCH, READ, FINISH }

    private final Binding to;
    private final Map<Long, Long> buffers = new ConcurrentHashMap<>();
    private final Map<Long, String> others = new ConcurrentHashMap<>();
    private final Map<Call, AtomicLong> left = new ConcurrentHashMap<>();
    private int failure;

    WatchedBinding(Binding to) {
        this.to = to;
    }

    /** After so many more calls of that kind that do not fail, all of them fail with {@code status}. */
    void failAfter(long calls, Call kind, int status) {
        failure = status;
        left.put(kind, new AtomicLong(calls));
    }

    private void meet(Call kind, String words) {
        AtomicLong calls = left.get(kind);
        if (calls != null && calls.getAndDecrement() <= 0) {
            throw new OpenClException(words, failure);
        }
    }

    /** Buffers with their bytes, kernels and queues that were made and not released. */
    record Held(int buffers, long bytes, int others) {
        static final Held NOTHING = new Held(0, 0, 0);
    }

    Held held() {
        return new Held(buffers.size(), buffers.values().stream().mapToLong(bytes -> bytes).sum(), others.size());
    }

    private static void require(Object released) {
        if (released == null) {
            throw new IllegalStateException("watched: wanted a release of what is held, got another; release it once");
        }
    }

    @Override
    long[] platforms() {
        return to.platforms();
    }

    @Override
    long[] devices(long platform) {
        return to.devices(platform);
    }

    @Override
    String text(long device, int what) {
        return to.text(device, what);
    }

    @Override
    long number(long device, int what) {
        return to.number(device, what);
    }

    @Override
    long context(long device) {
        return to.context(device);
    }

    @Override
    long queue(long context, long device) {
        long queue = to.queue(context, device);
        others.put(queue, "queue");
        return queue;
    }

    @Override
    long program(long context, long device, String source, String options) {
        return to.program(context, device, source, options);
    }

    @Override
    long kernel(long program, String name) {
        long kernel = to.kernel(program, name);
        others.put(kernel, name);
        return kernel;
    }

    @Override
    long buffer(long context, long bytes) {
        meet(Call.BUFFER, "clCreateBuffer of " + bytes + " bytes");
        long buffer = to.buffer(context, bytes);
        buffers.put(buffer, bytes);
        return buffer;
    }

    @Override
    void argument(long kernel, int index, Object value) {
        to.argument(kernel, index, value);
    }

    @Override
    void launch(long queue, long kernel, String name, long columns, long rows, long group) {
        meet(Call.LAUNCH, "kernel " + name);
        to.launch(queue, kernel, name, columns, rows, group);
    }

    @Override
    void write(long queue, long buffer, long offset, ByteBuffer source, boolean wait) {
        to.write(queue, buffer, offset, source, wait);
    }

    @Override
    void read(long queue, long buffer, long offset, ByteBuffer target, boolean wait) {
        meet(Call.READ, "clEnqueueReadBuffer");
        to.read(queue, buffer, offset, target, wait);
    }

    @Override
    void zero(long queue, long buffer, long bytes) {
        to.zero(queue, buffer, bytes);
    }

    @Override
    void flush(long queue) {
        to.flush(queue);
    }

    @Override
    void finish(long queue) {
        meet(Call.FINISH, "clFinish");
        to.finish(queue);
    }

    @Override
    void releaseBuffer(long buffer) {
        require(buffers.remove(buffer));
        to.releaseBuffer(buffer);
    }

    @Override
    void releaseKernel(long kernel) {
        require(others.remove(kernel));
        to.releaseKernel(kernel);
    }

    @Override
    void releaseProgram(long program) {
        to.releaseProgram(program);
    }

    @Override
    void releaseQueue(long queue) {
        require(others.remove(queue));
        to.releaseQueue(queue);
    }
}
