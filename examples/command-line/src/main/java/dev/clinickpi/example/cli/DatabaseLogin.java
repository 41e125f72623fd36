package dev.clinickpi.example.cli;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which database a command works with, and as whom. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anything asks for them.
final class DatabaseLogin {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--url",
            required = true,
            paramLabel = "JDBC",
            description = "The database, as jdbc:postgresql:… or jdbc:h2:….")
    private String url;

    @Option(names = "--user", paramLabel = "NAME", description = "Who logs in there.")
    private @Nullable String user;

    @Option(
            names = "--password",
            paramLabel = "WORD",
            defaultValue = "${env:CLINIC_KPI_PASSWORD}",
            description =
                    "The password; better in the environment variable CLINIC_KPI_PASSWORD, where others do not see it.")
    private @Nullable String password;

    /** @throws ParameterException if there is no driver for the address */
    void check() {
        if (!DriverDataSource.isKnown(url)) {
            throw new ParameterException(command.commandLine(), "--url must begin with jdbc:postgresql: or jdbc:h2:");
        }
    }

    DataSource database() {
        return new DriverDataSource(url, user, password);
    }
}
