package dev.regularisation.backend.opencl;

import dev.regularisation.backend.Availability;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.BackendProvider;
import dev.regularisation.backend.Device;
import dev.regularisation.backend.Precision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Offers {@link OpenClBackend} on the devices of this machine. No library is touched before one is asked for. */
public final class OpenClProvider implements BackendProvider {

    @Override
    public String name() {
        return OpenClBackend.NAME;
    }

    @Override
    public Set<Precision> precisions() {
        return Collections.unmodifiableSet(EnumSet.allOf(Precision.class));
    }

    @Override
    public boolean isBitExact() {
        return true;
    }

    @Override
    public Availability availability() {
        return OpenClLibrary.here().availability(Precision.FLOAT32);
    }

    /** Each device with its maker, its arithmetic and what the self-test found. */
    @Override
    public List<Device> devices() {
        List<Device> listed = new ArrayList<>();
        for (OpenClDevice device : OpenClLibrary.here().devices()) {
            listed.add(new Device(listed.size(), device.toString(), device.availability(Precision.FLOAT32)));
        }
        return listed;
    }

    @Override
    public Backend create(Precision precision) {
        return create(precision, null);
    }

    @Override
    public Backend create(Precision precision, String device) {
        return new OpenClBackend(device(precision, device), precision);
    }

    /**
     * The device that a user means.
     *
     * @param wanted number or words, null for the first GPU that passes its self-test, or what passes where no GPU does
     */
    public static OpenClDevice device(Precision precision, String wanted) {
        return OpenClLibrary.here().chosen(precision, wanted);
    }
}
