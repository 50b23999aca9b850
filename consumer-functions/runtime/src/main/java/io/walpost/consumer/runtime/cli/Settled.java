package io.walpost.consumer.runtime.cli;

import jakarta.json.JsonObject;

/** How many letters a person has dealt with. */
record Settled(String verb, int letters) implements Report {

    @Override
    public String text() {
        return letters + (letters == 1 ? " letter " : " letters ") + verb + ".";
    }

    @Override
    public JsonObject json() {
        return Json.object().add(verb, letters).build();
    }
}
