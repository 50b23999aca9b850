package io.walpost.demo.stage;

import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Does several things at once. */
final class Parallel {

    /** Something that can be interrupted. */
    interface Task {
        void run() throws InterruptedException;
    }

    private Parallel() {}

    /** Runs all of them to their end. If one fails, or the caller is interrupted, the others are interrupted. */
    static void run(List<Task> tasks) throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            CompletionService<Void> running = new ExecutorCompletionService<>(threads);
            for (Task task : tasks) {
                running.submit(() -> {
                    task.run();
                    return null;
                });
            }
            for (int i = 0; i < tasks.size(); i++) {
                running.take().get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
            threads.close();
        }
    }
}
