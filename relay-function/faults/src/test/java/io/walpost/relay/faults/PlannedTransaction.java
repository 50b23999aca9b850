package io.walpost.relay.faults;

import java.util.List;

/**
 * What one transaction of a writer does.
 *
 * @param steps in order
 * @param commits whether it does not roll all of it back in the end
 */
record PlannedTransaction(List<Step> steps, boolean commits) {

    /**
     * One event.
     *
     * @param aggregate among those of the writer
     * @param filling how much its payload holds besides its number
     * @param undone whether it is written behind a savepoint that is rolled back
     */
    record Step(int aggregate, int filling, boolean undone) {}
}
