package io.walpost.outbox.it;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** All that is logged while it is open, exceptions with it. */
final class LogLines extends Handler implements AutoCloseable {

    private final StringBuffer text = new StringBuffer();

    LogLines() {
        setFormatter(new SimpleFormatter());
        Logger.getLogger("").addHandler(this);
    }

    String text() {
        return text.toString();
    }

    @Override
    public void publish(LogRecord line) {
        text.append(getFormatter().format(line));
    }

    @Override
    public void flush() {
        // Nothing is buffered.
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
