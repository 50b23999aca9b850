package io.walpost.outbox.runtime;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** Reads the part of an event that is marked {@link io.walpost.outbox.AggregateId}; resolved once per class. */
sealed interface AggregateIdReader {

    /** @return the value as it is, which may be null */
    Object read(Object event);

    /** @throws IllegalStateException if the member is not there: the build looked at other classes than it runs with */
    static AggregateIdReader of(Class<?> declaringClass, AggregateIdMember member) {
        try {
            return switch (member.kind()) {
                case FIELD -> new OfField(accessible(declaringClass.getDeclaredField(member.name())));
                case METHOD -> new OfMethod(accessible(declaringClass.getDeclaredMethod(member.name())));
            };
        } catch (NoSuchFieldException | NoSuchMethodException e) {
            throw new IllegalStateException(
                    declaringClass.getName() + "." + member.name()
                            + " is gone since the application was built: build it again",
                    e);
        }
    }

    private static <T extends AccessibleObject> T accessible(T member) {
        member.setAccessible(true);
        return member;
    }

    record OfField(Field field) implements AggregateIdReader {

        @Override
        public Object read(Object event) {
            try {
                return field.get(event);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(field + " was made accessible and is not", e);
            }
        }
    }

    record OfMethod(Method method) implements AggregateIdReader {

        @Override
        public Object read(Object event) {
            try {
                return method.invoke(event);
            } catch (InvocationTargetException e) {
                throw new IllegalArgumentException(method + " failed, so the event has no aggregate id", e.getCause());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(method + " was made accessible and is not", e);
            }
        }
    }
}
