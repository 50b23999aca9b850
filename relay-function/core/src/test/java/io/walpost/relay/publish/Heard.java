package io.walpost.relay.publish;

import io.walpost.relay.failure.RelayException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a publisher says. */
final class Heard implements Acknowledgements {

    final List<Long> acknowledged = new CopyOnWriteArrayList<>();
    final Map<Long, RelayException> failed = new ConcurrentHashMap<>();

    @Override
    public void acknowledged(long sequence) {
        acknowledged.add(sequence);
    }

    @Override
    public void failed(long sequence, RelayException cause) {
        failed.put(sequence, cause);
    }
}
