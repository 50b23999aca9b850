package io.walpost.demo;

import io.walpost.demo.check.EventLedger;
import io.walpost.demo.check.EventTail;
import io.walpost.demo.check.Inspection;
import io.walpost.demo.check.Verdict;
import io.walpost.demo.load.OrderLoad;
import io.walpost.demo.stage.DemoException;
import io.walpost.demo.stage.Stage;
import io.walpost.demo.terminal.Screen;
import java.sql.SQLException;
import java.time.Duration;

/** One run on a stage that is set: orders, what becomes of them, and a verdict. */
final class DemoRun {

    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Stage stage;
    private final Screen screen;
    private final Tour tour;
    private final EventLedger ledger = new EventLedger();

    DemoRun(Stage stage, Screen screen, Tour tour) {
        this.stage = stage;
        this.screen = screen;
        this.tour = tour;
    }

    /**
     * @param rate orders a second
     * @param exit whether to end with the verdict; otherwise only an interrupt ends a run whose verdict is good
     * @return whether the verdict is good
     */
    boolean run(int orders, double rate, boolean exit) throws InterruptedException {
        ArrivalNews news = new ArrivalNews(screen);
        try (EventTail tail =
                        new EventTail(stage.servers().kafka().bootstrapServers(), Stage.TOPIC, ledger, news::arrived);
                Gauges gauges = new Gauges(stage)) {
            Verdict verdict = place(orders, rate, tail, gauges);
            report(verdict);
            if (exit || !verdict.holds()) {
                return verdict.holds();
            }
            tour.guide(gauges.nextOrderId()).print(screen);
            news.begin();
            while (true) {
                Thread.sleep(LOOK);
                stage.requireRunning();
                news.tell();
            }
        } catch (SQLException e) {
            stage.requireRunning();
            throw new DemoException("PostgreSQL does not answer the demo: " + e.getMessage(), e);
        }
    }

    private Verdict place(int orders, double rate, EventTail tail, Gauges gauges)
            throws SQLException, InterruptedException {
        try (OrderLoad load = new OrderLoad(stage.orders().url(), orders, rate)) {
            Scoreboard scoreboard = new Scoreboard(load, ledger, gauges);
            load.start();
            while (!load.done()) {
                show(scoreboard);
            }
            try (Inspection inspection = new Inspection(stage, tail, ledger)) {
                long deadline = System.nanoTime() + SETTLE_LIMIT.toNanos();
                while (!inspection.settled() && System.nanoTime() < deadline) {
                    show(scoreboard);
                }
                screen.show(scoreboard.snapshot());
                return inspection.judge(load.rolledBack());
            }
        }
    }

    private void show(Scoreboard scoreboard) throws SQLException, InterruptedException {
        stage.requireRunning();
        screen.show(scoreboard.snapshot());
        Thread.sleep(screen.refresh());
    }

    private void report(Verdict verdict) {
        verdict.shownDifferences().forEach(screen::line);
        screen.result(verdict.holds(), verdict.summary());
    }
}
