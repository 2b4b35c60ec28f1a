package io.messagerelay.base;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of a {@code .env} file. */
sealed interface DotEnvLine {

  /** Empty, or a comment. */
  record Blank() implements DotEnvLine {}

  /** {@code value} is as the program sees it: without quotes and comment. */
  record Assigned(String name, String value) implements DotEnvLine {}

  /** The name is clear, the value is not. */
  record Refused(String name, String why) implements DotEnvLine {}

  /** Not even the name is clear. */
  record Malformed(String why) implements DotEnvLine {}

  Pattern EXPORT = Pattern.compile("^export[ \t]+");
  Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  Pattern QUOTED = Pattern.compile("(['\"])(.*?)\\1(.*)");
  Pattern AFTER_QUOTES = Pattern.compile("[ \t]*|[ \t]+#.*");

  static DotEnvLine parse(String line) {
    String statement = line.strip();
    if (statement.isEmpty() || statement.startsWith("#")) {
      return new Blank();
    }
    int equals = statement.indexOf('=');
    if (equals < 0) {
      return new Malformed("no \"=\"; expected NAME=value");
    }
    String name = EXPORT.matcher(statement.substring(0, equals)).replaceFirst("").strip();
    if (!NAME.matcher(name).matches()) {
      return new Malformed(
          "what stands before \"=\" is not a name; expected letters, digits and _, no digit first");
    }
    return assigned(name, statement.substring(equals + 1));
  }

  /** {@code rest} is all that follows the equals sign; its end is stripped. */
  private static DotEnvLine assigned(String name, String rest) {
    String value = rest.stripLeading();
    if (value.startsWith("'") || value.startsWith("\"")) {
      return quoted(name, value);
    }
    if (value.startsWith("#") && !rest.startsWith("#")) {
      return new Refused(name, "a comment where the value should be; move it to a line of its own");
    }
    return unquoted(name, value);
  }

  private static DotEnvLine unquoted(String name, String value) {
    int comment = value.indexOf(" #");
    String bare = (comment < 0 ? value : value.substring(0, comment)).strip();
    if (bare.contains("\t#")) {
      return new Refused(
          name, "a tab before #; write a blank before a comment, or quote the value");
    }
    if (bare.contains("$") || bare.contains("\\")) {
      return new Refused(name, "$ or \\ in a value without quotes; put it in single quotes");
    }
    return new Assigned(name, bare);
  }

  private static DotEnvLine quoted(String name, String value) {
    Matcher quoted = QUOTED.matcher(value);
    if (!quoted.matches()) {
      return new Refused(name, "the quote is not closed on this line");
    }
    String inside = quoted.group(2);
    DotEnvLine read =
        quoted.group(1).equals("'") ? singleQuoted(name, inside) : doubleQuoted(name, inside);
    boolean clean = AFTER_QUOTES.matcher(quoted.group(3)).matches();
    return read instanceof Refused || clean
        ? read
        : new Refused(
            name, "text behind the closing quote; expected nothing, or a blank and # comment");
  }

  private static DotEnvLine doubleQuoted(String name, String inside) {
    return inside.contains("$") || inside.contains("\\")
        ? new Refused(name, "$ or \\ in double quotes; put the value in single quotes")
        : new Assigned(name, inside);
  }

  /** Readers agree on a backslash in single quotes, unless it stands before a quote or another. */
  private static DotEnvLine singleQuoted(String name, String inside) {
    return inside.contains("\\\\") || inside.endsWith("\\")
        ? new Refused(name, "\\ before \\ or a quote; leave it out of the value")
        : new Assigned(name, inside);
  }
}
