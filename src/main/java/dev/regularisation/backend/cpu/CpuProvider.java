package dev.regularisation.backend.cpu;

import dev.regularisation.backend.Availability;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.BackendProvider;
import dev.regularisation.backend.Precision;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Offers {@link CpuBackend} and its counterpart in float64, which run wherever Java does. */
public final class CpuProvider implements BackendProvider {

    @Override
    public String name() {
        return CpuBackend.NAME;
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
        return Availability.yes("bit-exact, " + new CpuBackend().kernel());
    }

    @Override
    public Backend create(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> new CpuBackend();
            case FLOAT64 -> new dev.regularisation.backend.cpu.float64.CpuBackend();
        };
    }
}
