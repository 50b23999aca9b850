package io.walpost.demo.load;

/** What the order service made of a request. */
public sealed interface Answer {

    /** The change is committed; it was the order's change of that number. */
    record Committed(long orderId, int version) implements Answer {}

    /** The order is erased, which is committed. */
    record Deleted(long orderId) implements Answer {}

    /** The change was rolled back; the order that it would have made had that id. */
    record RolledBack(long orderId) implements Answer {}

    /** No answer, or one that tells nothing: the change may be committed or not. */
    record Unknown(String reason) implements Answer {}
}
