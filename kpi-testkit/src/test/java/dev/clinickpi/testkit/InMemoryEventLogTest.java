package dev.clinickpi.testkit;

import dev.clinickpi.event.EventLog;

class InMemoryEventLogTest implements EventLogContract {

    @Override
    public EventLog newLog() {
        return EventLog.inMemory();
    }
}
