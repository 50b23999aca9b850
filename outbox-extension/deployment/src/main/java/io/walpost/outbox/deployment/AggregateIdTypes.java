package io.walpost.outbox.deployment;

import java.util.Set;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Type;

/** Which types can be an aggregate id: those whose text is the same for the same aggregate, always. */
final class AggregateIdTypes {

    private static final Set<String> USABLE_PRIMITIVES = Set.of("byte", "short", "int", "long", "char");

    /** Of the JDK; java.time is allowed as a whole. */
    private static final Set<String> USABLE_CLASSES = Set.of(
            "java.lang.String",
            "java.lang.CharSequence",
            "java.lang.Byte",
            "java.lang.Short",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Character",
            "java.math.BigInteger",
            "java.net.URI",
            "java.util.UUID");

    private final IndexView index;

    AggregateIdTypes(IndexView index) {
        this.index = index;
    }

    boolean isUsable(Type type) {
        return switch (type.kind()) {
            case PRIMITIVE -> USABLE_PRIMITIVES.contains(type.name().toString());
            case CLASS, PARAMETERIZED_TYPE -> isUsable(type.name());
            default -> false;
        };
    }

    private boolean isUsable(DotName name) {
        String className = name.toString();
        if (className.startsWith("java.")) {
            return className.startsWith("java.time.") || USABLE_CLASSES.contains(className);
        }
        ClassInfo type = index.getClassByName(name);
        return type != null && (type.isRecord() || type.isEnum() || hasOwnText(type));
    }

    private boolean hasOwnText(ClassInfo type) {
        for (ClassInfo c = type; c != null; c = c.superName() == null ? null : index.getClassByName(c.superName())) {
            if (!c.name().equals(DotName.OBJECT_NAME) && c.method("toString") != null) {
                return true;
            }
        }
        return false;
    }
}
