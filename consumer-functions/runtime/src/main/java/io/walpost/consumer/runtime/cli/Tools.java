package io.walpost.consumer.runtime.cli;

import io.quarkus.arc.Unremovable;
import io.walpost.consumer.Patience;
import io.walpost.consumer.runtime.DeadLetterDesk;
import io.walpost.consumer.runtime.InboxDesk;
import io.walpost.consumer.runtime.kafka.GroupOffsets;
import jakarta.inject.Singleton;

/** What commands work with. */
@Singleton
@Unremovable
class Tools {

    private final DeadLetterDesk desk;
    private final GroupOffsets offsets;
    private final InboxDesk inbox;
    private final CommandStop stop;

    Tools(DeadLetterDesk desk, GroupOffsets offsets, InboxDesk inbox, CommandStop stop) {
        this.desk = desk;
        this.offsets = offsets;
        this.inbox = inbox;
        this.stop = stop;
    }

    DeadLetterDesk desk() {
        return desk;
    }

    GroupOffsets offsets() {
        return offsets;
    }

    InboxDesk inbox() {
        return inbox;
    }

    /** Until the process is told to end. */
    Patience patience() {
        return stop.begin();
    }
}
