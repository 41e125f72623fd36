package dev.clinickpi.example.dashboard;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.clinickpi.clinic.ClinicDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who may sign in: those of the file {@code users.json}, which is made at the first start with an admin for each clinic and a super admin. */
final class Accounts {

    /** Everybody's password where that is asked for. */
    static final String DEMO_PASSWORD = "demo";

    static final String SUPER_ADMIN = "founder";

    /** Neither vowels, which make words, nor what looks alike. */
    private static final String LETTERS = "bcdfghjkmnpqrstvwxz23456789";

    private final Map<String, Account> byUser;
    private final Map<String, String> fresh;
    private final PasswordHash nobodys;

    private Accounts(List<Account> accounts, Map<String, String> fresh) {
        this.byUser = accounts.stream().collect(Collectors.toMap(Account::user, account -> account));
        this.fresh = fresh;
        this.nobodys = accounts.get(0).password();
    }

    /**
     * The users of a folder.
     *
     * @param clinics each gets an admin of its id's name where the file does not have one
     * @param knownPasswords whether users that are made have the password {@value #DEMO_PASSWORD}; else a random one
     */
    static Accounts in(Path folder, ClinicDirectory clinics, boolean knownPasswords) {
        Path file = folder.resolve("users.json");
        try {
            List<Account> accounts = new ArrayList<>(
                    Files.exists(file)
                            ? Json.MAPPER.readValue(file.toFile(), new TypeReference<List<Account>>() {})
                            : List.of());
            Map<String, String> fresh = addMissing(accounts, clinics, knownPasswords);
            if (!fresh.isEmpty()) {
                Files.writeString(
                        file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(accounts));
            }
            return new Accounts(accounts, fresh);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "users.json cannot be read or written; move it away to have it made anew", e);
        }
    }

    private static Map<String, String> addMissing(
            List<Account> accounts, ClinicDirectory clinics, boolean knownPasswords) {
        Map<String, @Nullable String> wanted = new LinkedHashMap<>();
        wanted.put(SUPER_ADMIN, null);
        clinics.clinics().keySet().forEach(clinic -> wanted.put(clinic.value(), clinic.value()));
        accounts.forEach(account -> wanted.remove(account.user()));
        Map<String, String> fresh = new LinkedHashMap<>();
        PasswordHash known = knownPasswords && !wanted.isEmpty() ? PasswordHash.ofKnown(DEMO_PASSWORD) : null;
        wanted.forEach((user, clinic) -> {
            String password = known == null ? random() : DEMO_PASSWORD;
            fresh.put(user, password);
            accounts.add(new Account(user, clinic, known == null ? PasswordHash.of(password) : known));
        });
        return fresh;
    }

    private static String random() {
        return new SecureRandom()
                .ints(12, 0, LETTERS.length())
                .mapToObj(i -> LETTERS.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    /** The passwords of the users that were made just now, by user: nobody knows them but who reads this. */
    Map<String, String> fresh() {
        return fresh;
    }

    /** The account of a name. */
    Optional<Account> find(String user) {
        return Optional.ofNullable(byUser.get(user));
    }

    /** The account that name and password open. Whether there is such a name cannot be told from how long it takes. */
    Optional<Account> signIn(String user, String password) {
        Optional<Account> account = find(user);
        boolean matches = account.map(Account::password).orElse(nobodys).matches(password);
        return account.filter(found -> matches);
    }
}
