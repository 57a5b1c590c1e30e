package org.example.plain;

import dev.regularisation.backend.Availability;
import dev.regularisation.backend.Backend;
import dev.regularisation.backend.BackendProvider;
import dev.regularisation.backend.Precision;
import java.util.Set;

/** Offers {@link PlainBackend}, which runs wherever Java does. */
public final class PlainProvider implements BackendProvider {

    @Override
    public String name() {
        return PlainBackend.NAME;
    }

    @Override
    public Set<Precision> precisions() {
        return Set.of(Precision.FLOAT32);
    }

    @Override
    public boolean isBitExact() {
        return true;
    }

    @Override
    public Availability availability() {
        return Availability.yes("bit-exact, plain loops");
    }

    @Override
    public Backend create(Precision precision) {
        if (precision != Precision.FLOAT32) {
            throw new IllegalArgumentException("plain: wanted float32, got " + precision + "; choose another backend");
        }
        return new PlainBackend();
    }
}
