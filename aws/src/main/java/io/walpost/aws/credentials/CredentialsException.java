package io.walpost.aws.credentials;

/** Credentials that could not be had. Names secrets and regions, never their content. */
public final class CredentialsException extends Exception {

    private final boolean permanent;
    private final String hint;

    CredentialsException(String message, Throwable cause, boolean permanent, String hint) {
        super(message, cause);
        this.permanent = permanent;
        this.hint = hint;
    }

    /** Whether asking again is of no use before a person has changed something. */
    public boolean isPermanent() {
        return permanent;
    }

    /** One sentence for the operator. */
    public String hint() {
        return hint;
    }
}
