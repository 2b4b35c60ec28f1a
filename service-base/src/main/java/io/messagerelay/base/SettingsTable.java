package io.messagerelay.base;

import java.util.List;
import java.util.stream.Collectors;

/** Writes settings as rows of a Markdown table: name, form, default, meaning. */
public final class SettingsTable {
  private SettingsTable() {}

  /** One line a setting, in the order given, each ended by a line feed. */
  public static String rows(List<? extends Setting<?>> settings) {
    return settings.stream().map(SettingsTable::row).collect(Collectors.joining());
  }

  private static String row(Setting<?> s) {
    return "| %s | %s | %s | %s |\n"
        .formatted(
            code(s.name()),
            cell(s.form()),
            s.defaultText().map(SettingsTable::code).orElse(""),
            cell(s.description()));
  }

  private static String code(String text) {
    return "`" + cell(text) + "`";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
