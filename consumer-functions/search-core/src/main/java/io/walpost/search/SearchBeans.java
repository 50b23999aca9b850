package io.walpost.search;

import io.walpost.consumer.BatchHandler;
import io.walpost.consumer.SinkLogin;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What makes a function of the handler. */
@Singleton
class SearchBeans {

    @Produces
    @Singleton
    Sink sink(SearchSettings settings, Instance<SinkLogin> logins) {
        return Sink.of(settings, logins.isResolvable() ? logins.get() : SinkLogin.none());
    }

    void close(@Disposes Sink sink) {
        sink.close();
    }

    @Produces
    @Singleton
    BatchHandler handler(Sink sink) {
        return sink.handler();
    }
}
