package io.walpost.consumer.runtime.cli;

import jakarta.json.JsonObject;

/** What a command has to say. */
interface Report {

    /** For people; lines without a line break at the end. */
    String text();

    /** For machines; a name once given stays, and more may come. */
    JsonObject json();
}
