package io.walpost.search.cli;

import io.walpost.consumer.Shutdown;
import io.walpost.consumer.SinkException;
import io.walpost.consumer.runtime.cli.ExitCode;
import io.walpost.search.IndexException;
import io.walpost.search.Sink;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Builds the index anew. */
@Command(
        name = "rebuild",
        description = {
            "Fills a new index from the topic's beginning, then has the alias name it instead of the old one.",
            "",
            "The function goes on meanwhile, and searches find what they found before. Interrupted (Ctrl-C, SIGTERM), it"
                    + " removes the new index and leaves everything as it was; after the switch it first does what is left."
        })
final class IndexRebuildCommand extends IndexAction {

    private static final Duration END_LIMIT = Duration.ofMinutes(1);

    @Option(
            names = "--remove-old",
            description = "Removes the old index after the switch, unless records were left out. It stays by default.")
    private boolean removeOld;

    @Option(
            names = "--accept-left-out",
            description =
                    "With --remove-old: removes it although records were left out of the new index, which may be in"
                            + " no other.")
    private boolean acceptLeftOut;

    @Option(
            names = "--discard-unfinished",
            description = "Removes what an earlier rebuild left that did not end. Make sure that none runs.")
    private boolean discardUnfinished;

    @Option(
            names = "--accept-cut-off",
            description =
                    "Rebuilds although the topic has lost its first records: orders that have not changed since will"
                            + " be missing in the new index.")
    private boolean acceptCutOff;

    @Override
    int run(Configuration configuration, Sink sink) throws IndexException, SinkException, InterruptedException {
        Shutdown stop = new Shutdown();
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, ended), "stop"));
        try (TopicReader topic = new TopicReader(configuration.kafka(), configuration.topic())) {
            RebuildReport report = new Rebuild(sink.search(), sink.admin(), topic, new ProgressLines(this::tell))
                    .run(new RebuildOptions(removeOld, acceptLeftOut, discardUnfinished, acceptCutOff), stop);
            return tell(report);
        } catch (UnfinishedRebuildException e) {
            tell(e.getMessage());
            return ExitCode.TRY_AGAIN;
        } finally {
            ended.countDown();
        }
    }

    private static void stopAndWait(Shutdown stop, CountDownLatch ended) {
        stop.begin();
        try {
            ended.await(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int tell(RebuildReport report) {
        if (!report.switched()) {
            print("Stopped; " + report.newIndex() + " is removed, and " + report.oldIndex() + " is still searched");
            return ExitCode.TRY_AGAIN;
        }
        print(report.newIndex() + " is filled from " + report.read() + " records and is searched instead of "
                + report.oldIndex() + (report.oldRemoved() ? ", which is removed" : ", which stays"));
        if (report.leftOut() == 0) {
            return ExitCode.OK;
        }
        print(report.leftOut() + " records were left out:");
        report.firstLeftOut().forEach(line -> print("  " + line));
        long more = report.leftOut() - report.firstLeftOut().size();
        if (more > 0) {
            print("  and " + more + " more");
        }
        if (removeOld && !report.oldRemoved()) {
            print(report.oldIndex()
                    + " may be the only one that has what they say, so it was not removed (--accept-left-out"
                    + " removes it nevertheless)");
        }
        return ExitCode.ATTENTION;
    }
}
