package io.walpost.demo.stage;

import java.time.Duration;

/** Hears how the stage is set. May be called from several threads. */
public interface StageListener {

    /** Hears nothing. */
    StageListener NONE = (part, where, taken) -> {};

    /**
     * A part accepts requests, or something is made that others need.
     *
     * @param where it is, in words
     */
    void ready(String part, String where, Duration taken);
}
