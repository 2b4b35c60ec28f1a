package io.messagerelay.base;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** What environment and {@code .env} say of a setting, before its form is looked at. */
sealed interface Lookup {

  /** Nowhere, or empty. */
  record Unset() implements Lookup {}

  /** {@code where} is for messages: {@code environment}, {@code .env line 12}. */
  record Text(String text, String where) implements Lookup {}

  /** There is something, but no value can be had from it. */
  record Broken(String why, String where) implements Lookup {}

  /** The line of {@code .env} is among the file's problems already. */
  record Reported() implements Lookup {}

  /** The environment hides {@code .env}, also with an empty value. */
  static Lookup plain(String name, Map<String, String> environment, DotEnv dotEnv) {
    String inEnvironment = environment.get(name);
    if (inEnvironment != null) {
      return unlessEmpty(inEnvironment, "environment");
    }
    DotEnv.Entry entry = dotEnv.entries().get(name);
    if (entry == null) {
      return new Unset();
    }
    return entry.refused() ? new Reported() : unlessEmpty(entry.value(), entry.where());
  }

  private static Lookup unlessEmpty(String text, String where) {
    return text.isEmpty() ? new Unset() : new Text(text, where);
  }

  /** As {@link #plain}, or the content of the file that {@code NAME_FILE} names. */
  static Lookup secret(String name, Map<String, String> environment, DotEnv dotEnv) {
    String pointer = name + "_FILE";
    Lookup direct = plain(name, environment, dotEnv);
    Lookup file = plain(pointer, environment, dotEnv);
    if (file instanceof Text named && direct instanceof Text value) {
      return new Broken(
          pointer + " is set as well; keep one", value.where() + " and " + named.where());
    }
    if (file instanceof Text named && direct instanceof Unset) {
      return content(pointer, named);
    }
    return direct instanceof Unset ? file : direct;
  }

  private static Lookup content(String pointer, Text file) {
    String where = pointer + " in " + file.where();
    try {
      String text = Files.readString(Path.of(file.text())).replaceFirst("\r?\n\\z", "");
      return text.isEmpty()
          ? new Broken(file.text() + " is empty; expected the secret", where)
          : new Text(text, file.text() + ", " + where);
    } catch (CharacterCodingException notText) {
      return new Broken(file.text() + " is not UTF-8 text", where);
    } catch (IOException unreadable) {
      return new Broken(file.text() + " cannot be read: " + FileFaults.reason(unreadable), where);
    } catch (InvalidPathException noPath) {
      return new Broken("not a path; expected the path of a file that holds the secret", where);
    }
  }
}
