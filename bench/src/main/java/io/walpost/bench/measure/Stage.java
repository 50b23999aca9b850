package io.walpost.bench.measure;

import io.walpost.bench.contender.Assignment;
import io.walpost.bench.contender.LogReader;
import io.walpost.bench.contender.RunningContender;
import io.walpost.bench.site.Site;

/** Where trials run, and what each of them needs of its own: a slot, a folder. */
final class Stage {

    private final Site site;
    private int trials;

    Stage(Site site) {
        this.site = site;
    }

    Site site() {
        return site;
    }

    /** A name that no earlier trial had: what Kafka or a relay remembers of an old one must not meet a new one. */
    String freshName(String prefix) {
        trials++;
        return prefix.replace('-', '_') + "_" + trials;
    }

    RunningContender start(LogReader contender, String slot, long events) {
        return RunningContender.start(
                contender,
                new Assignment(site.database(), slot, site.bootstrapServers(), events),
                site.folder().resolve(slot));
    }
}
