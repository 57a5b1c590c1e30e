package dev.regularisation.backend.opencl;

/** What a call of OpenCL can answer, as its header names it, and what it means for a user. */
enum Status {
    DEVICE_NOT_FOUND(-1, "there is no device"),
    DEVICE_NOT_AVAILABLE(-2, "the device is in use or was lost"),
    COMPILER_NOT_AVAILABLE(-3, "the driver has no compiler"),
    MEM_OBJECT_ALLOCATION_FAILURE(-4, "the device's memory is full"),
    OUT_OF_RESOURCES(-5, "the device ran out of resources or was lost"),
    OUT_OF_HOST_MEMORY(-6, "the driver ran out of memory"),
    BUILD_PROGRAM_FAILURE(-11, "the driver's compiler refused the kernels"),
    EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST(-14, "an earlier command failed"),
    INVALID_VALUE(-30, "the driver refused an argument"),
    INVALID_PLATFORM(-32, "the driver is gone"),
    INVALID_DEVICE(-33, "the device is gone"),
    INVALID_CONTEXT(-34, "the device was lost"),
    INVALID_COMMAND_QUEUE(-36, "the device was lost"),
    INVALID_MEM_OBJECT(-38, "a buffer was lost"),
    INVALID_BUILD_OPTIONS(-43, "the driver's compiler does not know an option"),
    INVALID_PROGRAM_EXECUTABLE(-45, "the kernels were not built for the device"),
    INVALID_KERNEL_NAME(-46, "the kernels were built without one that is needed"),
    INVALID_WORK_GROUP_SIZE(-54, "a work-group is larger than the device allows"),
    INVALID_BUFFER_SIZE(-61, "a buffer is larger than the device allows"),
    PLATFORM_NOT_FOUND_KHR(-1001, "no driver is registered");

    private final int code;
    private final String meaning;

    Status(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    /** A code with its name and meaning, in one line. */
    static String describe(int code) {
        for (Status status : values()) {
            if (status.code == code) {
                return status.meaning + " (CL_" + status + ", " + code + ")";
            }
        }
        return "OpenCL error " + code;
    }
}
