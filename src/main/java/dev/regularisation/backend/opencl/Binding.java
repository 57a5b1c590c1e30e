package dev.regularisation.backend.opencl;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import org.lwjgl.PointerBuffer;
import org.lwjgl.opencl.CL10;
import org.lwjgl.opencl.CL12;
import org.lwjgl.system.Configuration;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;

/**
 * The calls of OpenCL that this backend makes, through LWJGL, each with its status checked: the one place where a device is
 * met, and where a test can put itself in the way.
 *
 * <p>Handles are OpenCL's own. Calls are safe from several threads where OpenCL says so: everything but the arguments of one
 * kernel.
 */
class Binding {

    private static final int JAVA_WITH_FOREIGN_MEMORY = 22;

    /** Libraries are looked for once, when the first of these is made. */
    Binding() {
        if (!Configuration.DEBUG.get(false)) {
            // What is missing is said in one line, by us.
            Configuration.DEBUG_STREAM.set(new PrintStream(OutputStream.nullOutputStream()));
        }
        if (System.getProperty("os.name").startsWith("Linux")) {
            // Without the development package there is no name without a version.
            Configuration.OPENCL_LIBRARY_NAME.set(
                    Configuration.OPENCL_LIBRARY_NAME.get("libOpenCL.so.1"));
        }
        if (Runtime.version().feature() >= JAVA_WITH_FOREIGN_MEMORY) {
            // Of sun.misc.Unsafe newer JDKs warn.
            Configuration.MEMORY_BACKEND.set("ffm");
        }
    }

    /** The drivers that are registered. */
    long[] platforms() {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer count = stack.mallocInt(1);
            int status = CL10.clGetPlatformIDs(null, count);
            if (status == Status.PLATFORM_NOT_FOUND_KHR.code()) {
                return new long[0];
            }
            check("clGetPlatformIDs", status);
            PointerBuffer ids = stack.mallocPointer(count.get(0));
            check("clGetPlatformIDs", CL10.clGetPlatformIDs(ids, (IntBuffer) null));
            return all(ids);
        }
    }

    /** The devices of a driver. */
    long[] devices(long platform) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer count = stack.mallocInt(1);
            int status = CL10.clGetDeviceIDs(platform, CL10.CL_DEVICE_TYPE_ALL, null, count);
            if (status == Status.DEVICE_NOT_FOUND.code()) {
                return new long[0];
            }
            check("clGetDeviceIDs", status);
            PointerBuffer ids = stack.mallocPointer(count.get(0));
            check("clGetDeviceIDs", CL10.clGetDeviceIDs(platform, CL10.CL_DEVICE_TYPE_ALL, ids, (IntBuffer) null));
            return all(ids);
        }
    }

    private static long[] all(PointerBuffer ids) {
        long[] result = new long[ids.remaining()];
        ids.get(result);
        return result;
    }

    /** A text about a device, such as {@code CL_DEVICE_NAME}. */
    String text(long device, int what) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer size = stack.mallocPointer(1);
            check("clGetDeviceInfo", CL10.clGetDeviceInfo(device, what, (ByteBuffer) null, size));
            ByteBuffer text = stack.malloc((int) size.get(0));
            check("clGetDeviceInfo", CL10.clGetDeviceInfo(device, what, text, null));
            return MemoryUtil.memUTF8(text).replace("\0", "").strip();
        }
    }

    /** A number about a device, such as {@code CL_DEVICE_GLOBAL_MEM_SIZE}, of 32 or 64 bits. */
    long number(long device, int what) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            LongBuffer value = stack.callocLong(1);
            check("clGetDeviceInfo", CL10.clGetDeviceInfo(device, what, value, null));
            return value.get(0);
        }
    }

    long context(long device) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer status = stack.mallocInt(1);
            PointerBuffer properties = stack.mallocPointer(3).put(0, CL10.CL_CONTEXT_PLATFORM)
                    .put(1, number(device, CL10.CL_DEVICE_PLATFORM)).put(2, 0);
            long context = CL10.clCreateContext(properties, stack.pointers(device), null, 0, status);
            check("clCreateContext", status.get(0));
            return context;
        }
    }

    /** A queue whose commands are carried out in order. */
    long queue(long context, long device) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer status = stack.mallocInt(1);
            long queue = CL10.clCreateCommandQueue(context, device, 0, status);
            check("clCreateCommandQueue", status.get(0));
            return queue;
        }
    }

    /** A program built from source. */
    long program(long context, long device, String source, String options) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer status = stack.mallocInt(1);
            long program = CL10.clCreateProgramWithSource(context, source, status);
            check("clCreateProgramWithSource", status.get(0));
            int built = CL10.clBuildProgram(program, device, options, null, 0);
            if (built != CL10.CL_SUCCESS) {
                String log = log(program, device);
                releaseProgram(program);
                throw new OpenClException("clBuildProgram", built, log);
            }
            return program;
        }
    }

    private static String log(long program, long device) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer size = stack.mallocPointer(1);
            if (CL10.clGetProgramBuildInfo(program, device, CL10.CL_PROGRAM_BUILD_LOG, (ByteBuffer) null, size)
                    != CL10.CL_SUCCESS) {
                return "";
            }
            ByteBuffer text = MemoryUtil.memAlloc((int) size.get(0));
            try {
                CL10.clGetProgramBuildInfo(program, device, CL10.CL_PROGRAM_BUILD_LOG, text, null);
                return MemoryUtil.memUTF8(text).replace("\0", "");
            } finally {
                MemoryUtil.memFree(text);
            }
        }
    }

    long kernel(long program, String name) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer status = stack.mallocInt(1);
            long kernel = CL10.clCreateKernel(program, name, status);
            check("clCreateKernel " + name, status.get(0));
            return kernel;
        }
    }

    /** Memory of the device, at least one byte. */
    long buffer(long context, long bytes) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer status = stack.mallocInt(1);
            long buffer = CL10.clCreateBuffer(context, CL10.CL_MEM_READ_WRITE, bytes, status);
            check("clCreateBuffer of " + bytes + " bytes", status.get(0));
            return buffer;
        }
    }

    /** An argument of a kernel: Integer, Float, Double, or a buffer as Long. */
    void argument(long kernel, int index, Object value) {
        int status;
        if (value instanceof Integer number) {
            status = CL10.clSetKernelArg1i(kernel, index, number);
        } else if (value instanceof Float number) {
            status = CL10.clSetKernelArg1f(kernel, index, number);
        } else if (value instanceof Double number) {
            status = CL10.clSetKernelArg1d(kernel, index, number);
        } else {
            status = CL10.clSetKernelArg1p(kernel, index, (Long) value);
        }
        check("clSetKernelArg", status);
    }

    /** Enqueues a kernel on columns × rows work-items, in groups of {@code group} along the columns. */
    void launch(long queue, long kernel, String name, long columns, long rows, long group) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            check("kernel " + name, CL10.clEnqueueNDRangeKernel(queue, kernel, 2, null, stack.pointers(columns, rows),
                    stack.pointers(group, 1), null, null));
        }
    }

    /** Enqueues a copy of the host's {@code source}, or waits until it is done. */
    void write(long queue, long buffer, long offset, ByteBuffer source, boolean wait) {
        check("clEnqueueWriteBuffer", CL10.clEnqueueWriteBuffer(queue, buffer, wait, offset, source, null, null));
    }

    /** Enqueues a copy into the host's {@code target}, or waits until it is done. */
    void read(long queue, long buffer, long offset, ByteBuffer target, boolean wait) {
        check("clEnqueueReadBuffer", CL10.clEnqueueReadBuffer(queue, buffer, wait, offset, target, null, null));
    }

    /** Enqueues zeros. */
    void zero(long queue, long buffer, long bytes) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            check("clEnqueueFillBuffer",
                    CL12.clEnqueueFillBuffer(queue, buffer, stack.bytes((byte) 0), 0, bytes, null, null));
        }
    }

    /** Sends to the device what is enqueued, without waiting for it. */
    void flush(long queue) {
        check("clFlush", CL10.clFlush(queue));
    }

    /** Waits until all that is enqueued is done. */
    void finish(long queue) {
        check("clFinish", CL10.clFinish(queue));
    }

    void releaseBuffer(long buffer) {
        CL10.clReleaseMemObject(buffer);
    }

    void releaseKernel(long kernel) {
        CL10.clReleaseKernel(kernel);
    }

    void releaseProgram(long program) {
        CL10.clReleaseProgram(program);
    }

    void releaseQueue(long queue) {
        CL10.clReleaseCommandQueue(queue);
    }

    private static void check(String call, int status) {
        if (status != CL10.CL_SUCCESS) {
            throw new OpenClException(call, status);
        }
    }
}
