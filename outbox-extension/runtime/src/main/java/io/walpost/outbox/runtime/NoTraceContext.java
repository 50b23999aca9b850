package io.walpost.outbox.runtime;

import jakarta.inject.Singleton;

/** For an application that does not trace. */
@Singleton
class NoTraceContext implements TraceContext {

    @Override
    public String current() {
        return null;
    }
}
