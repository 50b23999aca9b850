package io.walpost.billing;

/** The same for whoever sends events in the structured mode. */
class StructuredContractIT extends KnativeContractIT {

    StructuredContractIT() {
        super(ContentMode.STRUCTURED);
    }
}
