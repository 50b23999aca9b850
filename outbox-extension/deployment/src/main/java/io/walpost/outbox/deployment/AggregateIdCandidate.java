package io.walpost.outbox.deployment;

import io.walpost.outbox.runtime.AggregateIdMember;
import io.walpost.outbox.runtime.AggregateIdMember.Kind;
import java.lang.reflect.Modifier;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;

/**
 * A member marked {@link io.walpost.outbox.AggregateId}.
 *
 * @param declaringClass the class that declares it
 * @param member what is read at run time
 * @param valueType the type of the id
 * @param hasParameters whether it is a method that cannot be read without more
 * @param isStatic whether it belongs to no event
 */
record AggregateIdCandidate(
        String declaringClass, AggregateIdMember member, Type valueType, boolean hasParameters, boolean isStatic) {

    static AggregateIdCandidate of(FieldInfo field) {
        return new AggregateIdCandidate(
                field.declaringClass().name().toString(),
                new AggregateIdMember(Kind.FIELD, field.name()),
                field.type(),
                false,
                Modifier.isStatic(field.flags()));
    }

    static AggregateIdCandidate of(MethodInfo method) {
        return new AggregateIdCandidate(
                method.declaringClass().name().toString(),
                new AggregateIdMember(Kind.METHOD, method.name()),
                method.returnType(),
                method.parametersCount() > 0,
                Modifier.isStatic(method.flags()));
    }

    /** As it would be written in the source. */
    String display() {
        return switch (member.kind()) {
            case FIELD -> member.name();
            case METHOD -> member.name() + (hasParameters ? "(…)" : "()");
        };
    }
}
