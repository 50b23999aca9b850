package io.walpost.relay.poison;

import io.walpost.relay.failure.PoisonException.Poison;

/** Hears what the triage does, for the operator. Called on the session's thread. */
public interface PoisonListener {

    /** An event becomes a dead letter of that kind. */
    void deadLetter(String kind);

    /** An event that cannot be published is set aside, and its key is parked with it or not. */
    void setAside(Poison poison, boolean parked);

    /** The events of a key are published again. */
    void released(ParkedKey key);

    /** How many keys are parked now. */
    void parkedKeys(int count);
}
