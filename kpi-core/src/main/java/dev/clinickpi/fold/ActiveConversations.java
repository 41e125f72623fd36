package dev.clinickpi.fold;

import java.util.LinkedHashSet;
import java.util.Set;

/** The conversations whose latest message was young when it came: all that may be active, and few of them old. */
final class ActiveConversations {

    private static final int FIRST_SWEEP = 64;

    private final long window;
    private final Set<ConversationFold> young = new LinkedHashSet<>();
    private int sweepAt = FIRST_SWEEP;

    ActiveConversations(long window) {
        this.window = window;
    }

    /** Notes that a conversation got a message. */
    void touch(ConversationFold conversation, long now) {
        if (isYoung(conversation, now) && young.add(conversation) && young.size() > sweepAt) {
            sweep(now);
            sweepAt = Math.max(FIRST_SWEEP, 2 * young.size());
        }
    }

    /** Forgets one that is not in memory any more. */
    void remove(Entity conversation) {
        young.remove(conversation);
    }

    int count(long now) {
        sweep(now);
        int count = 0;
        for (ConversationFold conversation : young) {
            if (conversation.isOpen()) {
                count++;
            }
        }
        return count;
    }

    private void sweep(long now) {
        young.removeIf(conversation -> {
            boolean isQuiet = !isYoung(conversation, now);
            if (isQuiet) {
                // Time alone may have settled it.
                conversation.clinic.changed(conversation);
            }
            return isQuiet;
        });
    }

    /** Whether its latest message is young. */
    boolean isYoung(ConversationFold conversation, long now) {
        return conversation.lastMessage() > now - window;
    }
}
