package io.walpost.bench.measure;

/** Hears how the benchmark goes. */
public interface Observer {

    /** Something that is no trial but takes a while, such as writing a backlog. */
    void preparing(String what);

    void started(Scenario scenario, String contender, int round);

    void finished(Sample sample);
}
