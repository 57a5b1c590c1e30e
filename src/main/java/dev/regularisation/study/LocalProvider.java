package dev.regularisation.study;

import dev.regularisation.backend.BackendProvider;
import dev.regularisation.backend.Backends;

/** Offers {@link LocalThreads}. */
public final class LocalProvider implements StudyEngineProvider {

    /** Its name. */
    public static final String NAME = "local";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public StudyEngine create(StudyEngineOptions options) {
        options.requireNoCluster(NAME);
        BackendProvider provider = Backends.named(options.backend());
        String device = options.device().orElse(null);
        return new LocalThreads(() -> provider.create(options.precision(), device), options.threads());
    }
}
