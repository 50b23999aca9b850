package io.walpost.billing.http;

/** The body of an answer that is not what was asked for. */
record ErrorBody(String error) {}
