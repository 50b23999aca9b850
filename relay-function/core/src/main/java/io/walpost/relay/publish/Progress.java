package io.walpost.relay.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.outbox.Lsn;
import io.walpost.relay.checkpoint.EventPosition;
import io.walpost.relay.checkpoint.WalHistory;
import io.walpost.relay.checkpoint.WalHistory.Ancestor;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How far a slot's events are published, as a record of the progress topic says it. In text, so that a person can read
 * it with any tool: {@code system=7459.. timelines=1@0/5000000,2 lsn=16/B374D848 order=3}, where each timeline but the
 * current one has the position at which it was left.
 *
 * @param published the last event of which, and of all before which, the publishing is committed
 */
record Progress(WalHistory history, EventPosition published) {

    private static final Pattern TEXT = Pattern.compile(
            "system=(\\d+) timelines=(?:(\\S+),)?(\\d{1,9})" + " lsn=([0-9A-F]{1,8}/[0-9A-F]{1,8}) order=(\\d{1,9})");

    byte[] encode() {
        String ancestors = history.ancestors().stream()
                .map(ancestor -> ancestor.timeline() + "@" + new Lsn(ancestor.switchLsn()) + ",")
                .collect(Collectors.joining());
        return ("system=" + history.systemId() + " timelines=" + ancestors + history.timeline() + " lsn="
                        + new Lsn(published.commitLsn()) + " order=" + published.order())
                .getBytes(UTF_8);
    }

    /** @throws IllegalArgumentException if that is not how a progress is written */
    static Progress parse(byte[] value) {
        String text = new String(value, UTF_8);
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a progress record");
        }
        WalHistory known = new WalHistory(matcher.group(1), Integer.parseInt(matcher.group(3)));
        return new Progress(
                new WalHistory(known.systemId(), known.timeline(), ancestors(matcher.group(2)), known.end()),
                new EventPosition(Lsn.parse(matcher.group(4)).value(), Integer.parseInt(matcher.group(5))));
    }

    private static List<Ancestor> ancestors(String text) {
        List<Ancestor> ancestors = new ArrayList<>();
        for (String item : text == null ? new String[0] : text.split(",")) {
            String[] parts = item.split("@", 2);
            if (parts.length != 2) {
                throw new IllegalArgumentException("not a progress record");
            }
            ancestors.add(
                    new Ancestor(Integer.parseInt(parts[0]), Lsn.parse(parts[1]).value()));
        }
        return ancestors;
    }
}
