package io.messagerelay.consumer.query;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes JSON numbers in one way each, so that equal ones are equal text: without arithmetic, at a
 * cost that grows with their length alone.
 */
final class JsonNumber {
  private static final Pattern PARTS =
      Pattern.compile("(-?)([0-9]++)(?:\\.([0-9]++))?(?:[eE]([+-]?)0*+([0-9]{0,18}))?");

  private JsonNumber() {}

  /**
   * Its digits without zeros at either end, and the power of ten of the last one. A number with an
   * exponent of more digits than any has in practice stays as it is.
   */
  static String canonical(String number) {
    Matcher parts = PARTS.matcher(number);
    if (!parts.matches()) {
      return number;
    }
    String fraction = parts.group(3) == null ? "" : parts.group(3);
    String digits = parts.group(2) + fraction;
    int first = 0;
    while (first < digits.length() && digits.charAt(first) == '0') {
      first++;
    }
    if (first == digits.length()) {
      return "0";
    }
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    long power = exponent(parts) - fraction.length() + (digits.length() - end);
    return parts.group(1) + digits.substring(first, end) + "e" + power;
  }

  private static long exponent(Matcher parts) {
    String digits = parts.group(5);
    long size = digits == null || digits.isEmpty() ? 0 : Long.parseLong(digits);
    return "-".equals(parts.group(4)) ? -size : size;
  }
}
