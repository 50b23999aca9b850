package io.walpost.relay.faults;

import java.time.Duration;

/** What can happen to a site. Each leaves it whole again. */
enum Fault {
    RELAY_KILLED(Allowance.WINDOW, (site, pause) -> {
        site.relay().kill();
        pause.run();
        site.startRelay();
    }),
    RELAY_STOPPED(Allowance.NOTHING, (site, pause) -> {
        site.relay().stop();
        pause.run();
        site.startRelay();
    }),
    RELAY_FROZEN(Allowance.NOTHING, (site, pause) -> {
        site.relay().pause();
        pause.run();
        site.relay().resume();
    }),
    WALSENDER_TERMINATED(Allowance.NOTHING, (site, pause) -> site.database()
            .execute("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE active")),
    POSTGRES_KILLED(Allowance.NOTHING, (site, pause) -> {
        site.postgres().kill();
        pause.run();
        site.postgres().start();
    }),
    POSTGRES_FROZEN(Allowance.NOTHING, (site, pause) -> {
        site.postgres().pause();
        pause.run();
        site.postgres().resume();
    }),
    DATABASE_LINK_CUT(Allowance.NOTHING, (site, pause) -> site.databaseLink().cut()),
    DATABASE_LINK_RESET(Allowance.NOTHING, (site, pause) -> site.databaseLink().reset()),
    DATABASE_LINK_HELD(Allowance.NOTHING, (site, pause) -> {
        site.databaseLink().hold();
        pause.run();
        site.databaseLink().release();
    }),
    DATABASE_LINK_SLOW(Allowance.NOTHING, (site, pause) -> {
        site.databaseLink().slow(Duration.ofMillis(100));
        pause.run();
        site.databaseLink().release();
    }),
    KAFKA_KILLED(Allowance.NOTHING, (site, pause) -> {
        site.kafka().kill();
        pause.run();
        site.kafka().start();
    }),
    KAFKA_FROZEN(Allowance.NOTHING, (site, pause) -> {
        site.kafka().pause();
        pause.run();
        site.kafka().resume();
    }),
    KAFKA_LINK_CUT(Allowance.NOTHING, (site, pause) -> site.kafkaLink().cut()),
    KAFKA_LINK_RESET(Allowance.NOTHING, (site, pause) -> site.kafkaLink().reset()),
    KAFKA_LINK_HELD(Allowance.NOTHING, (site, pause) -> {
        site.kafkaLink().hold();
        pause.run();
        site.kafkaLink().release();
    }),
    KAFKA_LINK_SLOW(Allowance.NOTHING, (site, pause) -> {
        site.kafkaLink().slow(Duration.ofMillis(200));
        pause.run();
        site.kafkaLink().release();
    }),
    KAFKA_HELD_AND_DATABASE_LINK_RESET(Allowance.NOTHING, (site, pause) -> {
        site.kafkaLink().hold();
        site.databaseLink().reset();
        pause.run();
        site.kafkaLink().release();
    }),
    RELAY_KILLED_WHILE_KAFKA_IS_FROZEN(Allowance.WINDOW, (site, pause) -> {
        site.kafka().pause();
        pause.run();
        site.relay().kill();
        site.kafka().resume();
        site.startRelay();
    }),
    RELAY_AND_POSTGRES_KILLED(Allowance.SLOT_WENT_BACK, (site, pause) -> {
        site.relay().kill();
        site.postgres().kill();
        pause.run();
        site.postgres().start();
        site.startRelay();
    });

    private final Allowance allowance;
    private final Course course;

    Fault(Allowance allowance, Course course) {
        this.allowance = allowance;
        this.course = course;
    }

    /** What may come twice because of it, from a relay that delivers at least once. */
    Allowance allowance() {
        return allowance;
    }

    /** @param pause how long it lasts, if it is one that lasts */
    void happen(Site site, Runnable pause) {
        course.run(site, pause);
    }

    @FunctionalInterface
    private interface Course {
        void run(Site site, Runnable pause);
    }
}
