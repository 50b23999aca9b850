package io.walpost.demo.stage;

import java.time.Duration;

/** Hears how the stage is set. May be called from several threads. */
public interface StageListener {

    /** Hears nothing. */
    StageListener NONE = (part, port, taken) -> {};

    /** A part accepts requests. */
    void started(String part, int port, Duration taken);
}
