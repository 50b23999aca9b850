package io.walpost.consumer.runtime.cli;

import io.walpost.consumer.deadletter.DeadLetterTable;
import jakarta.json.JsonObject;

/** How many letters a person has dealt with. */
record Settled(String verb, DeadLetterTable.Settlement letters) implements Report {

    @Override
    public String text() {
        String chosen = letters(letters.selected()) + " " + verb;
        return letters.repeated() == 0
                ? chosen + "."
                : chosen + ", and " + letters(letters.repeated()) + " of the same events at other places.";
    }

    private static String letters(int number) {
        return number + (number == 1 ? " letter" : " letters");
    }

    @Override
    public JsonObject json() {
        return Json.object()
                .add(verb, letters.selected())
                .add("repeated", letters.repeated())
                .build();
    }
}
