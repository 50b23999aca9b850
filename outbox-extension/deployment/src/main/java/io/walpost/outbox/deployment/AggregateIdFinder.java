package io.walpost.outbox.deployment;

import io.walpost.outbox.AggregateId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/** Finds the marked members of a class, its superclasses and its interfaces. */
final class AggregateIdFinder {

    private static final DotName AGGREGATE_ID = DotName.createSimple(AggregateId.class);

    private final IndexView index;

    AggregateIdFinder(IndexView index) {
        this.index = index;
    }

    /** Each member once: not again for what it overrides, nor for the three places where a record's component stands. */
    Collection<AggregateIdCandidate> find(ClassInfo eventClass) {
        Map<String, AggregateIdCandidate> found = new LinkedHashMap<>();
        for (ClassInfo type : hierarchy(eventClass)) {
            for (MethodInfo method : type.methods()) {
                if (method.hasDeclaredAnnotation(AGGREGATE_ID)) {
                    found.putIfAbsent(signature(method), AggregateIdCandidate.of(method));
                }
            }
            for (FieldInfo field : type.fields()) {
                if (field.hasDeclaredAnnotation(AGGREGATE_ID) && !isReadByAccessor(type, field, found)) {
                    found.putIfAbsent(type.name() + "#" + field.name(), AggregateIdCandidate.of(field));
                }
            }
        }
        return found.values();
    }

    private static boolean isReadByAccessor(ClassInfo type, FieldInfo field, Map<String, ?> found) {
        return type.isRecord() && found.containsKey(field.name() + "()");
    }

    private static String signature(MethodInfo method) {
        return method.parametersCount() == 0 ? method.name() + "()" : method.toString();
    }

    private Set<ClassInfo> hierarchy(ClassInfo eventClass) {
        Set<ClassInfo> types = new LinkedHashSet<>();
        Deque<ClassInfo> open = new ArrayDeque<>();
        open.add(eventClass);
        while (!open.isEmpty()) {
            ClassInfo type = open.remove();
            if (types.add(type)) {
                enqueue(type.superName(), open);
                type.interfaceNames().forEach(name -> enqueue(name, open));
            }
        }
        return types;
    }

    private void enqueue(DotName name, Deque<ClassInfo> open) {
        ClassInfo type = name == null ? null : index.getClassByName(name);
        if (type != null) {
            open.add(type);
        }
    }
}
