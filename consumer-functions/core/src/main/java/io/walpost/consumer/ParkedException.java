package io.walpost.consumer;

/** Why a record is a letter that was not even tried. */
public final class ParkedException extends Exception {

    public ParkedException() {
        super("An earlier record of the key is a dead letter");
    }
}
