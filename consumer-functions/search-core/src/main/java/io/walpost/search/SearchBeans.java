package io.walpost.search;

import io.walpost.consumer.BatchHandler;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What makes a function of the handler. */
@Singleton
class SearchBeans {

    @Produces
    @Singleton
    Sink sink(SearchSettings settings) {
        return Sink.of(settings);
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
