package dev.clinickpi.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Set;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Connections of a real database that can be stopped between two steps of a transaction: before a statement is prepared, or before the commit. */
final class StoppingSource implements DataSource {

    /** What is done at each step. */
    @FunctionalInterface
    interface Step {
        void take(String step) throws SQLException;
    }

    static final String COMMIT = "commit";

    private static final Set<String> STEPS = Set.of("prepareStatement", COMMIT);

    private final DataSource real;
    private volatile Step before = each -> {};
    private volatile Step after = each -> {};

    StoppingSource(DataSource real) {
        this.real = real;
    }

    /** From now on does this before each step. */
    void before(Step step) {
        before = step;
    }

    /** From now on does this when a step was taken. */
    void after(Step step) {
        after = step;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = real.getConnection();
        return (Connection) Proxy.newProxyInstance(
                StoppingSource.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> call(connection, method, arguments));
    }

    private Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
        boolean isStep = STEPS.contains(method.getName());
        String step = arguments == null || !isStep ? method.getName() : (String) arguments[0];
        if (isStep) {
            before.take(step);
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            if (isStep) {
                after.take(step);
            }
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return real.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        real.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        real.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return real.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return real.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return real.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return real.isWrapperFor(type);
    }
}
