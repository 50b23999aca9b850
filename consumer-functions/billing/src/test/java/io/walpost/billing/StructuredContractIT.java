package io.walpost.billing;

/** The same for whoever sends events in the structured mode. */
class StructuredContractIT extends KnativeContractIT {

    @Override
    ContentMode mode() {
        return ContentMode.STRUCTURED;
    }
}
