package dev.regularisation.backend.opencl;

import dev.regularisation.backend.Precision;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A queue on a device with kernels and buffers of its own: what one thread needs to work there. Everything is released
 * together.
 */
public final class OpenClSession implements AutoCloseable {

    /** Work-items of a group where nothing asks for another number: a kernel is compiled for each number anew. */
    static final int GROUP = 64;

    private final OpenClDevice device;
    private final Binding binding;
    private final long program;
    private final long queue;
    private final Map<String, Long> kernels = new HashMap<>();
    private final List<Long> buffers = new ArrayList<>();
    private boolean closed;

    /** Builds the program, if no session on the device has yet. */
    public OpenClSession(OpenClDevice device, KernelSource program) {
        this.device = device;
        this.binding = device.binding();
        this.program = device.program(program);
        this.queue = binding.queue(device.context(), device.id());
    }

    /** The device. */
    public OpenClDevice device() {
        return device;
    }

    /** A new buffer of unspecified content; of no bytes, one that nothing is read from. */
    public long buffer(long bytes) {
        requireOpen();
        long buffer = binding.buffer(device.context(), Math.max(bytes, Integer.BYTES));
        buffers.add(buffer);
        return buffer;
    }

    /** A buffer for a short while. */
    public Lent lend(long bytes) {
        long buffer = buffer(bytes);
        return new Lent(this, buffer);
    }

    /**
     * A buffer that is given back before the session ends.
     *
     * @param buffer as arguments of kernels take it
     */
    public record Lent(OpenClSession session, long buffer) implements AutoCloseable {

        @Override
        public void close() {
            session.buffers.remove(buffer);
            session.binding.releaseBuffer(buffer);
        }
    }

    /** Enqueues zeros for the first bytes of a buffer. */
    public void zero(long buffer, long bytes) {
        if (bytes > 0) {
            binding.zero(queue, buffer, bytes);
        }
    }

    /** Enqueues a kernel on columns × rows work-items, {@code columns} rounded up to whole groups; of none, nothing. */
    void run(String name, long columns, long rows, Object... arguments) {
        runGroups(name, (columns + GROUP - 1) / GROUP, rows, GROUP, arguments);
    }

    /**
     * Enqueues a kernel on groups × rows work-groups of {@code group} work-items each.
     *
     * @param arguments Integer, Float, Double, and buffers as Long
     */
    public void runGroups(String name, long groups, long rows, int group, Object... arguments) {
        requireOpen();
        if (groups == 0 || rows == 0) {
            return;
        }
        long kernel = kernels.computeIfAbsent(name, unknown -> binding.kernel(program, name));
        for (int i = 0; i < arguments.length; i++) {
            binding.argument(kernel, i, arguments[i]);
        }
        binding.launch(queue, kernel, name, groups * group, rows, group);
    }

    /** Copies {@code source} to the device; it may be changed when this returns. */
    public void write(long buffer, long offset, ByteBuffer source) {
        requireOpen();
        if (source.hasRemaining()) {
            binding.write(queue, buffer, offset, source, true);
        }
    }

    /** Enqueues that copy; {@code source} may be changed after {@link #finish}. */
    public void enqueueWrite(long buffer, long offset, ByteBuffer source) {
        requireOpen();
        if (source.hasRemaining()) {
            binding.write(queue, buffer, offset, source, false);
        }
    }

    /** Waits for what was enqueued, then fills {@code target} from the device. */
    public void read(long buffer, long offset, ByteBuffer target) {
        requireOpen();
        if (target.hasRemaining()) {
            binding.read(queue, buffer, offset, target, true);
        }
    }

    /** Enqueues that copy; {@code target} may be looked at after {@link #finish}. */
    public void enqueueRead(long buffer, long offset, ByteBuffer target) {
        requireOpen();
        if (target.hasRemaining()) {
            binding.read(queue, buffer, offset, target, false);
        }
    }

    /** Sends to the device what is enqueued, without waiting for it. */
    public void flush() {
        binding.flush(queue);
    }

    /** Waits until everything that was enqueued is done. */
    public void finish() {
        binding.finish(queue);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("opencl: this backend was closed; make a new one");
        }
    }

    /** A number as an argument of a kernel in {@code precision}. */
    public static Object argument(Precision precision, double value) {
        return precision == Precision.FLOAT32 ? (Object) (float) value : (Object) value;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            binding.finish(queue);
        } catch (OpenClException lost) {
            // A device that was lost has nothing to wait for; what was held is let go all the same.
        }
        buffers.forEach(binding::releaseBuffer);
        kernels.values().forEach(binding::releaseKernel);
        binding.releaseQueue(queue);
    }
}
