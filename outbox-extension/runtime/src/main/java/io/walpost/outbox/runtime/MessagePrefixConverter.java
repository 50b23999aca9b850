package io.walpost.outbox.runtime;

import io.walpost.outbox.OutboxMessage;
import org.eclipse.microprofile.config.spi.Converter;

/** Refuses a prefix when the application starts, and not when it publishes. */
public final class MessagePrefixConverter implements Converter<String> {

    private static final long serialVersionUID = 1L;

    @Override
    public String convert(String value) {
        return OutboxMessage.requirePrefix(value);
    }
}
