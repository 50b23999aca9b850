package io.walpost.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C, or SIGTERM: interrupts the thread that measures, which then ends the servers and whatever it has started. */
final class Interruption {

    static final int EXIT_CODE = 130;

    private static final long LIMIT_SECONDS = 60;

    private final Thread worker;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean requested;

    private Interruption(Thread worker) {
        this.worker = worker;
    }

    static Interruption ofThisThread() {
        Interruption interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::interrupt, "interruption"));
        return interruption;
    }

    /** The JVM's shutdown hook; it also runs when all is over. */
    private void interrupt() {
        if (over.getCount() == 0) {
            return;
        }
        requested = true;
        System.out.println();
        System.out.println("Stopping the servers ...");
        worker.interrupt();
        try {
            if (!over.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("Not everything could be stopped in " + LIMIT_SECONDS + " s.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    boolean requested() {
        return requested;
    }

    /** To be called when nothing is left to stop. */
    void over() {
        over.countDown();
    }
}
