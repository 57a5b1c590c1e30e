package dev.regularisation.backend.cpu;

import dev.regularisation.backend.Availability;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.BackendProvider;
import dev.regularisation.backend.Precision;
import java.util.Set;

/** Offers {@link CpuBackend}, which runs wherever Java does. */
public final class CpuProvider implements BackendProvider {

    @Override
    public String name() {
        return CpuBackend.NAME;
    }

    @Override
    public Set<Precision> precisions() {
        return Set.of(Precision.FLOAT32);
    }

    @Override
    public Availability availability() {
        return Availability.yes(new CpuBackend().description());
    }

    @Override
    public Backend create(Precision precision) {
        if (precision != Precision.FLOAT32) {
            throw new IllegalArgumentException("the cpu backend is float32 by definition; use nd4j for float64");
        }
        return new CpuBackend();
    }
}
