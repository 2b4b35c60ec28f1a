package io.messagerelay.base;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The environment over {@code .env} over defaults. Collects every problem instead of stopping at
 * the first: read all settings, make the cross-checks, then look at {@link #problems}. An empty
 * value is not set; an empty one in the environment hides the one in {@code .env}. Used by one
 * thread, at start.
 */
public final class Settings {
  private static final Pattern ACCOUNT_IN_URL = Pattern.compile("//[^/@]*@");
  private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}");
  private static final int LONGEST_SHOWN = 80;

  private final Map<String, String> environment;
  private final DotEnv dotEnv;
  private final Set<String> known;
  private final Map<String, Lookup> lookups = new HashMap<>();
  private final Set<String> problems = new LinkedHashSet<>();
  private final Set<String> faulty = new HashSet<>();

  private Settings(Map<String, String> environment, DotEnv dotEnv, Set<String> known) {
    this.environment = environment;
    this.dotEnv = dotEnv;
    this.known = known;
  }

  /**
   * Reads what there is; never throws for what it finds.
   *
   * @param dotEnv need not exist
   * @param known the names that {@code .env} may hold without a warning: {@link KnownNames#all}
   */
  public static Settings read(Map<String, String> environment, Path dotEnv, Set<String> known) {
    return new Settings(Map.copyOf(environment), DotEnv.read(dotEnv), Set.copyOf(known));
  }

  /** The environment of this process over {@code .env} in its working directory. */
  public static Settings ofThisProcess() {
    return read(System.getenv(), Path.of(".env"), KnownNames.all());
  }

  /**
   * The value, or the default. Where there is neither, or the value is bad, a problem is recorded
   * and the result is a stand-in: never use it once {@link #problems} is not empty.
   */
  public <T> T get(Setting<T> setting) {
    if (lookup(setting) instanceof Lookup.Unset && setting.defaultText().isEmpty()) {
      report(setting, "not set; expected " + setting.rule().allowed(), "environment or .env");
    }
    return find(setting).orElseGet(setting::standIn);
  }

  /**
   * The value; empty when it is not set, whatever the default. A bad one is recorded, and empty.
   */
  public <T> Optional<T> find(Setting<T> setting) {
    return switch (lookup(setting)) {
      case Lookup.Unset() -> Optional.empty();
      case Lookup.Text(var text, var where) -> read(setting, text, where);
      case Lookup.Broken(var why, var where) -> {
        report(setting, why, where);
        yield Optional.empty();
      }
      case Lookup.Reported() -> {
        faulty.add(setting.name());
        yield Optional.empty();
      }
    };
  }

  private <T> Optional<T> read(Setting<T> setting, String text, String where) {
    Form<T> form = setting.rule();
    Optional<T> value = form.read(text);
    if (value.isEmpty()) {
      String shown = setting.isSecret() ? "the value" : shown(text);
      report(setting, shown + " is not " + form.noun() + "; expected " + form.allowed(), where);
    }
    return value;
  }

  /** A secret's file is read once: it may be a pipe. */
  private Lookup lookup(Setting<?> setting) {
    return lookups.computeIfAbsent(
        setting.name(),
        name ->
            setting.isSecret()
                ? Lookup.secret(name, environment, dotEnv)
                : Lookup.plain(name, environment, dotEnv));
  }

  /**
   * Records a problem that only the service can see; not when the setting has one already.
   *
   * @param whatIsWrongAndWhatIsAllowed without the value of a secret; the name is put before it and
   *     the place behind it
   */
  public void reject(Setting<?> setting, String whatIsWrongAndWhatIsAllowed) {
    String where = lookup(setting) instanceof Lookup.Text text ? text.where() : "default";
    report(setting, whatIsWrongAndWhatIsAllowed, where);
  }

  private void report(Setting<?> setting, String what, String where) {
    if (faulty.add(setting.name())) {
      problems.add("%s: %s (%s)".formatted(setting.name(), what, where));
    }
  }

  /** In quotes, on one line, not longer than a line, without an account in a URL. */
  private static String shown(String text) {
    String safe =
        UNPRINTABLE.matcher(ACCOUNT_IN_URL.matcher(text).replaceAll("//…@")).replaceAll("�");
    return '"'
        + (safe.length() <= LONGEST_SHOWN ? safe : safe.substring(0, LONGEST_SHOWN) + "…")
        + '"';
  }

  /** One line each, those of the file first: the name, what is wrong and allowed, the place. */
  public List<String> problems() {
    var all = new LinkedHashSet<>(dotEnv.problems());
    all.addAll(problems);
    return List.copyOf(all);
  }

  /**
   * Call it when all settings were read and checked.
   *
   * @throws CommandException naming every problem at once
   */
  public void requireNoProblem() {
    List<String> all = problems();
    if (!all.isEmpty()) {
      throw CommandException.settings(all);
    }
  }

  /** One line each: the names in {@code .env} that nobody reads, in the file's order. */
  public List<String> warnings() {
    return dotEnv.entries().entrySet().stream()
        .filter(entry -> !known.contains(entry.getKey()))
        .map(e -> "%s: no such setting; ignored (%s)".formatted(e.getKey(), e.getValue().where()))
        .toList();
  }
}
