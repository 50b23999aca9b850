package io.walpost.relay.backfill;

/** Hears about once a second how far a run has come, and once at the end of each phase. On the run's thread. */
@FunctionalInterface
public interface ProgressListener {

    /** Hears nothing. */
    ProgressListener NONE = progress -> {};

    void progress(Progress progress);
}
